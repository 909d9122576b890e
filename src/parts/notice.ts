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
  /** What was done, or what is under way, in a sentence. */
  message: string;
  /** Of long work: a bar. While it is there the notice stays. */
  progress?: { done: number; total: number };
  /** Takes it back. Offered for as long as the notice stands. */
  undo?: () => void;
  /** It did not work: stays until somebody closes it. */
  isError?: boolean;
  /** Where the focus goes from here, if what had it before is gone. */
  returnTo?: () => HTMLElement | null | undefined;
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
 * while the pointer or the focus is on it and while nobody looks at the page; Escape closes it.
 */
export class Notice implements ReactiveController {
  readonly #host: NoticeHost;
  readonly #texts: () => NoticeTexts;
  #content: NoticeContent | undefined;
  #element: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #takesFocus = false;
  #isHovered = false;

  constructor(host: NoticeHost, texts: () => NoticeTexts) {
    this.#host = host;
    this.#texts = texts;
    host.addController(this);
  }

  get current(): NoticeContent | undefined {
    return this.#content;
  }

  /** Replaces the one that stands there. */
  show(content: NoticeContent): void {
    this.#content = content;
    this.#wait();
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
    this.#content = undefined;
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

  hostUpdated(): void {
    if (!this.#takesFocus || !this.#content) return;
    this.#takesFocus = false;
    (this.#element?.querySelector<HTMLElement>('.notice-undo') ?? this.#content.returnTo?.())?.focus();
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
          <span class="notice-message" role="status">${content?.message ?? nothing}</span>
          ${content ? this.#renderRest(content) : nothing}
        </div>
      </div>
    `;
  }

  #renderRest({ progress, undo }: NoticeContent): TemplateResult {
    const texts = this.#texts();
    return html`
      ${progress ? html`<progress max=${progress.total} .value=${progress.done}></progress>` : nothing}
      ${
        undo
          ? html`<button class="button notice-undo" type="button" @click=${() => this.#undo(undo)}>
              ${texts.undo}
            </button>`
          : nothing
      }
      ${
        progress
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
    const content = this.#content;
    const isEntered = event?.type === 'focusin' || (event?.type !== 'focusout' && this.#hasFocus);
    const stays = isEntered || this.#isHovered || document.visibilityState === 'hidden';
    if (!content || content.progress || content.isError || stays) return;
    this.#timer = setTimeout(() => this.close(), content.undo ? answerTime : readTime);
  };

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#content?.progress) return;
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
    align-items: center;
    gap: 12px;
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
  .notice-message {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .notice > svg {
    flex: none;
    color: var(--_danger);
  }
  .notice progress {
    width: 96px;
    accent-color: var(--_accent);
  }
  .notice .notice-undo {
    flex: none;
    border-color: transparent;
    background: transparent;
    color: var(--_accent);
  }
  .notice .notice-undo:hover {
    background: var(--_pressed);
  }
  .notice .notice-close {
    flex: none;
    color: var(--_muted);
  }
`;
