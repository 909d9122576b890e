import type { ReactiveController, ReactiveControllerHost } from 'lit';

export const presentations = ['panel', 'dialog', 'inline'] as const;
export type Presentation = (typeof presentations)[number];

type SurfaceHost = ReactiveControllerHost & HTMLElement;

/**
 * What the detail stands on, unless it is inline: one `<dialog>` in the top layer, so that no ancestor's transform or
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

  /** For `ref()` on the dialog. */
  readonly attach = (element: Element | undefined): void => {
    this.#element = element as HTMLDialogElement | undefined;
  };

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
