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

type NoticeHost = ReactiveControllerHost & HTMLElement;

export interface NoticeContent {
  /** What was done, or what is under way, in a sentence. Announced when it comes, and when it is another one. */
  message: string;
  /** A second line, read by whoever looks: how far long work is. */
  detail?: string;
  /** Of long work: a bar. While it is there the notice stays. */
  progress?: { done: number; total: number };
  /** Other things to do about it. */
  actions?: readonly NoticeAction[];
  /** Takes it back. Offered for as long as the notice stands. */
  undo?: () => void;
  /** It did not work: stays until somebody closes it. */
  isError?: boolean;
  /** Where the focus goes from here, if what had it before is gone. */
  returnTo?: () => HTMLElement | null | undefined;
}

export interface NoticeAction {
  /** Tells one from another. */
  name: string;
  label: string;
  run: () => void;
  isDisabled?: boolean;
}

export interface NoticeTexts {
  undo: string;
  close: string;
}

/** How long a notice can be read, and how long it can be answered. */
const readTime = 6_000;
const answerTime = 20_000;

/**
 * Says what was done, politely, and offers to take it back. One at a time: the newest is the one to undo. It waits
 * while the pointer or the focus is on it and while nobody looks at the page; Escape closes it. Long work stands there
 * as long as it lasts, and makes room for what is shown meanwhile.
 */
export class Notice implements ReactiveController {
  readonly #host: NoticeHost;
  readonly #texts: () => NoticeTexts;
  #shown: NoticeContent | undefined;
  readonly #standing = new Map<string, NoticeContent>();
  #element: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #takesFocus = false;
  #hadFocus = false;
  #isHovered = false;

  constructor(host: NoticeHost, texts: () => NoticeTexts) {
    this.#host = host;
    this.#texts = texts;
    host.addController(this);
  }

  get current(): NoticeContent | undefined {
    return this.#content;
  }

  get #content(): NoticeContent | undefined {
    return this.#shown ?? [...this.#standing.values()].at(-1);
  }

  /** Replaces the one that is shown. */
  show(content: NoticeContent): void {
    this.#shown = content;
    this.#wait();
    this.#host.requestUpdate();
  }

  /**
   * Long work: stands until it is called without content; what is shown meanwhile comes before it. What begins, or
   * takes a person, comes before what was shown.
   */
  stand(about: string, content: NoticeContent | undefined): void {
    const before = this.#standing.get(about);
    if (content) this.#standing.set(about, content);
    else this.#standing.delete(about);
    if (content && (!before || (content.isError && !before.isError))) this.#shown = undefined;
    this.#host.requestUpdate();
  }

  /** Like `show`, for an action whose button has gone with what it was of: the focus goes to Undo. */
  showAndFocus(content: NoticeContent): void {
    this.#takesFocus = true;
    this.show(content);
  }

  close(): void {
    const returnTo = this.#hasFocus ? this.#content?.returnTo?.() : undefined;
    this.#stop();
    this.#shown = undefined;
    this.#isHovered = false;
    this.#host.requestUpdate();
    returnTo?.focus();
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#wait);
    this.#wait();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#wait);
    this.#stop();
  }

  hostUpdate(): void {
    if (this.#hasFocus) this.#hadFocus = true;
  }

  hostUpdated(): void {
    const isLost = this.#hadFocus && !this.#host.shadowRoot?.activeElement;
    this.#hadFocus = false;
    const content = this.#content;
    if (!content || !(this.#takesFocus || isLost)) return;
    this.#takesFocus = false;
    const find = (selector: string) => this.#element?.querySelector<HTMLElement>(selector);
    // What had it may have been one of the buttons of the notice before.
    const first = isLost ? find('button') : undefined;
    (find('.notice-undo') ?? first ?? content.returnTo?.())?.focus();
  }

  render(): TemplateResult {
    const content = this.#content;
    return html`
      <div class="notice-place">
        <div
          ${ref((element) => (this.#element = element as HTMLElement | undefined))}
          class="notice ${content ? 'shown' : ''} ${content?.isError ? 'failed' : ''}"
          @pointerenter=${() => this.#hover(true)}
          @pointerleave=${() => this.#hover(false)}
          @focusin=${this.#wait}
          @focusout=${this.#wait}
          @keydown=${this.#onKeydown}
        >
          ${content?.isError ? icons.warning : nothing}
          <div class="notice-text">
            <span class="notice-message" role="status">${content?.message ?? nothing}</span>
            ${content?.detail ? html`<span class="notice-detail">${content.detail}</span>` : nothing}
            ${
              content?.progress
                ? html`<progress
                    aria-label=${content.message}
                    max=${Math.max(1, content.progress.total)}
                    .value=${content.progress.done}
                  ></progress>`
                : nothing
            }
          </div>
          ${content ? this.#renderButtons(content) : nothing}
        </div>
      </div>
    `;
  }

  #renderButtons(content: NoticeContent): TemplateResult {
    const { undo, actions = [] } = content;
    const texts = this.#texts();
    return html`
      ${actions.map(
        ({ name, label, run, isDisabled }) =>
          html`<button
            class="button notice-action"
            type="button"
            data-action=${name}
            aria-disabled=${isDisabled ? 'true' : nothing}
            @click=${() => !isDisabled && run()}
          >
            ${label}
          </button>`,
      )}
      ${
        undo
          ? html`<button
              class="button notice-action notice-undo"
              type="button"
              @click=${() => this.#undo(undo)}
            >
              ${texts.undo}
            </button>`
          : nothing
      }
      ${
        !this.#shown
          ? nothing
          : html`<button
              class="button quiet icon notice-close"
              type="button"
              aria-label=${texts.close}
              title=${texts.close}
              @click=${() => this.close()}
            >
              ${icons.cross}
            </button>`
      }
    `;
  }

  #undo(undo: () => void): void {
    this.close();
    undo();
  }

  #hover(isHovered: boolean): void {
    this.#isHovered = isHovered;
    this.#wait();
  }

  get #hasFocus(): boolean {
    return this.#element?.contains(this.#host.shadowRoot?.activeElement ?? null) ?? false;
  }

  /** Begins the time anew, unless there is a reason to stay. */
  readonly #wait = (event?: Event): void => {
    this.#stop();
    const content = this.#shown;
    const isEntered = event?.type === 'focusin' || (event?.type !== 'focusout' && this.#hasFocus);
    const stays = isEntered || this.#isHovered || document.visibilityState === 'hidden';
    if (!content || content.progress || content.isError || stays) return;
    const canBeAnswered = content.undo ?? content.actions?.length;
    this.#timer = setTimeout(() => this.close(), canBeAnswered ? answerTime : readTime);
  };

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#shown) return;
    event.preventDefault();
    this.close();
  };
}

