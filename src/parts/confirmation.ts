import {
  css,
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ref } from 'lit/directives/ref.js';

export interface ConfirmationContent {
  /** What is asked: "Delete Ada Lovelace?" */
  title: string;
  /** What goes with it, and what stays. */
  text: unknown;
  /** What the button does: "Delete customer", never "OK". */
  action: string;
  /** Something goes. */
  isDanger?: boolean;
}

/** Asks before something goes: a modal dialog that names it, the safe choice first in focus order. */
export class Confirmation implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #cancelLabel: () => string;
  #element: HTMLDialogElement | undefined;
  #content: ConfirmationContent | undefined;
  #answer: ((isConfirmed: boolean) => void) | undefined;

  constructor(host: ReactiveControllerHost, cancelLabel: () => string) {
    this.#host = host;
    this.#cancelLabel = cancelLabel;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#content !== undefined;
  }

  /** Resolves with what the person chose; Escape, and a question that follows, is no. */
  ask(content: ConfirmationContent): Promise<boolean> {
    this.#answer?.(false);
    this.#content = content;
    this.#host.requestUpdate();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  hostUpdated(): void {
    const element = this.#element;
    if (this.#content && element?.isConnected && !element.open) element.showModal();
  }

  hostDisconnected(): void {
    if (this.#content) this.#close(false);
  }

  render(): TemplateResult | typeof nothing {
    const content = this.#content;
    if (!content) return nothing;
    return html`
      <dialog
        ${ref((element) => (this.#element = element as HTMLDialogElement | undefined))}
        class="confirmation panel"
        role="alertdialog"
        aria-labelledby="confirmation-title"
        aria-describedby="confirmation-text"
        @keydown=${(event: Event) => event.stopPropagation()}
        @cancel=${(event: Event) => this.#onCancel(event)}
        @close=${() => this.#content && this.#close(false)}
      >
        <h2 id="confirmation-title">${content.title}</h2>
        <div id="confirmation-text">${content.text}</div>
        <div class="confirmation-actions">
          <button class="button" type="button" data-action="cancel" @click=${() => this.#close(false)}>
            ${this.#cancelLabel()}
          </button>
          <button
            class="button ${content.isDanger ? 'danger' : 'primary'}"
            type="button"
            data-action="confirm"
            @click=${() => this.#close(true)}
          >
            ${content.action}
          </button>
        </div>
      </dialog>
    `;
  }

  // The browser gives the focus back to where it was as the dialog closes: before what follows.
  #close(isConfirmed: boolean): void {
    const answer = this.#answer;
    this.#answer = undefined;
    this.#content = undefined;
    this.#element?.close();
    this.#host.requestUpdate();
    answer?.(isConfirmed);
  }

  // Escape, and the back gesture of a phone.
  #onCancel(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.#close(false);
  }
}

export const confirmationStyles = css`
  dialog.confirmation {
    width: min(440px, calc(100vw - 32px));
    margin: auto;
    padding: 20px;
  }
  dialog.confirmation[open] {
    animation: confirmation-come 150ms ease-out;
  }
  dialog.confirmation::backdrop {
    background: rgb(10 12 18 / 45%);
  }
  @keyframes confirmation-come {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .confirmation h2 {
    margin: 0 0 8px;
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  #confirmation-text {
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  #confirmation-text p {
    margin: 0 0 8px;
  }
  .confirmation-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 20px;
  }
`;
