import { ContextProvider } from '@lit/context';
import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { lowerRole } from '../../adapter/access.ts';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { currentConfiguration, type GetAccessToken } from '../../adapter/configure.ts';
import { customersContext, type CustomersContext } from '../../adapter/context.ts';
import { roles, type Role } from '../../model/access.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { adapterFromAttributes, adviceOn } from './supabase-shortcut.ts';

/** A script may bring what is missing a moment after the markup; only what stays wrong is worth a warning. */
const patience = 1000;

/**
 * Gives the elements inside it what they share: the adapter (and through it the site, its currency and the
 * person's permissions), the language, and a limit to what may be done. Draws nothing of its own.
 *
 * Apps set `adapter`. Plain pages set `supabase-url`, `supabase-key` and `site-id`, and say by `getAccessToken`
 * who is signed in. Providers may be nested: the inner one wins, its `max-role` only takes away.
 *
 * @tag customer-provider
 * @slot - The elements that it provides for, at any depth.
 */
export class CustomerProvider extends CustomersElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  static override properties: PropertyDeclarations = {
    supabaseUrl: { type: String, attribute: 'supabase-url' },
    supabaseKey: { type: String, attribute: 'supabase-key' },
    siteId: { type: String, attribute: 'site-id' },
    maxRole: { type: String, attribute: 'max-role' },
    getAccessToken: { attribute: false },
    shortcut: { state: true },
  };

  /** Address of a Supabase project, `https://<project>.supabase.co`. */
  declare supabaseUrl: string | undefined;
  /** The project's anon or publishable key. Never the service role's. */
  declare supabaseKey: string | undefined;
  /** The shop: `sites.id`, a uuid. Changing it changes the shop for every element inside. */
  declare siteId: string | undefined;
  /** The most that may be done inside, `viewer`, `editor` or `admin`; the backend's answer may be less. */
  declare maxRole: Role | undefined;
  /** Answers the JWT of the person who is signed in, for the attributes' adapter. Never an attribute itself. */
  declare getAccessToken: GetAccessToken | undefined;
  /** The adapter that the attributes describe, once it is loaded. */
  declare protected shortcut: CustomerAdapter | undefined;

  readonly #context = new ContextProvider(this, { context: customersContext, initialValue: nothingYet });
  /** What `shortcut` was made of, or is being made of. */
  #described = '';
  #patience: ReturnType<typeof setTimeout> | undefined;
  #warned = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#patience);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    this.#followAttributes();
    this.#provide();
  }

  /** Makes the attributes' adapter anew: call it when another person has signed in. */
  reconnect(): void {
    this.#described = '';
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #followAttributes(): void {
    clearTimeout(this.#patience);
    const { supabaseUrl: url, supabaseKey: key, siteId } = this;
    const isMeant = this.#isDescribed;
    const advice = isMeant ? adviceOn({ url, key, siteId, getAccessToken: this.#getAccessToken }) : [];
    if (advice.length > 0 && this.isConnected) {
      this.#patience = setTimeout(() => this.#warn(advice.join('; ')), patience);
    }
    const description = isMeant && advice.length === 0 ? JSON.stringify([url, key, siteId]) : '';
    if (description === this.#described) return;
    this.#described = description;
    this.shortcut = undefined;
    if (url && key && siteId && description) void this.#load({ url, key, siteId }, description);
  }

  async #load(project: { url: string; key: string; siteId: string }, description: string): Promise<void> {
    try {
      const adapter = await adapterFromAttributes({
        ...project,
        // Looked up at each call: a framework may hand over another function at every render.
        getAccessToken: (request) => this.#getAccessToken?.(request) ?? null,
      });
      if (description === this.#described) this.shortcut = adapter;
    } catch (error) {
      this.#warn(`the Supabase adapter could not be loaded (${String(error)})`);
    }
  }

  /** Attributes speak of a backend of their own, be they right or wrong: another one must not stand in for it. */
  get #isDescribed(): boolean {
    return !this.adapter && Boolean(this.supabaseUrl || this.supabaseKey || this.siteId);
  }

  get #getAccessToken(): GetAccessToken | undefined {
    return this.getAccessToken ?? currentConfiguration().getAccessToken;
  }

  #provide(): void {
    const outer = this.provided;
    const adapter = this.adapter ?? this.shortcut ?? (this.#isDescribed ? undefined : outer?.adapter);
    const locale = this.locale ?? outer?.locale;
    const role = lowerRole(outer?.role, this.#roleCap());
    const before = this.#context.value;
    if (adapter === before.adapter && locale === before.locale && role === before.role) return;
    this.#context.setValue({ adapter, locale, role });
  }

  /** A word that is no role takes away the most: a slip of the pen must not open a door. */
  #roleCap(): Role | undefined {
    if (this.maxRole == null || roles.includes(this.maxRole)) return this.maxRole ?? undefined;
    this.#warn(`max-role must be one of ${roles.join(', ')}, not "${String(this.maxRole)}"`);
    return 'viewer';
  }

  #warn(advice: string): void {
    if (advice === this.#warned) return;
    this.#warned = advice;
    console.warn(`customer-elements: <${this.localName}>: ${advice}.`);
  }
}

const nothingYet: CustomersContext = { adapter: undefined, locale: undefined, role: undefined };