/** Where it stands is its element's to say, by `.notice-place`. */
export const noticeStyles = css`
  .notice-place {
    display: flex;
    align-items: flex-end;
    justify-content: center;
    pointer-events: none;
  }
  .notice.shown {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0 12px;
    max-width: min(480px, 100%);
    min-height: 44px;
    padding-block: 5px;
    padding-inline: 16px 6px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-card);
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    font-size: 13px;
    pointer-events: auto;
    animation: notice-come 150ms ease-out;
  }
  @keyframes notice-come {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .notice-text {
    display: grid;
    flex: 1 1 160px;
    gap: 2px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .notice-detail {
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .notice > svg {
    flex: none;
    color: var(--_danger);
  }
  .notice progress {
    appearance: none;
    width: 100%;
    height: 4px;
    margin-block: 4px 2px;
    overflow: hidden;
    border: 0;
    border-radius: 2px;
    background: var(--_pressed);
  }
  .notice progress::-webkit-progress-bar {
    background: var(--_pressed);
  }
  .notice progress::-webkit-progress-value {
    border-radius: 2px;
    background: var(--_accent);
    transition: inline-size var(--_ease);
  }
  .notice progress::-moz-progress-bar {
    border-radius: 2px;
    background: var(--_accent);
  }
  .notice:has(progress) {
    min-inline-size: min(380px, 100%);
    padding-block: 9px 7px;
  }
  .notice .notice-action {
    flex: none;
    padding-inline: 8px;
    border-color: transparent;
    background: transparent;
    color: var(--_accent);
  }
  .notice .notice-action:hover {
    background: var(--_pressed);
  }
  .notice .notice-action[aria-disabled='true'] {
    background: transparent;
    color: var(--_muted);
    cursor: default;
  }
  .notice .notice-action + .notice-action {
    margin-inline-start: -8px;
  }
  @media (max-width: 560px) {
    .notice:has(.notice-action + .notice-action) .notice-text {
      flex-basis: 100%;
      padding-block-start: 6px;
    }
    .notice.failed:has(.notice-action + .notice-action) .notice-text {
      flex-basis: calc(100% - 32px);
    }
  }
  @media (forced-colors: active) {
    .notice progress {
      border: 1px solid CanvasText;
    }
    .notice progress::-webkit-progress-value {
      background: Highlight;
    }
  }
  .notice .notice-close {
    flex: none;
    color: var(--_muted);
  }
`;
