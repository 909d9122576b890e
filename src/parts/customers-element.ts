import { ContextConsumer, ContextRoot } from '@lit/context';
import { LitElement, type PropertyDeclarations } from 'lit';
import type { CustomerAdapter } from '../adapter/adapter.ts';
import { currentConfiguration, onConfigure } from '../adapter/configure.ts';
import { customersContext, type CustomersContext } from '../adapter/context.ts';
import { isAdapterError, type AdapterErrorCode } from '../adapter/errors.ts';
import { shared } from '../locales/en/shared.ts';
import type { Messages, MessagesOf, OwnTexts, Section } from '../locales/messages.ts';
import { translate, type TextValues } from '../locales/translate.ts';
import { LocaleController } from './locale-controller.ts';

/**
 * What every element of ours shares: where its adapter comes from, its language, its events and its definition.
 *
 * The adapter is the element's own `adapter`, else the nearest provider's, else that of `configure()`; it may be
 * set before or after the element is on the page.
 */
export class CustomersElement extends LitElement {
  /** The English texts of every section that the element draws with; see {@link OwnTexts}. */
  protected static readonly texts: OwnTexts = { shared };

  static override properties: PropertyDeclarations = {
    adapter: { attribute: false },
    locale: { type: String },
  };

  declare adapter: CustomerAdapter | undefined;
  declare locale: string | undefined;

  /** Registers the class; a second definition of the same tag warns and keeps the first. */
  static define(tag: string, registry: CustomElementRegistry = customElements): void {
    if (!registry.get(tag)) registry.define(tag, this);
    else if (registry.get(tag) !== this) {
      console.warn(
        `customer-elements: <${tag}> is defined already; two copies of the package are on this page.`,
      );
    }
  }

  protected readonly language = new LocaleController(
    this,
    (this.constructor as typeof CustomersElement).texts,
    () => this.locale ?? this.provided?.locale,
  );
  readonly #provider = new ContextConsumer(this, {
    context: customersContext,
    subscribe: true,
    callback: () => this.#onEnvironment(),
  });
  #stopConfigure: (() => void) | undefined;

  override connectedCallback(): void {
    keepUnansweredRequests();
    super.connectedCallback();
    this.#stopConfigure = onConfigure(() => this.#onEnvironment());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopConfigure?.();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('locale')) this.language.refresh();
  }

  /** What the nearest provider gives, else the page's configuration. */
  protected get provided(): CustomersContext | undefined {
    const configured = currentConfiguration();
    return (
      this.#provider?.value ??
      (configured.adapter || configured.locale
        ? { adapter: configured.adapter, locale: configured.locale, role: undefined }
        : undefined)
    );
  }

  /** The adapter in force. */
  protected get source(): CustomerAdapter | undefined {
    return this.adapter ?? this.provided?.adapter;
  }

  /** A text of one section in the element's language. */
  protected text<S extends Section>(
    section: S,
    key: keyof MessagesOf<Messages[S]> & string,
    values?: TextValues,
  ): string {
    return translate(this.language.locale, this.language.messages[section][key], values);
  }

  /** What a failed request means, in plain words. */
  protected errorText(error: unknown): string {
    if (!isAdapterError(error)) return this.text('shared', 'errorUnknown');
    return this.text('shared', errorKeys[error.code]);
  }

  /** Fires an event that bubbles and crosses shadow roots; answers false where the host prevented it. */
  protected emit(name: string, detail?: unknown, options: { cancelable?: boolean } = {}): boolean {
    return this.dispatchEvent(
      new CustomEvent(name, {
        detail,
        bubbles: true,
        composed: true,
        cancelable: options.cancelable ?? false,
      }),
    );
  }

  #onEnvironment(): void {
    this.language.refresh();
    this.requestUpdate();
  }
}

let requests: ContextRoot | undefined;

// A provider may be defined or inserted after the elements inside it; their requests wait here until then.
function keepUnansweredRequests(): void {
  if (requests) return;
  requests = new ContextRoot();
  requests.attach(document.documentElement);
}

const errorKeys = {
  unauthenticated: 'errorUnauthenticated',
  forbidden: 'errorForbidden',
  not_found: 'errorNotFound',
  conflict: 'errorConflict',
  invalid: 'errorInvalid',
  rate_limited: 'errorRateLimited',
  unavailable: 'errorUnavailable',
  unsupported: 'errorUnsupported',
  aborted: 'errorUnknown',
} as const satisfies Record<AdapterErrorCode, string>;
