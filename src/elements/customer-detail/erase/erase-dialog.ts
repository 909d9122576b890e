import { Task, TaskStatus } from '@lit/task';
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import { isAdapterError } from '../../../adapter/errors.ts';
import type { Customer } from '../../../model/customer.ts';
import { displayName } from '../../../model/names.ts';
import type { ErasePreview } from '../../../model/privacy.ts';
import type { Receipt } from '../../../model/receipt.ts';
import { isolated } from '../../../parts/format.ts';
import type { PrivacyHost, PrivacyText } from './privacy-text.ts';

interface Asked {
  adapter: CustomerAdapter;
  customer: Customer;
  typed: string;
  /** Pressed with something else than the e-mail in the field. */
  isMismatch: boolean;
  isStale: boolean;
  /** Why it could not be done. */
  failure: unknown;
  /** Made once for what is erased, so that sending it again is harmless. */
  operationId: string;
}

/** Asks before a person is erased: what goes and what stays, and the e-mail typed by hand. */
export class EraseDialog implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #view: PrivacyHost;
  readonly #onErased: (customer: Customer, receipt: Receipt) => void;
  readonly #preview: Task<readonly [Asked], ErasePreview>;
  readonly #erasing: Task<readonly [Asked, number], Receipt>;
  #element: HTMLDialogElement | undefined;
  #asked: Asked | undefined;

  constructor(
    host: ReactiveControllerHost,
    view: PrivacyHost,
    onErased: (customer: Customer, receipt: Receipt) => void,
  ) {
    this.#host = host;
    this.#view = view;
    this.#onErased = onErased;
    host.addController(this);
    this.#preview = new Task(host, {
      autoRun: false,
      task: ([{ adapter, customer }], { signal }) => adapter.previewErase({ id: customer.id }, { signal }),
    });
    this.#erasing = new Task(host, {
      autoRun: false,
      task: ([{ adapter, customer, operationId }, version], { signal }) =>
        adapter.eraseCustomer({ operationId, id: customer.id, version }, { signal }),
      onComplete: (receipt) => {
        const customer = this.#asked?.customer;
        this.close();
        if (customer) this.#onErased(customer, receipt);
      },
      onError: (error) => this.#failed(error),
    });
  }

  /** Opens; resolves when it is known what would go. */
  async open(adapter: CustomerAdapter, customer: Customer): Promise<void> {
    this.#asked = {
      adapter,
      customer,
      typed: '',
      isMismatch: false,
      isStale: false,
      failure: undefined,
      operationId: crypto.randomUUID(),
    };
    await this.#preview.run([this.#asked]);
  }

  close(): void {
    this.#asked = undefined;
    this.#preview.abort();
    this.#erasing.abort();
    this.#element?.close();
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const element = this.#element;
    if (!this.#asked || !element?.isConnected || element.open) return;
    element.showModal();
    // The safe choice first.
    element.querySelector<HTMLElement>('[data-action=cancel]')?.focus();
  }

  hostDisconnected(): void {
    if (this.#asked) this.close();
  }

  #failed(error: unknown): void {
    const asked = this.#asked;
    if (!asked) return;
    asked.failure = isAdapterError(error, 'conflict') ? undefined : error;
    if (!isAdapterError(error, 'conflict')) return;
    asked.isStale = true;
    asked.operationId = crypto.randomUUID();
    void this.#preview.run([asked]);
  }

  #submit(event: Event): void {
    event.preventDefault();
    const asked = this.#asked;
    const version = this.#known?.version;
    if (!asked || version === undefined || this.#isErasing) return;
    asked.isMismatch = asked.typed.trim().toLowerCase() !== asked.customer.email.trim().toLowerCase();
    this.#host.requestUpdate();
    if (asked.isMismatch) this.#element?.querySelector<HTMLElement>('input')?.focus();
    else {
      asked.failure = undefined;
      void this.#erasing.run([asked, version]);
    }
  }

  #type(typed: string): void {
    if (!this.#asked) return;
    this.#asked.typed = typed;
    this.#asked.isMismatch = false;
    this.#host.requestUpdate();
  }

  /** What would go, unless it is being looked up. */
  get #known(): ErasePreview | undefined {
    return this.#preview.status === TaskStatus.COMPLETE ? this.#preview.value : undefined;
  }

  get #isErasing(): boolean {
    return this.#erasing.status === TaskStatus.PENDING;
  }

  render(): TemplateResult | typeof nothing {
    const asked = this.#asked;
    if (!asked) return nothing;
    const { text, cancelLabel } = this.#view;
    return html`
      <dialog
        ${ref((element) => (this.#element = element as HTMLDialogElement | undefined))}
        class="privacy panel"
        aria-labelledby="erase-title"
        @keydown=${(event: Event) => event.stopPropagation()}
        @cancel=${(event: Event) => {
          event.preventDefault();
          event.stopPropagation();
          this.close();
        }}
      >
        <form novalidate @submit=${(event: Event) => this.#submit(event)}>
          <h2 id="erase-title">${text('eraseTitle', { customer: isolated(displayName(asked.customer)) })}</h2>
          ${this.#renderBody(asked)}
          <div class="privacy-actions">
            <button class="button" type="button" data-action="cancel" @click=${() => this.close()}>
              ${cancelLabel()}
            </button>
            ${
              this.#known
                ? html`<button
                    class="button danger"
                    data-action="erase"
                    aria-disabled=${this.#isErasing ? 'true' : 'false'}
                  >
                    ${text('eraseAction')}
                  </button>`
                : nothing
            }
          </div>
        </form>
      </dialog>
    `;
  }

  #renderBody(asked: Asked): unknown {
    const { text, retryLabel, errorText } = this.#view;
    return this.#preview.render({
      pending: () => html`<p class="privacy-note" role="status">${text('eraseLoading')}</p>`,
      error: (error) => html`
        <div class="privacy-failure" role="alert">
          <p>${text('eraseFailed', { reason: errorText(error) })}</p>
          <button
            class="button"
            type="button"
            data-action="retry"
            @click=${() => void this.#preview.run([asked])}
          >
            ${retryLabel()}
          </button>
        </div>
      `,
      complete: (preview) => [this.#renderPreview(preview), this.#renderField(asked)],
    });
  }

  #renderPreview(preview: ErasePreview): TemplateResult {
    const { text } = this.#view;
    return html`
      <h3>${text('eraseGoes')}</h3>
      <ul class="privacy-list goes">
        <li>${text('eraseRecord')}</li>
        ${goes(text, preview).map((line) => html`<li>${line}</li>`)}
      </ul>
      <h3>${text('eraseStays')}</h3>
      <ul class="privacy-list">
        ${preview.kept.orders ? html`<li>${text('eraseOrders', { count: preview.kept.orders })}</li>` : nothing}
        <li>${text('eraseHash')}</li>
        ${preview.has_account ? html`<li>${text('eraseAccount')}</li>` : nothing}
      </ul>
      <p class="privacy-final">${text('eraseFinal')}</p>
    `;
  }

  #renderField({ customer, typed, isMismatch, isStale, failure }: Asked): TemplateResult {
    const { text, errorText } = this.#view;
    const failed = failure === undefined ? undefined : text('eraseFailed', { reason: errorText(failure) });
    const message = isMismatch
      ? text('eraseMismatch')
      : (failed ?? (isStale ? text('eraseStale') : undefined));
    return html`
      <label class="privacy-field">
        <span>${text('eraseType', { email: isolated(customer.email) })}</span>
        <input
          class="field"
          dir="ltr"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          .value=${typed}
          aria-invalid=${isMismatch ? 'true' : 'false'}
          aria-describedby="erase-message"
          @input=${(event: InputEvent) => this.#type((event.target as HTMLInputElement).value)}
        />
      </label>
      <p id="erase-message" class="privacy-message" role="alert">${message ?? nothing}</p>
    `;
  }
}

function goes(text: PrivacyText, { removed }: ErasePreview): string[] {
  const lines = [
    ['eraseAddresses', removed.addresses],
    ['eraseNotes', removed.notes],
    ['eraseGroups', removed.groups],
    ['eraseChanges', removed.changes],
    ['eraseMerged', removed.merged],
    ['eraseOther', removed.other],
    ['eraseReceipts', removed.receipts],
  ] as const;
  return lines.filter(([, count]) => count > 0).map(([key, count]) => text(key, { count }));
}
