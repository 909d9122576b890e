import { Task, TaskStatus } from '@lit/task';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import type { Customer } from '../../../model/customer.ts';
import { displayName } from '../../../model/names.ts';
import type { DeletedCustomer, DeletedCustomerList } from '../../../model/privacy.ts';
import type { Receipt } from '../../../model/receipt.ts';
import { debounce } from '../../../parts/debounce.ts';
import { formatDate, isolated } from '../../../parts/format.ts';
import { ModalDialog } from '../../../parts/modal-dialog.ts';
import { EraseDialog } from '../../customer-detail/erase/erase-dialog.ts';
import type { PrivacyHost } from '../../customer-detail/erase/privacy-text.ts';

interface RecentlyDeletedOptions extends PrivacyHost {
  locale: () => string;
  timeZone: () => string;
  closeLabel: () => string;
  /** False where the host page prevented it. */
  ask: (name: 'customer-restore' | 'customer-erase' | 'customers-purge', detail: object) => boolean;
  tell: (name: 'customer-restored' | 'customer-erased' | 'customers-purged', detail: object) => void;
}

const pageSize = 20;

/** Who was deleted: to be restored, erased, or removed for good once 30 days are over. */
export class RecentlyDeleted {
  readonly #host: ReactiveControllerHost;
  readonly #options: RecentlyDeletedOptions;
  readonly #erasing: EraseDialog;
  readonly #list: Task<readonly [CustomerAdapter, string | undefined], DeletedCustomerList>;
  readonly #restoring: Task<readonly [CustomerAdapter, Customer, string], Receipt>;
  readonly #purging: Task<readonly [CustomerAdapter, string], Receipt>;
  readonly #searchLater = debounce(() => void this.#load(), 200);
  readonly #dialog: ModalDialog;
  #adapter: CustomerAdapter | undefined;
  #search = '';
  #rows: readonly DeletedCustomer[] = [];
  #next: string | null = null;
  #purgeable = 0;
  #failure: unknown;
  /** What was done last, or why it was not. */
  #message = '';
  #isSure = false;
  #removed = 0;
  /** Kept until it is answered: trying again sends the same operation. */
  #operations = new Map<string, string>();

