import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import { OperationQueue, type QueuedOperation } from '../../operations/operation-queue.ts';
import type { OperationProgress } from '../../operations/operation-run.ts';
import { undoPlan } from '../../operations/settled-plan.ts';
import type { Receipt } from '../../model/receipt.ts';
import { guardLeaving } from '../leave-guard.ts';
import type { Notice, NoticeAction, NoticeContent } from '../notice.ts';
import {
  accountOf,
  actionName,
  isBulkAction,
  whatItDoes,
  type NamedOperation,
  type OperationWords,
} from './operation-words.ts';

type NoticeHost = ReactiveControllerHost & HTMLElement;

export interface OperationNoticeOptions {
  source: () => CustomerAdapter | undefined;
  notice: Notice;
  words: () => Omit<OperationWords, 'groupName'>;
  errorText: (error: unknown) => string;
  showFailures: (operation: NamedOperation & Receipt, account: string) => void;
  /** Many customers are others by now. */
  changed: (operation: NamedOperation & Receipt) => void;
  /** Where the focus goes once the notice is answered. */
  returnTo: () => HTMLElement | null | undefined;
}

/** Whoever tells of operations on this page. */
const tellers = new Set<OperationNotice>();

/**
 * Tells of the operations that run over an adapter: how far they are, what a person has to decide, what they did, with
 * Undo. Of elements in each other only the outermost tells; what ended while nobody was there is told by who comes next.
 */
export class OperationNotice implements ReactiveController {
  readonly #host: NoticeHost;
  readonly #options: OperationNoticeOptions;
  #queue: OperationQueue | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(host: NoticeHost, options: OperationNoticeOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    if (!hostsAround(this.#host).some((host) => tellerOf(host))) tellers.add(this);
    this.#follow();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    tellers.delete(this);
    this.#leave();
  }

  /** The operations of the adapter in force; what is added to them is told of. */
  get queue(): OperationQueue | undefined {
    this.#follow();
    const adapter = this.#options.source();
    return this.#queue ?? (adapter && OperationQueue.of(adapter));
  }

  /** Where things are told: in an element around this one that tells of operations, else here. */
  get board(): Notice {
    const around = hostsAround(this.#host)
      .map(tellerOf)
      .find((found) => found !== undefined);
    return around ? around.#options.notice : this.#options.notice;
  }

  isOf(host: HTMLElement): boolean {
    return host === this.#host;
  }

  /** Takes an operation back, unless the host prevents it. */
  undo(operation: NamedOperation & Receipt, origin: HTMLElement = this.#host): void {
    const adapter = this.#options.source();
    if (!adapter || !emit(origin, 'operation-undo', { operation }, true)) return;
    const operationId = crypto.randomUUID();
    OperationQueue.of(adapter).add({
      id: operationId,
      kind: 'undo',
      options: { undoes: operation.id, kind: operation.kind },
      plan: undoPlan(adapter, { id: operation.id, operationId }),
      origin,
    });
  }

  #follow(): void {
    const adapter = this.#options.source();
    const queue = adapter && tellers.has(this) ? OperationQueue.of(adapter) : undefined;
    if (queue === this.#queue) return;
    this.#leave();
    this.#queue = queue;
    if (!queue) return;
    guardLeaving(queue);
    this.#unsubscribe = queue.subscribe(() => this.#tell());
    this.#tell();
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#queue = undefined;
    this.#options.notice.stand('operations', undefined);
  }

  #tell(): void {
    const queue = this.#queue;
    if (!queue) return;
    for (const operation of [...queue.operations]) {
      if (operation.state === 'ended' && this.#isTellerOf(operation)) this.#tellEnd(queue, operation);
    }
    const { current } = queue;
    const isOurs = current !== undefined && this.#isTellerOf(current);
    this.#options.notice.stand('operations', isOurs ? this.#standing(queue, current) : undefined);
  }

  /** The outermost that holds what began it; where that has gone, whoever is there. */
  #isTellerOf({ task: { origin } }: QueuedOperation): boolean {
    const holders =
      origin instanceof HTMLElement && origin.isConnected ? [origin, ...hostsAround(origin)] : [];
    const teller = holders.map(tellerOf).find((found) => found && this.#sharesQueue(found));
    const first = [...tellers].find((one) => this.#sharesQueue(one));
    return (teller ?? first) === this;
  }

  #sharesQueue(other: OperationNotice): boolean {
    return other.#queue === this.#queue;
  }

  #tellEnd(queue: OperationQueue, operation: QueuedOperation): void {
    const { receipt, task } = operation;
    if (!receipt) return;
    queue.forget(operation);
    const named = { ...receipt, options: task.options };
    const words = this.#words(operation);
    const { notice, showFailures, returnTo, changed } = this.#options;
    const { text } = words;
    const canUndo = receipt.undo.possible && this.#options.source()?.capabilities.undo === true;
    const why = {
      name: 'failures',
      label: text('showWhy'),
      run: () => showFailures(named, accountOf(words, named)),
    };
    notice.show({
      message: accountOf(words, named),
      ...(receipt.failures.length || receipt.failed ? { actions: [why] } : {}),
      ...(canUndo ? { undo: () => this.undo(named, this.#origin(operation)) } : {}),
      returnTo,
    });
    const origin = this.#origin(operation);
    if (isBulkAction(task.kind)) emit(origin, 'customers-bulk-done', { receipt });
    if (task.kind === 'undo') emit(origin, 'operation-undone', { receipt, operationId: task.options.undoes });
    if (!receipt.changed) return;
    changed(named);
    emit(origin, 'customers-changed', { receipt });
  }

  #standing(queue: OperationQueue, operation: QueuedOperation): NoticeContent {
    const { task, progress, failure, isStopping } = operation;
    const words = this.#words(operation);
    const { text } = words;
    const { returnTo } = this.#options;
    const stop: NoticeAction = {
      name: 'stop',
      label: text(isStopping ? 'stopping' : 'stop'),
      run: () => queue.stop(operation),
      isDisabled: isStopping,
    };
    const { done, total } = progress;
    const action = actionName(words, task.kind === 'undo' ? String(task.options.kind) : task.kind);
    if (operation.state === 'stuck') {
      const reason = refusalText(words, failure, this.#options.errorText);
      const goOn = (label: 'goOn' | 'tryAgain') => ({
        name: 'go-on',
        label: text(label),
        run: () => queue.goOn(operation),
      });
      const giveUp = { name: 'stop', label: text('giveUp'), run: () => queue.forget(operation) };
      if (!operation.hasBegun) {
        return {
          message: text('notBegun', { action, reason }),
          isError: true,
          actions: [goOn('tryAgain'), giveUp],
          returnTo,
        };
      }
      return {
        message: isStopping ? text('notEnded', { reason }) : text('stuck', { done, total, reason }),
        isError: true,
        actions: isStopping ? [goOn('tryAgain'), giveUp] : [goOn('goOn'), { ...stop, isDisabled: false }],
        returnTo,
      };
    }
    if (!operation.hasBegun) {
      return {
        message: text('starting', { action }),
        progress: { done: 0, total: 1 },
        actions: [stop],
        returnTo,
      };
    }
    return {
      message: whatItDoes(words, task, total),
      detail: this.#detail(words, progress, queue.waiting),
      progress: { done, total },
      actions: [stop],
      returnTo,
    };
  }

  #detail(words: OperationWords, progress: OperationProgress, waiting: number): string {
    return [
      progressText(words, progress),
      ...(waiting ? [words.text('waitingBehind', { count: waiting })] : []),
    ].join(' · ');
  }

  #words({ task }: QueuedOperation): OperationWords {
    return { ...this.#options.words(), groupName: () => task.group };
  }

  #origin({ task: { origin } }: QueuedOperation): HTMLElement {
    return origin instanceof HTMLElement && origin.isConnected ? origin : this.#host;
  }
}

