import { css, html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

export const presentations = ['panel', 'dialog', 'inline'] as const;
export type Presentation = (typeof presentations)[number];

type SurfaceHost = ReactiveControllerHost & HTMLElement;

/**
 * What an element stands on, unless it is inline: one `<dialog>` in the top layer, so that no ancestor's transform or
 * overflow cuts it. Beside a list it is a manual popover, which leaves the page usable; as a dialog, and wherever it
 * fills a phone's screen, it is modal. Focus goes in when it opens and back to where it was when it closes.
 */
export class Surface implements ReactiveController {
  readonly #host: SurfaceHost;
  readonly #presentation: () => Presentation;
  readonly #phone = globalThis.matchMedia?.('(max-width: 640px)');
  #element: HTMLDialogElement | undefined;
  #returnTo: HTMLElement | undefined;
  #hadFocus = false;

  constructor(host: SurfaceHost, presentation: () => Presentation) {
    this.#host = host;
    this.#presentation = presentation;
    host.addController(this);
  }

  get isModal(): boolean {
    return this.#presentation() === 'dialog' || this.#phone?.matches === true;
  }

  /** What stands on it is named by its `#title`. `cancel`: the back gesture of a phone, and whatever else closes a modal; Escape came as a key before. */
  render(content: unknown, direction: string, cancel: () => void): TemplateResult {
    const presentation = this.#presentation();
    if (presentation === 'inline') {
      return html`<section class="surface as-inline" part="surface" aria-labelledby="title">
        ${content}
      </section>`;
    }
    return html`<dialog
      class="surface as-${presentation}"
      part="surface"
      dir=${direction}
      tabindex="-1"
      aria-labelledby="title"
      ${ref((element) => (this.#element = element as HTMLDialogElement | undefined))}
      @cancel=${(event: Event) => {
        // Not that of a field or a dialog inside.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        cancel();
      }}
    >
      ${content}
    </dialog>`;
  }

  /** Where the focus was outside is where it goes back to. */
  focus(): void {
    this.#remember();
    this.#element?.focus({ preventScroll: true });
  }

  hostConnected(): void {
    this.#phone?.addEventListener('change', this.#reopen);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#phone?.removeEventListener('change', this.#reopen);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#host.shadowRoot?.activeElement != null;
  }

  hostUpdated(): void {
    const element = this.#element;
    if (!element) this.#leave();
    else if (!element.matches(':popover-open, :modal')) this.#open(element);
  }

  #open(element: HTMLDialogElement): void {
    if (!element.isConnected) return;
    this.#remember();
    // A modal that was taken off the page keeps the attribute, not the place in the top layer.
    element.removeAttribute('open');
    if (this.isModal) {
      element.removeAttribute('popover');
      element.showModal();
    } else {
      element.setAttribute('popover', 'manual');
      element.showPopover();
    }
    this.focus();
  }

  #remember(): void {
    if (!this.#host.shadowRoot?.activeElement) this.#returnTo = focusedElement() ?? this.#returnTo;
  }

  #leave(): void {
    const returnTo = this.#returnTo;
    this.#returnTo = undefined;
    if (this.#hadFocus && returnTo?.isConnected) returnTo.focus({ preventScroll: true });
  }

  readonly #reopen = (): void => {
    const element = this.#element;
    if (element?.matches(':popover-open')) element.hidePopover();
    else if (element?.matches(':modal')) element.close();
    if (element) this.#open(element);
  };
}

function focusedElement(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement && active !== document.body ? active : undefined;
}

export const surfaceStyles = css`
  .surface {
    color: var(--_text);
    font-size: var(--_font-size);
  }
  dialog.surface {
    position: fixed;
    padding: 0;
    overflow: hidden;
    border: 0;
    --_ground: var(--_raised);
    background: var(--_ground);
    box-shadow: var(--_shadow);
  }
  dialog.surface:focus {
    outline: none;
  }
  dialog.as-panel {
    inset-block: 0;
    inset-inline: auto 0;
    inline-size: min(var(--_panel-width, 600px), 100vw);
    max-inline-size: none;
    block-size: 100dvh;
    max-block-size: none;
    margin: 0;
    border-inline-start: 1px solid var(--_border);
  }
  dialog.as-panel:popover-open {
    display: block;
    animation: from-the-side 160ms ease-out;
  }
  dialog.as-panel:dir(rtl) {
    --_side: -24px;
  }
  @keyframes from-the-side {
    from {
      opacity: 0;
      transform: translateX(var(--_side, 24px));
    }
  }
  dialog.as-dialog {
    inline-size: min(var(--_dialog-width, 680px), calc(100vw - 32px));
    block-size: var(--_dialog-height, min(820px, calc(100dvh - 48px)));
    max-block-size: calc(100dvh - 48px);
    margin: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
  }
  dialog.as-dialog[open] {
    animation: rise 160ms ease-out;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  dialog.surface::backdrop {
    background: rgb(10 12 18 / 45%);
  }
  dialog.as-panel::backdrop {
    background: none;
  }
  @media (max-width: 640px) {
    dialog.surface {
      inset: 0;
      inline-size: 100vw;
      max-inline-size: none;
      block-size: 100dvh;
      max-block-size: none;
      border: 0;
      border-radius: 0;
    }
  }
`;
