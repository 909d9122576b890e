import { Task, TaskStatus } from '@lit/task';
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Role } from '../../model/access.ts';
import { bulkActions, type OperationList, type OperationSummary } from '../../model/operations.ts';
import type { Receipt } from '../../model/receipt.ts';
import { OperationQueue, type QueuedOperation } from '../../operations/operation-queue.ts';
import { resumePlan } from '../../operations/settled-plan.ts';
import { formatDate, formatInstant, isolated } from '../format.ts';
import { icons } from '../icons.ts';
import { ModalDialog } from '../modal-dialog.ts';
import { skeletonLine } from '../skeleton.ts';
import { progressText, refusalText } from './operation-notice.ts';
import {
  accountOf,
  actionName,
  isBulkAction,
  otherOutcomes,
  whatItDid,
  whatItDoes,
  type NamedOperation,
  type OperationWords,
} from './operation-words.ts';

export interface OperationHistoryOptions {
  words: () => Omit<OperationWords, 'groupName'>;
  timeZone: () => string;
  role: () => Role | undefined;
  closeLabel: () => string;
  retryLabel: () => string;
  errorText: (error: unknown) => string;
  /** Which are listed; absent: everything that concerned many, and merges. */
  kinds?: readonly string[];
  undo: (operation: NamedOperation & Receipt) => void;
  showFailures: (operation: NamedOperation & Receipt, account: string) => void;
  /** Goes on with an import, for which it takes the file; absent, that isn't offered. */
  resumeImport?: (operation: OperationSummary) => void;
}

interface Page extends OperationList {
  groups: ReadonlyMap<string, string>;
}

const pageSize = 20;
const allKinds: readonly string[] = [...bulkActions, 'import', 'export', 'merge', 'undo'];
/** What takes an admin to do takes one to undo. */
const adminKinds: readonly string[] = ['delete', 'restore', 'merge'];

