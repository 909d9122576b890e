import { Task, TaskStatus } from '@lit/task';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Customer } from '../../model/customer.ts';
import { displayName } from '../../model/names.ts';
import type { Receipt, ReceiptFailure } from '../../model/receipt.ts';
import { ModalDialog } from '../modal-dialog.ts';
import { type NamedOperation, type OperationsTextKey, type OperationWords } from './operation-words.ts';

export interface FailuresDialogOptions {
  source: () => CustomerAdapter | undefined;
  words: () => Omit<OperationWords, 'groupName'>;
  /** What a field is called; undefined where it has no name. */
  fieldName: (field: string) => string | undefined;
  closeLabel: () => string;
  retryLabel: () => string;
  errorText: (error: unknown) => string;
}

interface Page {
  rows: ReceiptFailure[];
  names: ReadonlyMap<string, Customer | null>;
  next: string | null;
}

/** Few enough to ask for the name of each. */
const pageSize = 20;

/** Why some were left out or kept: each by name, with its reason, a page at a time. */
export class FailuresDialog {
  readonly #host: ReactiveControllerHost;
  readonly #options: FailuresDialogOptions;
  readonly #pages: Task<readonly [CustomerAdapter, string, string | undefined], Page>;
  readonly #dialog: ModalDialog;
  #operation: (NamedOperation & Receipt) | undefined;
  #account = '';
  #rows: readonly ReceiptFailure[] = [];
  /** By id; null is one that is gone. */
  readonly #names = new Map<string, Customer | null>();
  #next: string | null = null;

  constructor(host: ReactiveControllerHost, options: FailuresDialogOptions) {
    this.#host = host;
    this.#options = options;
    this.#dialog = new ModalDialog(host, {
      name: 'failures',
      isOpen: () => this.#operation !== undefined,
      close: () => this.close(),
    });
    this.#pages = new Task(host, {
      autoRun: false,
      task: async ([adapter, id, cursor], { signal }) => {
        const request = { id, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
        const page = adapter.capabilities.history
          ? await adapter.listOperationFailures(request, { signal })
          : { rows: this.#operation?.failures ?? [], next: null };
        return { ...page, names: await this.#namesOf(adapter, page.rows.slice(0, pageSize), signal) };
      },
    });
  }

  /** `account` says what the operation did. */
  open(operation: NamedOperation & Receipt, account: string): void {
    this.#operation = operation;
    this.#account = account;
    this.#rows = [];
    this.#next = null;
    void this.#load();
  }

  close(): void {
    this.#operation = undefined;
    this.#pages.abort();
    this.#dialog.hide();
    this.#host.requestUpdate();
  }

  async #load(cursor?: string): Promise<void> {
    const adapter = this.#options.source();
    if (!adapter || !this.#operation) return;
    await this.#pages.run([adapter, this.#operation.id, cursor]);
    const { value, status } = this.#pages;
    if (status !== TaskStatus.COMPLETE || !value) return;
    const shown = this.#rows.length;
    this.#rows = cursor === undefined ? value.rows : [...this.#rows, ...value.rows];
    for (const [id, customer] of value.names) this.#names.set(id, customer);
    this.#next = value.next;
    this.#host.requestUpdate();
    // The button that asked for more may have gone.
    if (cursor === undefined) return;
    await this.#host.updateComplete;
    this.#dialog.element?.querySelectorAll<HTMLElement>('.failure-list li')[shown]?.focus();
  }

  /** Whoever can't be read is named by nobody, and keeps nothing from being shown. */
  async #namesOf(
    adapter: CustomerAdapter,
    rows: readonly ReceiptFailure[],
    signal: AbortSignal,
  ): Promise<Map<string, Customer | null>> {
    const ids = [...new Set(rows.flatMap(({ id }) => id ?? []))].filter((id) => !this.#names.has(id));
    const found = new Map<string, Customer | null>();
    if (!adapter.capabilities.detail) return found;
    const next = async (): Promise<void> => {
      for (let id = ids.pop(); id !== undefined && !signal.aborted; id = ids.pop()) {
        const detail = await adapter.getCustomer({ id }, { signal }).catch(() => undefined);
        found.set(id, detail?.customer ?? null);
      }
    };
    await Promise.all([next(), next(), next()]);
    return found;
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#operation) return nothing;
    const { words, closeLabel } = this.#options;
    const { text } = words();
    return this.#dialog.render({
      title: text('failuresTitle'),
      closeLabel: closeLabel(),
      body: html`
        <p class="operation-note">${this.#account}</p>
        ${this.#renderRows()}
      `,
    });
  }

  #renderRows(): TemplateResult {
    const { words, errorText, retryLabel } = this.#options;
    const { text } = words();
    if (this.#pages.status === TaskStatus.ERROR) {
      const reason = errorText(this.#pages.error);
      return html`<div class="operation-failure" role="alert">
        <p>${text('failuresFailed', { reason })}</p>
        <button class="button" type="button" data-action="retry" @click=${() => void this.#load()}>
          ${retryLabel()}
        </button>
      </div>`;
    }
    const isLoading = this.#pages.status === TaskStatus.PENDING;
    if (!this.#rows.length) {
      return html`<p class="operation-note" role="status">${isLoading ? nothing : text('failuresEmpty')}</p>`;
    }
    return html`
      <ul class="failure-list" aria-labelledby="failures-title" aria-busy=${isLoading ? 'true' : 'false'}>
        ${this.#rows.map((failure) => this.#renderFailure(failure))}
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
              ${text('failuresMore')}
            </button>`
      }
    `;
  }

  #renderFailure(failure: ReceiptFailure): TemplateResult {
    const { row, id } = failure;
    const { text } = this.#options.words();
    const customer = id === undefined ? undefined : this.#names.get(id);
    const who = customer
      ? html`<strong><bdi>${displayName(customer)}</bdi></strong
          ><small><bdi>${customer.email}</bdi></small>`
      : html`<strong
          >${
            row === undefined
              ? text(customer === null ? 'failureGone' : 'failureSomebody')
              : text('failureRow', { row })
          }</strong
        >`;
    return html`<li tabindex="-1">
      <span class="failure-who">${who}</span>
      <span class="failure-why">${this.#reason(failure)}</span>
    </li>`;
  }

  /** In the reader's language where we know the reason; else as the backend says it. */
  #reason({ code, field, message }: ReceiptFailure): string {
    const { text } = this.#options.words();
    const name = field === undefined ? undefined : this.#options.fieldName(field);
    if (code === 'edited' && name !== undefined) return text('reason_edited_field', { field: name });
    return isKnown(code) ? text(`reason_${code}` satisfies OperationsTextKey) : message;
  }
}

const known = [
  'unknown',
  'deleted',
  'guest',
  'unknown_group',
  'exists',
  'merged',
  'erased',
  'expired',
  'edited',
  'has_orders',
  'has_notes',
] as const;

const isKnown = (code: string): code is (typeof known)[number] => (known as readonly string[]).includes(code);
