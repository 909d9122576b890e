import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { icons } from '../../parts/icons.ts';

export interface ImportDialogOptions {
  title: () => string;
  closeLabel: () => string;
  /** What the view itself was given; absent, the import finds its own as the view did. */
  adapter: () => CustomerAdapter | undefined;
  locale: () => string | undefined;
  /** The list is to show what an import touched, unless the host prevents it. */
  show: (operationId: string) => void;
}

/** The import over the list. One that was begun goes on, or waits with its file, while the dialog is closed. */
export class ImportDialog {
  readonly #host: ReactiveControllerHost;
  readonly #options: ImportDialogOptions;
  readonly #dialog = createRef<HTMLDialogElement>();
  #state: 'closed' | 'open' | 'in background' = 'closed';

  constructor(host: ReactiveControllerHost, options: ImportDialogOptions) {
    this.#host = host;
    this.#options = options;
  }

  get isInBackground(): boolean {
    return this.#state === 'in background';
  }

  async open(): Promise<void> {
    this.#become('open');
    await this.#host.updateComplete;
    if (this.#dialog.value?.open === false) this.#dialog.value.showModal();
  }

  render(): TemplateResult | typeof nothing {
    if (this.#state === 'closed') return nothing;
    const { title, closeLabel, adapter, locale } = this.#options;
    return html`<dialog
      ${ref(this.#dialog)}
      class="panel import-dialog"
      aria-labelledby="import-title"
      @close=${() => this.#onClosed()}
    >
      <div class="dialog-head">
        <h2 id="import-title">${title()}</h2>
        <button
          class="button quiet icon"
          type="button"
          aria-label=${closeLabel()}
          @click=${() => this.#dialog.value?.close()}
        >
          ${icons.cross}
        </button>
      </div>
      <div class="dialog-body">
        <customer-import
          .adapter=${adapter()}
          .locale=${locale()}
          @import-show=${(event: CustomEvent<{ operationId: string }>) => this.#onShow(event)}
        ></customer-import>
      </div>
    </dialog>`;
  }

  #onClosed(): void {
    const element = this.#dialog.value?.querySelector('customer-import');
    // A stray Escape loses neither an import that is running nor what was said about a file.
    this.#become(element?.running || element?.hasFile ? 'in background' : 'closed');
  }

  // Whether the host prevents it is known once all have heard.
  #onShow(event: CustomEvent<{ operationId: string }>): void {
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      this.#dialog.value?.close();
      this.#options.show(event.detail.operationId);
    });
  }

  #become(state: 'closed' | 'open' | 'in background'): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