/** What was done to many customers, the latest first: how it ended, Undo, Go on, and why some were left out. */
export class OperationHistory implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: OperationHistoryOptions;
  readonly #list: Task<readonly [CustomerAdapter, string | undefined], Page>;
  readonly #ending: Task<readonly [CustomerAdapter, string], Receipt>;
  readonly #dialog: ModalDialog;
  #adapter: CustomerAdapter | undefined;
  #unsubscribe: (() => void) | undefined;
  #rows: readonly OperationSummary[] = [];
  readonly #groups = new Map<string, string>();
  #next: string | null = null;
  /** What was done last, or why it was not. */
  #message = '';
  /** How far the operations of this page were when the list was read. */
  readonly #stages = new Map<string, 'asked' | 'begun' | 'ended'>();
  #focused: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: OperationHistoryOptions) {
    this.#host = host;
    this.#options = options;
    this.#dialog = new ModalDialog(host, {
      name: 'operations',
      isOpen: () => this.#adapter !== undefined,
      close: () => this.close(),
    });
    host.addController(this);
    this.#list = new Task(host, {
      autoRun: false,
      task: ([adapter, cursor], { signal }) => this.#read(adapter, cursor, signal),
    });
    this.#ending = new Task(host, {
      autoRun: false,
      task: ([adapter, id], { signal }) => adapter.finishOperation({ id, cancelled: true }, { signal }),
    });
  }

  get isOpen(): boolean {
    return this.#adapter !== undefined;
  }

  open(adapter: CustomerAdapter): void {
    this.#adapter = adapter;
    this.#message = '';
    this.#rows = [];
    this.#next = null;
    const queue = OperationQueue.of(adapter);
    this.#unsubscribe?.();
    this.#unsubscribe = queue.subscribe((operation) => this.#onMoved(operation));
    void this.#load();
  }

  close(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#adapter = undefined;
    this.#list.abort();
    this.#dialog.hide();
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const active = this.#host.shadowRoot?.activeElement;
    const isInside = active != null && this.#dialog.element?.contains(active) === true;
    this.#focused = isInside
      ? (active.closest<HTMLElement>('[data-operation]')?.dataset.operation ?? '')
      : undefined;
  }

  hostUpdated(): void {
    const { element } = this.#dialog;
    if (!this.#adapter || !element?.isConnected) return;
    if (this.#focused === undefined || this.#host.shadowRoot?.activeElement) return;
    // The button that was pressed has gone, or its whole row.
    (this.#rowOf(this.#focused) ?? element.querySelector<HTMLElement>('[data-action=close]'))?.focus();
  }

  #rowOf(id: string): HTMLElement | null | undefined {
    return this.#dialog.element?.querySelector<HTMLElement>(`[data-operation="${CSS.escape(id)}"]`);
  }

  /** One that is new, or has ended, changes what is listed. */
  #onMoved(operation: QueuedOperation): void {
    const { task, state, hasBegun, failure, receipt } = operation;
    const words = this.#wordsOf(task.group);
    const stage = state === 'ended' ? 'ended' : hasBegun ? 'begun' : 'asked';
    const isNews = stage !== 'asked' && this.#stages.get(task.id) !== stage;
    this.#stages.set(task.id, stage);
    if (receipt && isNews) this.#message = accountOf(words, { ...receipt, options: task.options });
    if (state === 'stuck' && !hasBegun) {
      const kind = task.kind === 'undo' ? String(task.options.kind) : task.kind;
      const reason = refusalText(words, failure, this.#options.errorText);
      this.#message = words.text('notBegun', { action: actionName(words, kind), reason });
    }
    if (isNews) void this.#load();
    else this.#host.requestUpdate();
  }

  #wordsOf(group?: string): OperationWords {
    return { ...this.#options.words(), groupName: (id) => group ?? this.#groups.get(id) };
  }

  async #load(cursor?: string): Promise<void> {
    if (!this.#adapter) return;
    await this.#list.run([this.#adapter, cursor]);
    const { value, status } = this.#list;
    if (status !== TaskStatus.COMPLETE || !value) return;
    const shown = this.#rows.length;
    this.#rows = cursor === undefined ? value.rows : [...this.#rows, ...value.rows];
    for (const [id, name] of value.groups) this.#groups.set(id, name);
    this.#next = value.next;
    this.#host.requestUpdate();
    // The button that asked for more may have gone.
    if (cursor === undefined) return;
    await this.#host.updateComplete;
    this.#dialog.element?.querySelectorAll<HTMLElement>('.operation-list li')[shown]?.focus();
  }

  async #read(adapter: CustomerAdapter, cursor: string | undefined, signal: AbortSignal): Promise<Page> {
    const kinds = this.#options.kinds ?? allKinds;
    const rows: OperationSummary[] = [];
    let next = cursor ?? null;
    do {
      const page = await adapter.listOperations(
        { kinds, limit: pageSize, ...(next === null ? {} : { cursor: next }) },
        { signal },
      );
      // Single edits are undone too; the history is about many.
      rows.push(
        ...page.rows.filter(({ kind, options }) => kind !== 'undo' || kinds.includes(String(options.kind))),
      );
      next = page.next;
    } while (!rows.length && next !== null);
    return { rows, next, groups: await this.#groupsOf(adapter, rows, signal) };
  }

  async #groupsOf(
    adapter: CustomerAdapter,
    rows: readonly OperationSummary[],
    signal: AbortSignal,
  ): Promise<Map<string, string>> {
    const ids = [
      ...new Set(rows.flatMap(({ options: { group } }) => (typeof group === 'string' ? group : []))),
    ];
    if (!ids.length || !adapter.capabilities.groups) return new Map();
    const { rows: groups } = await adapter.listGroups({ ids, limit: 100 }, { signal });
    return new Map(groups.map(({ id, name }) => [id, name]));
  }

  #goOn(operation: OperationSummary): void {
    const adapter = this.#adapter;
    if (!adapter) return;
    const { id, kind, options } = operation;
    if (kind === 'import') {
      this.close();
      this.#options.resumeImport?.(operation);
      return;
    }
    const group = this.#groups.get(String(options.group));
    OperationQueue.of(adapter).add({
      id,
      kind,
      options,
      group,
      plan: resumePlan(adapter, id),
      origin: this.#host,
    });
  }

  async #stop({ id }: OperationSummary): Promise<void> {
    const adapter = this.#adapter;
    if (!adapter) return;
    const { text } = this.#options.words();
    const queue = OperationQueue.of(adapter);
    const queued = queue.find(id);
    if (queued) {
      queue.stop(queued);
      return;
    }
    await this.#ending.run([adapter, id]);
    this.#ending.render({
      complete: () => (this.#message = text('stopped')),
      error: (error) => (this.#message = text('notEnded', { reason: this.#options.errorText(error) })),
    });
    await this.#load();
    await this.#host.updateComplete;
    this.#rowOf(id)?.focus();
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#adapter) return nothing;
    const { text } = this.#options.words();
    return this.#dialog.render({
      title: text('recentTitle'),
      closeLabel: this.#options.closeLabel(),
      body: html`
        <p class="operation-note">${text('recentText')}</p>
        <p class="operation-message" role="status">${this.#message || nothing}</p>
        ${this.#renderRows()}
      `,
    });
  }

  #renderRows(): TemplateResult {
    const { errorText, retryLabel, words } = this.#options;
    const { text } = words();
    if (this.#list.status === TaskStatus.ERROR) {
      const reason = errorText(this.#list.error);
      return html`<div class="operation-failure" role="alert">
        <p>${text('recentFailed', { reason })}</p>
        <button class="button" type="button" data-action="retry" @click=${() => void this.#load()}>
          ${retryLabel()}
        </button>
      </div>`;
    }
    const isLoading = this.#list.status === TaskStatus.PENDING;
    if (!this.#rows.length && isLoading) {
      return html`<ul class="operation-list" aria-hidden="true">
        ${[0, 1, 2].map(() => html`<li><div class="operation-what">${skeletonLine('long')}</div></li>`)}
      </ul>`;
    }
    if (!this.#rows.length) return html`<p class="operation-empty">${text('recentEmpty')}</p>`;
    return html`
      <ul class="operation-list" aria-labelledby="operations-title">
        ${repeat(
          this.#rows,
          ({ id }) => id,
          (row) => this.#renderRow(row),
        )}
      </ul>
      ${
        this.#next === null
          ? nothing
          : html`<button
              class="button quiet"
              type="button"
              data-action="more"
              @click=${() => void this.#load(this.#next ?? undefined)}
            >
              ${text('recentMore')}
            </button>`
      }
    `;
  }

  #renderRow(operation: OperationSummary): TemplateResult {
    const { words, timeZone } = this.#options;
    const { locale, text } = words();
    const { id, by, startedAt, kind } = operation;
    const queued = this.#adapter && OperationQueue.of(this.#adapter).find(id);
    const named = this.#wordsOf();
    const isRunning = operation.status === 'running' || queued !== undefined;
    const title =
      isRunning && (isBulkAction(kind) || kind === 'undo')
        ? whatItDoes(named, operation, operation.asked)
        : whatItDid(named, operation);
    const when = formatDate(locale, startedAt, timeZone());
    const numbers = queued
      ? progressText(named, queued.progress)
      : otherOutcomes(named, operation).join(text('listSeparator'));
    const state = this.#state(operation, queued);
    return html`<li tabindex="-1" data-operation=${id}>
      <span class="operation-icon">${iconOf(kind)}</span>
      <div class="operation-what">
        <strong id="operation-${id}">${title}</strong>
        <small>
          <time datetime=${startedAt} title=${formatInstant(locale, startedAt, timeZone())}
            >${text('by', { when, by: isolated(by) })}</time
          >${numbers ? html` · ${numbers}` : nothing}
        </small>
      </div>
      ${state ? html`<span class="pill operation-state">${text(state)}</span>` : nothing}
      <span class="operation-buttons">${this.#renderButtons(operation, queued, title)}</span>
    </li>`;
  }

  #state({ status, undoneBy }: OperationSummary, queued: QueuedOperation | undefined) {
    if (queued)
      return queued.state === 'waiting'
        ? 'stateWaiting'
        : queued.state === 'stuck'
          ? 'stateUnfinished'
          : 'stateRunning';
    if (undoneBy) return 'stateUndone';
    if (status === 'running') return 'stateUnfinished';
    return status === 'cancelled' ? 'stateCancelled' : undefined;
  }

  #renderButtons(
    operation: OperationSummary,
    queued: QueuedOperation | undefined,
    what: string,
  ): (TemplateResult | typeof nothing)[] {
    const { words, timeZone, showFailures, undo, resumeImport } = this.#options;
    const { text, locale } = words();
    const { kind, status, mine = true, failed, skipped } = operation;
    const role = this.#options.role();
    const isAdmin = role === 'admin';
    const may = isAdmin || (role === 'editor' && !adminKinds.includes(kind) && mine);
    const isRunning = status === 'running';
    const canGoOn = mine && (kind === 'import' ? resumeImport !== undefined : kind !== 'export');
    const button = (
      name: string,
      key: 'undo' | 'goOn' | 'stop' | 'showWhy',
      run: () => void,
      title?: string,
    ) => {
      const label = text(key);
      return html`<button
        class="button"
        type="button"
        data-action=${name}
        aria-label=${text('showIn', { label, what })}
        title=${title ?? nothing}
        @click=${run}
      >
        ${label}
      </button>`;
    };
    const until = operation.undo.until;
    const undoTitle = until ? text('undoUntil', { until: formatDate(locale, until, timeZone()) }) : undefined;
    const canUndo = may && operation.undo.possible && this.#adapter?.capabilities.undo === true;
    return [
      failed || (kind !== 'import' && skipped)
        ? button('failures', 'showWhy', () => showFailures(operation, accountOf(this.#wordsOf(), operation)))
        : nothing,
      may && isRunning && !queued && canGoOn
        ? button('go-on', 'goOn', () => this.#goOn(operation))
        : queued?.state === 'stuck' && this.#adapter
          ? button('go-on', 'goOn', () => this.#adapter && OperationQueue.of(this.#adapter).goOn(queued))
          : nothing,
      may && isRunning && !queued?.isStopping
        ? button('stop', 'stop', () => void this.#stop(operation))
        : nothing,
      canUndo ? button('undo', 'undo', () => undo(operation), undoTitle) : nothing,
    ];
  }
}

function iconOf(kind: string): TemplateResult {
  switch (kind) {
    case 'import':
      return icons.upload;
    case 'delete':
      return icons.bin;
    case 'restore':
    case 'undo':
      return icons.restore;
    case 'merge':
      return icons.merge;
    case 'export':
      return icons.download;
    case 'assign_group':
    case 'remove_group':
      return icons.people;
    case 'set_active':
    case 'set_inactive':
      return icons.person;
    default:
      return icons.tag;
  }
}
