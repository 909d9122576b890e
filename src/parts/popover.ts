import {
  css,
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ref } from 'lit/directives/ref.js';
import { icons } from './icons.ts';
import { placePanel } from './place-panel.ts';

type PopoverHost = ReactiveControllerHost & HTMLElement;

export interface PopoverContent {
  /** Tells one use from another, for `aria-expanded`. */
  name: string;
  anchor: HTMLElement;
  label: string;
  /** A menu takes arrow keys and letters; a dialog holds fields. */
  role: 'menu' | 'dialog';
  align?: 'start' | 'end';
  render: () => unknown;
  onClose?: () => void;
}

/**
 * One native popover for all the menus and editors of an element: in the top layer, so that no ancestor's
 * transform or overflow cuts it, dismissed by Escape or a click elsewhere. On a phone it is a sheet at the bottom.
 */
export class Popover implements ReactiveController {
  readonly #host: PopoverHost;
  readonly #closeLabel: () => string;
  #panel: HTMLElement | undefined;
  #content: PopoverContent | undefined;
  #opening = false;
  #hadFocus = false;
  // Taken when it opens, so that the panel stays put while what one does in it moves the anchor.
  #anchorBox = new DOMRect();
  #dismissedByPress: string | undefined;

  constructor(host: PopoverHost, closeLabel: () => string) {
    this.#host = host;
    this.#closeLabel = closeLabel;
    host.addController(this);
  }

  /** The name of what is open. */
  get current(): string | undefined {
    return this.#content?.name;
  }

  /** Opens, or closes where the same thing is open already. */
  toggle(content: PopoverContent): void {
    const again = this.current === content.name || this.#dismissedByPress === content.name;
    this.#dismissedByPress = undefined;
    if (again) this.close();
    else this.open(content);
  }

  open(content: PopoverContent): void {
    const previous = this.#content;
    if (previous && previous.name !== content.name) previous.onClose?.();
    this.#content = content;
    this.#opening = true;
    this.#host.requestUpdate();
  }