/** Why it can't go on, or never began. */
export function refusalText(
  { text }: Pick<OperationWords, 'text'>,
  error: unknown,
  errorText: (error: unknown) => string,
): string {
  if (isAdapterError(error, 'conflict')) return text('refusedConflict');
  if (isAdapterError(error, 'invalid')) return text('refusedInvalid');
  if (isAdapterError(error, 'forbidden')) return text('refusedForbidden');
  return errorText(error);
}

/** "3,000 of 12,430 · 1,200 a second · 8 seconds left". */
export function progressText(
  { text }: OperationWords,
  { done, total, rate, state }: OperationProgress,
): string {
  const parts = [text('progress', { done, total })];
  if (state === 'waiting') parts.push(text('reconnecting'));
  else if (rate !== undefined && state === 'running') {
    parts.push(text('rate', { count: Math.max(1, Math.round(rate)) }));
    const seconds = Math.ceil((total - done) / rate);
    if (seconds > 0) {
      parts.push(
        seconds < 90
          ? text('secondsLeft', { count: seconds })
          : text('minutesLeft', { count: Math.round(seconds / 60) }),
      );
    }
  }
  return parts.join(' · ');
}

const tellerOf = (host: HTMLElement): OperationNotice | undefined =>
  [...tellers].find((teller) => teller.isOf(host));

/** What an element stands in, across shadow roots, the nearest first. */
function hostsAround(element: HTMLElement): HTMLElement[] {
  const hosts: HTMLElement[] = [];
  for (let node: Node | null = element.parentNode; node;) {
    if (node instanceof HTMLElement) hosts.push(node);
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return hosts;
}

function emit(origin: HTMLElement, name: string, detail: object, cancelable = false): boolean {
  return origin.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
}
