import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loadMessages, loadedMessages, type Messages, type OwnTexts } from '../locales/messages.ts';

type LocaleHost = ReactiveControllerHost & HTMLElement;

const hosts = new Set<LocaleController>();
let observer: MutationObserver | undefined;

// One observer for the page: a language switch usually happens on <html>, outside every element of ours.
function observePage(): void {
  observer ??= new MutationObserver(() => hosts.forEach((controller) => controller.refresh()));
  observer.observe(document.documentElement, {
    attributes: true,
    subtree: true,
    attributeFilter: ['lang', 'dir'],
  });
}

/** The language, direction and texts of an element: an explicit locale, else the nearest `lang`, also across shadow roots. */
export class LocaleController implements ReactiveController {
  locale = 'en';
  direction: 'ltr' | 'rtl' = 'ltr';
  messages: Messages;
  readonly #host: LocaleHost;
  #english: Messages;
  readonly #explicit: () => string | undefined;

  constructor(host: LocaleHost, english: OwnTexts, explicit: () => string | undefined) {
    this.#host = host;
    // An element draws with no section but those that it names as its own.
    this.#english = english as Messages;
    this.messages = this.#english;
    this.#explicit = explicit;
    host.addController(this);
  }

  /** English texts of a piece that is fetched later. */
  add(english: OwnTexts): void {
    const before = this.#english;
    this.#english = { ...before, ...english };
    if (this.messages === before) this.messages = this.#english;
    this.refresh();
  }

  hostConnected(): void {
    hosts.add(this);
    observePage();
    this.refresh();
  }

  hostDisconnected(): void {
    hosts.delete(this);
    if (hosts.size > 0) return;
    observer?.disconnect();
  }

  /** Reads the language again; call it after an explicit locale changed. */
  refresh(): void {
    const locale = validLocale(
      this.#explicit() ?? nearestAttribute(this.#host, 'lang') ?? navigator.language,
    );
    const direction = nearestAttribute(this.#host, 'dir') === 'rtl' || isRightToLeft(locale) ? 'rtl' : 'ltr';
    const here = loadedMessages(locale, this.#english);
    if (locale === this.locale && direction === this.direction && here === this.messages) return;
    this.locale = locale;
    this.direction = direction;
    if (here) this.messages = here;
    else void this.#load(locale);
    this.#host.requestUpdate();
  }

  async #load(locale: string): Promise<void> {
    const messages = await loadMessages(locale, this.#english);
    if (locale !== this.locale) return;
    this.messages = messages;
    this.#host.requestUpdate();
  }
}

function nearestAttribute(element: Element, name: string): string | undefined {
  for (let node: Element | null = element; node;) {
    const value: string | null = node.closest(`[${name}]`)?.getAttribute(name) ?? null;
    if (value) return value;
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return undefined;
}

function validLocale(locale: string): string {
  try {
    return new Intl.Locale(locale).toString();
  } catch {
    return 'en';
  }
}

function isRightToLeft(locale: string): boolean {
  return /^(ar|fa|he|ur|ps|yi|dv|ckb)\b/i.test(locale);
}
