import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { icons } from './icons.ts';

export interface ModalDialogOptions {
  /** Its class, and the beginning of its heading's `id`: `deleted` has `#deleted-title`. */
  name: string;
  isOpen: () => boolean;
  /** Escape, the button, the back gesture, and the host leaving the page: it is open no more. */
  close: () => void;
}

/** A dialog over the whole page with a heading, a button that closes it, and a body of its owner's. */
export class ModalDialog implements ReactiveController {
  readonly #options: ModalDialogOptions;
  #element: HTMLDialogElement | undefined;

  constructor(host: ReactiveControllerHost, options: ModalDialogOptions) {
    this.#options = options;
    host.addController(this);
  }

  get element(): HTMLDialogElement | undefined {
    return this.#element;
  }

  /** The focus goes back to where it was before it opened. */
  hide(): void {
    this.#element?.close();
  }

  hostUpdated(): void {
    const element = this.#element;
    if (this.#options.isOpen() && element?.isConnected && !element.open) element.showModal();
  }

  hostDisconnected(): void {
    if (this.#options.isOpen()) this.#options.close();
  }

  render({ title, closeLabel, body }: { title: string; closeLabel: string; body: unknown }): TemplateResult {
    const { name, close } = this.#options;
    return html`
      <dialog
        ${ref((element) => (this.#element = element as HTMLDialogElement | undefined))}
        class="panel ${name}"
        aria-labelledby="${name}-title"
        @keydown=${(event: Event) => event.stopPropagation()}
        @cancel=${(event: Event) => {
          event.preventDefault();
          close();
        }}
      >
        <div class="dialog-head">
          <h2 id="${name}-title">${title}</h2>
          <button
            class="button quiet icon"
            type="button"
            data-action="close"
            aria-label=${closeLabel}
            @click=${close}
          >
            ${icons.cross}
          </button>
        </div>
        <div class="dialog-body">${body}</div>
      </dialog>
    `;
  }
}
