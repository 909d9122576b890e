import { Task, TaskStatus } from '@lit/task';
import type { TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import { isAdapterError } from '../../../adapter/errors.ts';
import type { Customer } from '../../../model/customer.ts';
import type { CustomerDetail } from '../../../model/detail.ts';
import type { Duplicate, MergePreview } from '../../../model/duplicates.ts';
import { displayName } from '../../../model/names.ts';
import { debounce } from '../../../parts/debounce.ts';
import { isolated } from '../../../parts/format.ts';
import type { DetailHost } from '../detail-host.ts';
import { banner } from './banner.ts';
import { chosenFields, leadingEmail, type ChoosableField, type Choices } from './choices.ts';
import { mergeDialog } from './merge-dialog.ts';

/** The two in question; `keepId` is the one that stays. */
export interface Pair {
  keepId: string;
  goneId: string;
}

/** Finds who might be the same person as the customer on the screen, and merges the two. */
export class Merging {
  readonly #host: DetailHost;
  readonly #suggest: Task<readonly [CustomerAdapter, string], Duplicate[]>;
  readonly #find: Task<readonly [CustomerAdapter, string], Customer[]>;
  readonly #preview: Task<readonly [CustomerAdapter, string, string], MergePreview>;
  readonly #search = debounce(() => this.#runSearch(), 200);
  #suggestedFor: string | undefined;
  #suggested: Duplicate[] = [];
  #dialog: HTMLDialogElement | undefined;
  /** Whom the dialog was opened for. */
  #subject: CustomerDetail['customer'] | undefined;
  #term = '';
  #pair: Pair | undefined;
  #choices: Choices = {};
  /** Made once for what is chosen now, so that sending it again merges nothing twice. */
  #operationId: string | undefined;
  #problem: string | undefined;

  constructor(host: DetailHost) {
    this.#host = host;
    const { element } = host;
    element.addController({ hostUpdated: () => this.#onUpdated(), hostDisconnected: () => this.close() });
    this.#suggest = new Task(element, {
      autoRun: false,
      task: async ([adapter, id], { signal }) => (await adapter.suggestDuplicates({ id }, { signal })).rows,
      // Nobody waits for suggestions: without them the other is found by searching.
      onComplete: (rows) => (this.#suggested = rows),
    });
    this.#find = new Task(element, {
      autoRun: false,
      task: async ([adapter, search], { signal }) => {
        const sort = { by: 'name', direction: 'asc' } as const;
        return (await adapter.listCustomers({ filters: { search }, sort, limit: 8 }, { signal })).rows;
      },
    });
    this.#preview = new Task(element, {
      autoRun: false,
      task: ([adapter, keepId, goneId], { signal }) => adapter.previewMerge({ keepId, goneId }, { signal }),
    });
  }

  begin({ customer }: CustomerDetail): void {
    this.#subject = customer;
    this.#term = '';
    this.#pair = undefined;
    this.#problem = undefined;
    this.#host.element.requestUpdate();
    void this.#host.focusOn('.merge input[type=search]');
  }

  close(): void {
    this.#search.cancel();
    this.#subject = undefined;
    this.#dialog?.close();
    this.#host.element.requestUpdate();
  }

  /** A quiet word above the numbers; nothing where nobody is suggested. */
  renderBanner({ customer }: CustomerDetail): TemplateResult | undefined {
    const [first, ...others] = this.#suggestedFor === customer.id ? this.#suggested : [];
    const { merge, dismissDuplicate } = this.#host.permissions();
    if (!first || !dismissDuplicate) return undefined;
    return banner({
      text: this.#host.context().text,
      locale: this.#host.context().locale,
      duplicate: first,
      more: others.length,
      compare: merge ? () => this.#compare(customer, first.customer.id) : undefined,
      dismiss: () => void this.#dismiss(customer.id, first),
    });
  }

  renderDialog(): TemplateResult | undefined {
    const subject = this.#subject;
    if (!subject) return undefined;
    const isSearching = this.#term.trim() !== '';
    const found = isSearching && this.#find.status === TaskStatus.COMPLETE ? this.#find.value : undefined;
    const failure =
      this.#find.status === TaskStatus.ERROR ? this.#host.errorText(this.#find.error) : undefined;
    return mergeDialog({
      context: this.#host.context(),
      subject,
      attach: (element) => (this.#dialog = element),
      suggested: this.#suggestedFor === subject.id ? this.#suggested : [],
      term: this.#term,
      found: found?.filter(({ id }) => id !== subject.id),
      searchError: isSearching ? failure : undefined,
      pair: this.#pair,
      preview: this.#pair && this.#preview.status === TaskStatus.COMPLETE ? this.#preview.value : undefined,
      previewError:
        this.#preview.status === TaskStatus.ERROR ? this.#host.errorText(this.#preview.error) : undefined,
      choices: this.#choices,
      problem: this.#problem,
      isPending: this.#host.writes.isPending(aboutMerge),
      search: (term) => {
        this.#term = term;
        this.#search();
        this.#host.element.requestUpdate();
      },
      choose: (id) => this.#compare(subject, id),
      keep: (keepId) => this.#stay(keepId),
      take: (field, id) => this.#take(field, id),
      back: () => {
        this.#pair = undefined;
        void this.#host.focusOn('.merge input[type=search]');
        this.#host.element.requestUpdate();
      },
      retry: () => void this.#load(),
      merge: () => void this.#merge(),
      close: () => this.close(),
    });
  }

  #onUpdated(): void {
    if (this.#subject && this.#dialog?.isConnected && !this.#dialog.open) this.#dialog.showModal();
    const id = this.#host.detail()?.customer.id;
    const adapter = this.#host.source();
    if (!id || !adapter || id === this.#suggestedFor || !this.#host.permissions().dismissDuplicate) return;
    this.#suggestedFor = id;
    this.#suggested = [];
    void this.#suggest.run([adapter, id]);
  }

  #runSearch(): void {
    const adapter = this.#host.source();
    const term = this.#term.trim();
    if (adapter && term) void this.#find.run([adapter, term]);
  }

  #compare(subject: CustomerDetail['customer'], otherId: string): void {
    this.#subject = subject;
    this.#pair = { keepId: subject.id, goneId: otherId };
    this.#choices = {};
    this.#operationId = undefined;
    this.#problem = undefined;
    void this.#load();
    void this.#host.focusOn('.merge h2');
  }

  #stay(keepId: string): void {
    const pair = this.#pair;
    if (!pair || keepId === pair.keepId) return;
    this.#pair = { keepId, goneId: pair.keepId };
    this.#operationId = undefined;
    void this.#load().then(() => this.#host.focusOn(`.merge input[name=stays][value="${keepId}"]`));
  }

  #take(field: ChoosableField, id: string): void {
    this.#choices = { ...this.#choices, [field]: id };
    this.#operationId = undefined;
    this.#host.element.requestUpdate();
  }

  async #load(): Promise<void> {
    const adapter = this.#host.source();
    if (adapter && this.#pair) await this.#preview.run([adapter, this.#pair.keepId, this.#pair.goneId]);
  }

  async #merge(): Promise<void> {
    const preview = this.#preview.value;
    if (!preview || this.#host.writes.isPending(aboutMerge)) return;
    const { keep, gone } = preview;
    const fields = chosenFields(preview, this.#choices);
    const announced = { keepId: keep.id, goneId: gone.id, fields };
    if (!this.#host.ask('customer-merge', announced)) return;
    const operationId = (this.#operationId ??= crypto.randomUUID());
    const email = leadingEmail(preview, this.#choices);
    const versions = { keepVersion: keep.version, goneVersion: gone.version };
    this.#problem = undefined;
    await this.#host.writes.run({
      about: aboutMerge,
      send: (adapter, signal) =>
        adapter.mergeCustomers({ operationId, ...announced, ...versions }, { signal }),
      done: ({ customer, receipt }) => {
        this.close();
        this.#suggestedFor = undefined;
        this.#host.tell('customer-merged', { keepId: keep.id, goneId: gone.id, customer, receipt });
        if (this.#host.customerId() === keep.id) void this.#host.reload();
        else this.#host.show(keep.id);
        this.#host.notice.showAndFocus({
          message: this.#host.context().text('merged', { email: isolated(email) }),
          undo: () => void this.#undo(operationId),
          returnTo: () => this.#host.element.shadowRoot?.querySelector<HTMLElement>('#title'),
        });
      },
      failed: (error) => void this.#failed(error),
    });
  }

  /** The dialog stays: what was chosen is still there. */
  async #failed(error: unknown): Promise<void> {
    const { text } = this.#host.context();
    this.#operationId = undefined;
    if (isAdapterError(error, 'conflict') && error.reason === 'stale') {
      this.#problem = text('mergeChanged');
      await this.#load();
    } else if (isAdapterError(error, 'conflict') && error.reason === 'two_accounts') {
      await this.#load();
    } else if (isAdapterError(error, 'not_found')) {
      this.#problem = text('mergeGone');
    } else {
      this.#problem = text('mergeFailed', { reason: this.#host.errorText(error) });
    }
    this.#host.element.requestUpdate();
  }

  async #undo(id: string): Promise<void> {
    if (!this.#host.ask('merge-undo', { operationId: id })) return;
    const { text } = this.#host.context();
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: `undo ${id}`,
      send: (adapter, signal) => adapter.undoOperation({ id, operationId }, { signal }),
      done: (receipt) => {
        this.#suggestedFor = undefined;
        void this.#host.reload();
        this.#host.tell('merge-undone', { operationId: id, receipt });
        const { changed, failed, failures } = receipt;
        if (changed === 0 && failed > 0) {
          const reason = failures[0]?.message ?? '';
          this.#host.notice.show({ message: text('unmergeFailed', { reason }), isError: true });
        } else {
          const message = failed ? text('unmergedPartly', { count: failed }) : text('unmerged');
          this.#host.notice.show({ message });
        }
      },
      failed: (error) => {
        const reason = this.#host.errorText(error);
        this.#host.notice.show({ message: text('unmergeFailed', { reason }), isError: true });
      },
    });
  }

  async #dismiss(id: string, { customer }: Duplicate): Promise<void> {
    const announced = { customerId: id, otherId: customer.id };
    if (!this.#host.ask('duplicate-dismiss', announced)) return;
    const { text } = this.#host.context();
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: `dismiss ${id} ${customer.id}`,
      send: (adapter, signal) =>
        adapter.dismissDuplicate({ operationId, id, otherId: customer.id }, { signal }),
      done: (receipt) => {
        this.#suggested = this.#suggested.filter((one) => one.customer.id !== customer.id);
        this.#host.tell('duplicate-dismissed', { ...announced, receipt });
        this.#host.notice.showAndFocus({
          message: text('dismissed', { customer: isolated(displayName(customer)) }),
          undo: () => void this.#undoDismissal(operationId),
          returnTo: () => this.#host.element.shadowRoot?.querySelector<HTMLElement>('#title'),
        });
      },
      failed: (error) => {
        const reason = this.#host.errorText(error);
        this.#host.notice.show({ message: text('dismissFailed', { reason }), isError: true });
      },
    });
  }

  async #undoDismissal(id: string): Promise<void> {
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: `undo ${id}`,
      send: (adapter, signal) => adapter.undoOperation({ id, operationId }, { signal }),
      done: () => {
        this.#suggestedFor = undefined;
        this.#host.element.requestUpdate();
        void this.#host.focusOn('#title');
      },
      failed: (error) => {
        const reason = this.#host.errorText(error);
        this.#host.notice.show({
          message: this.#host.context().text('actionFailed', { reason }),
          isError: true,
        });
      },
    });
  }
}

const aboutMerge = 'merge';