  /** Closes; focus goes back to the anchor if it was inside. */
  close(): void {
    if (this.#panel?.matches(':popover-open')) this.#panel.hidePopover();
    // Not by the event that follows: what is opened next must find the focus at the anchor.
    this.#closed();
  }

  hostConnected(): void {
    // Capture: the browser's own light dismiss, which follows, closes the panel before the anchor's click arrives.
    this.#host.addEventListener('pointerdown', this.#onPress, { capture: true });
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('pointerdown', this.#onPress, { capture: true });
    this.#closed();
  }

  hostUpdate(): void {
    this.#hadFocus = this.#hasFocus;
  }

  hostUpdated(): void {
    if (!this.#content || !this.#panel) return;
    if (!this.#opening) {
      this.#place();
      // The item that was pressed may have gone: "Show more" after the last page.
      if (this.#hadFocus && !this.#hasFocus) (this.#items().at(-1) ?? this.#panel).focus();
      return;
    }
    this.#anchorBox = this.#content.anchor.getBoundingClientRect();
    if (!this.#panel.matches(':popover-open')) this.#panel.showPopover();
    this.#opening = false;
    this.#place();
    this.#focusFirst();
    window.addEventListener('scroll', this.#follow, { capture: true, passive: true });
    window.addEventListener('resize', this.#follow);
  }

  render(): TemplateResult {
    const content = this.#content;
    return html`
      <div
        ${ref((element) => (this.#panel = element as HTMLElement | undefined))}
        class="popover panel"
        part="popover"
        popover="auto"
        tabindex="-1"
        @toggle=${this.#onToggle}
        @keydown=${this.#onKeydown}
        @focusout=${this.#onFocusout}
      >
        ${
          content
            ? html`
                <div class="sheet-head">
                  <span aria-hidden="true">${content.label}</span>
                  <button
                    class="button quiet icon"
                    type="button"
                    aria-label=${this.#closeLabel()}
                    @click=${() => this.close()}
                  >
                    ${icons.cross}
                  </button>
                </div>
                <div role=${content.role} aria-label=${content.label}>${content.render()}</div>
              `
            : nothing
        }
      </div>
    `;
  }

  readonly #onPress = (event: Event): void => {
    const anchor = this.#content?.anchor;
    this.#dismissedByPress =
      anchor && event.composedPath().includes(anchor) ? this.#content?.name : undefined;
  };

  readonly #onToggle = (event: Event): void => {
    if ((event as ToggleEvent).newState === 'closed') this.#closed();
  };

  readonly #onFocusout = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to instanceof Node && !this.#panel?.contains(to) && !this.#opening) this.close();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const items = this.#items();
    const from = items.indexOf(event.target as HTMLElement);
    const inField = event.target instanceof HTMLInputElement && /^(text|search)$/.test(event.target.type);
    const steps: Record<string, number> = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: -1 };
    let to = steps[event.key];
    if (event.key === 'ArrowUp' && from < 0) to = -1;
    if (event.key === 'Tab' && this.#content?.role === 'menu') {
      event.preventDefault();
      this.close();
    } else if (to !== undefined && !(inField && (event.key === 'Home' || event.key === 'End'))) {
      if (!items.length) return;
      event.preventDefault();
      items.at(to % items.length)?.focus();
    } else if (this.#content?.role === 'menu' && event.key.length === 1 && /\S/.test(event.key)) {
      const letter = event.key.toLocaleLowerCase();
      const rotated = [...items.slice(from + 1), ...items.slice(0, from + 1)];
      rotated.find((item) => item.textContent.trim().toLocaleLowerCase().startsWith(letter))?.focus();
    }
  };

  #closed(): void {
    window.removeEventListener('scroll', this.#follow, { capture: true });
    window.removeEventListener('resize', this.#follow);
    const closed = this.#content;
    if (!closed || this.#opening) return;
    this.#content = undefined;
    // Chromium leaves the focus inside the hidden panel where what was focused first has been drawn anew since.
    if (this.#hasFocus) closed.anchor.focus();
    closed.onClose?.();
    this.#host.requestUpdate();
  }

  get #hasFocus(): boolean {
    return this.#panel?.contains(this.#host.shadowRoot?.activeElement ?? null) ?? false;
  }

  #items(): HTMLElement[] {
    return [...(this.#panel?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
  }

  #focusFirst(): void {
    const first = this.#panel?.querySelector<HTMLElement>('[data-item]');
    (first ?? this.#panel)?.focus({ preventScroll: true });
  }

  readonly #follow = (event: Event): void => {
    if (!this.#content || (event.target instanceof Node && this.#panel?.contains(event.target))) return;
    this.#anchorBox = this.#content.anchor.getBoundingClientRect();
    this.#place();
  };

  #place(): void {
    const content = this.#content;
    const panel = this.#panel;
    if (!content || !panel) return;
    const sheet = window.innerWidth < 640;
    panel.classList.toggle('sheet', sheet);
    if (sheet) {
      panel.removeAttribute('style');
      return;
    }
    placePanel(panel, this.#anchorBox, { align: content.align });
  }
}

export const popoverStyles = css`
  .popover {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px;
    min-width: 200px;
    max-width: min(360px, calc(100vw - 16px));
    overflow-y: auto;
    overscroll-behavior: contain;
    font-size: 13px;
  }
  .popover:focus-visible {
    outline: none;
  }
  .popover:popover-open {
    animation: popover-open 120ms ease-out;
  }
  @keyframes popover-open {
    from {
      opacity: 0;
      transform: translateY(-4px);
    }
  }
  .popover.sheet {
    inset: auto 0 0 0;
    width: 100%;
    max-width: none;
    max-height: 80dvh;
    padding: 8px 8px calc(8px + env(safe-area-inset-bottom));
    border-width: 1px 0 0;
    border-radius: 12px 12px 0 0;
  }
  .popover.sheet::backdrop {
    background: rgb(0 0 0 / 32%);
  }
  .popover.sheet:popover-open {
    animation-name: sheet-open;
    animation-duration: 160ms;
  }
  @keyframes sheet-open {
    from {
      transform: translateY(24px);
      opacity: 0;
    }
  }
  .sheet-head {
    display: none;
    align-items: center;
    justify-content: space-between;
    padding-inline-start: 8px;
    font-size: 15px;
    font-weight: 600;
  }
  .sheet .sheet-head {
    display: flex;
  }
  .sheet [role] > .menu-heading:first-child {
    display: none;
  }
  .menu-heading {
    padding: 8px 8px 4px;
    color: var(--_muted);
    font-size: 12px;
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    min-height: 32px;
    padding: 4px 8px;
    border: 0;
    border-radius: calc(var(--_radius) - 2px);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .menu-item:hover,
  .menu-item:focus-visible {
    background: var(--_pressed);
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }
  .menu-item > svg {
    flex: none;
    color: var(--_muted);
  }
  .menu-item .grow {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .menu-item.danger {
    color: var(--_danger);
  }
  .menu-item.danger > svg {
    color: inherit;
  }
  .menu-divider {
    height: 1px;
    margin: 4px 0;
    background: var(--_border);
  }
  .popover.sheet .menu-item {
    min-height: 44px;
  }
  @media (pointer: coarse) {
    .menu-item {
      min-height: 44px;
    }
  }
`;