  constructor(host: ReactiveControllerHost, options: RecentlyDeletedOptions) {
    this.#host = host;
    this.#options = options;
    this.#dialog = new ModalDialog(host, {
      name: 'deleted',
      isOpen: () => this.#adapter !== undefined,
      close: () => this.close(),
    });
    this.#erasing = new EraseDialog(host, options, (customer, receipt) => {
      options.tell('customer-erased', { customerId: customer.id, receipt });
      this.#done(customer.id, options.text('erased', { customer: isolated(displayName(customer)) }));
    });
    this.#list = new Task(host, {
      autoRun: false,
      task: ([adapter, cursor], { signal }) =>
        adapter.listDeletedCustomers(
          {
            limit: pageSize,
            ...(this.#search.trim() ? { search: this.#search.trim() } : {}),
            ...(cursor === undefined ? {} : { cursor }),
          },
          { signal },
        ),
      onError: (error) => (this.#failure = error),
    });
    this.#restoring = new Task(host, {
      autoRun: false,
      task: ([adapter, { id }, operationId], { signal }) =>
        adapter.restoreCustomers({ operationId, ids: [id] }, { signal }),
    });
    this.#purging = new Task(host, {
      autoRun: false,
      task: ([adapter, operationId], { signal }) => this.#purgeAll(adapter, operationId, signal),
    });
  }

  open(adapter: CustomerAdapter): void {
    this.#adapter = adapter;
    this.#search = '';
    this.#message = '';
    this.#isSure = false;
    void this.#load();
  }

  close(): void {
    this.#adapter = undefined;
    this.#list.abort();
    this.#purging.abort();
    this.#dialog.hide();
    this.#host.requestUpdate();
  }

  async #load(cursor?: string): Promise<void> {
    if (!this.#adapter) return;
    this.#failure = undefined;
    await this.#list.run([this.#adapter, cursor]);
    const { value } = this.#list;
    if (this.#list.status !== TaskStatus.COMPLETE || !value) return;
    this.#rows = cursor === undefined ? value.rows : [...this.#rows, ...value.rows];
    this.#next = value.next;
    this.#purgeable = value.purgeable;
    this.#host.requestUpdate();
  }

  /** The row goes, and with it what had the focus. */
  #done(id: string, message: string): void {
    this.#rows = this.#rows.filter(({ customer }) => customer.id !== id);
    this.#message = message;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#dialog.element?.querySelector<HTMLElement>('input')?.focus(),
    );
  }

  #operationOf(intention: string): string {
    const operationId = this.#operations.get(intention) ?? crypto.randomUUID();
    this.#operations.set(intention, operationId);
    return operationId;
  }

  async #restore(customer: Customer): Promise<void> {
    const { ask, tell, text, errorText } = this.#options;
    const { id } = customer;
    if (!this.#adapter || !ask('customer-restore', { customerId: id })) return;
    const name = isolated(displayName(customer));
    await this.#restoring.run([this.#adapter, customer, this.#operationOf(`restore ${id}`)]);
    this.#restoring.render({
      complete: (receipt) => {
        this.#operations.delete(`restore ${id}`);
        const [failure] = receipt.failures;
        if (failure) {
          const reason = failure.code === 'exists' ? text('restoreTaken') : text('deletedExpired');
          this.#message = text('restoreFailed', { customer: name, reason });
        } else {
          tell('customer-restored', { customerId: id, receipt });
          this.#done(id, text('restored', { customer: name }));
        }
      },
      error: (error) => (this.#message = text('restoreFailed', { customer: name, reason: errorText(error) })),
    });
    this.#host.requestUpdate();
  }

  #erase(customer: Customer): void {
    if (!this.#adapter || !this.#options.ask('customer-erase', { customer, customerId: customer.id })) return;
    void this.#erasing.open(this.#adapter, customer);
  }

  async #purgeAll(adapter: CustomerAdapter, operationId: string, signal: AbortSignal): Promise<Receipt> {
    for (let step = 0; ; step++) {
      const receipt = await adapter.purgeCustomers({ operationId, step }, { signal });
      this.#removed = receipt.changed;
      this.#host.requestUpdate();
      if (receipt.status === 'finished') return receipt;
    }
  }

  async #purge(): Promise<void> {
    const { ask, tell, text, errorText } = this.#options;
    this.#isSure = false;
    if (!this.#adapter || !ask('customers-purge', { count: this.#purgeable })) return;
    this.#removed = 0;
    await this.#purging.run([this.#adapter, this.#operationOf('purge')]);
    this.#purging.render({
      complete: (receipt) => {
        this.#operations.delete('purge');
        tell('customers-purged', { receipt });
        this.#message = text('purged', { count: receipt.changed });
      },
      error: (error) => (this.#message = text('purgeFailed', { reason: errorText(error) })),
    });
    await this.#load();
    this.#dialog.element?.querySelector<HTMLElement>('input')?.focus();
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#adapter) return nothing;
    const { text, closeLabel } = this.#options;
    return html`
      ${this.#dialog.render({
        title: text('deletedTitle'),
        closeLabel: closeLabel(),
        body: html`
          <p class="privacy-note">${text('deletedText')}</p>
          <input
            class="field"
            type="search"
            maxlength="200"
            aria-label=${text('deletedSearch')}
            placeholder=${text('deletedSearch')}
            .value=${this.#search}
            @input=${(event: InputEvent) => {
              this.#search = (event.target as HTMLInputElement).value;
              this.#searchLater();
            }}
          />
          <p class="deleted-message" role="status">${this.#message || nothing}</p>
          ${this.#renderRows()} ${this.#renderPurge()}
        `,
      })}
      ${this.#erasing.render()}
    `;
  }

  #renderRows(): TemplateResult {
    const { text, retryLabel, errorText } = this.#options;
    if (this.#failure !== undefined) {
      return html`<div class="privacy-failure" role="alert">
        <p>${text('deletedFailed', { reason: errorText(this.#failure) })}</p>
        <button class="button" type="button" data-action="retry" @click=${() => void this.#load()}>
          ${retryLabel()}
        </button>
      </div>`;
    }
    if (!this.#rows.length) {
      const isLoading = this.#list.status === TaskStatus.PENDING;
      const empty = text(this.#search.trim() ? 'deletedNotFound' : 'deletedEmpty');
      return html`<p class="privacy-note deleted-empty">${isLoading ? nothing : empty}</p>`;
    }
    return html`
      <ul class="deleted-list" aria-labelledby="deleted-title">
        ${this.#rows.map((row) => this.#renderRow(row))}
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
              ${text('deletedMore')}
            </button>`
      }
    `;
  }

  #renderRow({ customer, deleted_at, deleted_by, restorable_until }: DeletedCustomer): TemplateResult {
    const { text, locale, timeZone } = this.#options;
    const name = displayName(customer);
    const when = formatDate(locale(), deleted_at, timeZone());
    const isExpired = Date.parse(restorable_until) <= Date.now();
    const button = (action: string, label: string, run: () => void) =>
      html`<button
        class="button"
        type="button"
        data-action=${action}
        aria-label=${`${label}: ${name}`}
        @click=${run}
      >
        ${label}
      </button>`;
    return html`<li>
      <div class="deleted-who">
        <strong><bdi>${name}</bdi></strong>
        <small><bdi>${customer.email}</bdi></small>
        <small>
          ${
            deleted_by === null
              ? text('deletedWhenOnly', { when })
              : text('deletedWhen', { when, by: isolated(deleted_by) })
          }${isExpired ? html` · ${text('deletedExpired')}` : nothing}
        </small>
      </div>
      ${isExpired ? nothing : button('restore', text('deletedRestore'), () => void this.#restore(customer))}
      ${
        this.#adapter?.capabilities.erase
          ? button('erase-one', text('deletedErase'), () => this.#erase(customer))
          : nothing
      }
    </li>`;
  }

  #renderPurge(): TemplateResult | typeof nothing {
    const { text, cancelLabel } = this.#options;
    if (this.#purging.status === TaskStatus.PENDING) {
      const progress = { done: this.#removed, total: Math.max(this.#purgeable, this.#removed) };
      return html`<p class="deleted-purge" role="status">${text('purging', progress)}</p>`;
    }
    if (!this.#purgeable) return nothing;
    if (!this.#isSure) {
      return html`<div class="deleted-purge">
        <span>${text('purgeReady', { count: this.#purgeable })}</span>
        <button
          class="button"
          type="button"
          data-action="purge"
          @click=${() => this.#question(true, '[data-action=keep]')}
        >
          ${text('purge')}
        </button>
      </div>`;
    }
    return html`<div class="deleted-purge" role="group" aria-labelledby="purge-title">
      <span>
        <strong id="purge-title">${text('purgeTitle', { count: this.#purgeable })}</strong>
        ${text('purgeText')}
      </span>
      <button
        class="button"
        type="button"
        data-action="keep"
        @click=${() => this.#question(false, '[data-action=purge]')}
      >
        ${cancelLabel()}
      </button>
      <button class="button danger" type="button" data-action="purge-now" @click=${() => void this.#purge()}>
        ${text('purge')}
      </button>
    </div>`;
  }

  #question(isSure: boolean, focusOn: string): void {
    this.#isSure = isSure;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#dialog.element?.querySelector<HTMLElement>(focusOn)?.focus(),
    );
  }
}
