import { fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { createMemoryAdapter, type MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import '../../../src/elements/customer-form/define.ts';
import type { CustomerFormElement } from '../../../src/elements/customer-form/customer-form.ts';
import { theShop, type Shop } from '../customer-detail/shop.ts';

export interface Setup {
  shop?: Shop;
  options?: MemoryAdapterOptions;
  adapter?: CustomerAdapter;
  attributes?: Record<string, string>;
}

/** A form, with what a person does to it and sees of it. */
export class FormHarness {
  readonly element: CustomerFormElement;
  readonly shop: Shop;

  static async create(setup: Setup = {}): Promise<FormHarness> {
    const harness = await FormHarness.begin(setup);
    await harness.loaded();
    return harness;
  }

  /** Without waiting for the customer. */
  static async begin(setup: Setup = {}): Promise<FormHarness> {
    const shop = setup.shop ?? theShop();
    const element = document.createElement('customer-form');
    element.lang = 'en';
    for (const [name, value] of Object.entries(setup.attributes ?? {})) element.setAttribute(name, value);
    element.adapter = setup.adapter ?? createMemoryAdapter({ ...shop, ...setup.options });
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.append(element);
    await element.updateComplete;
    return new FormHarness(element, shop);
  }

  private constructor(element: CustomerFormElement, shop: Shop) {
    this.element = element;
    this.shop = shop;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  async loaded(): Promise<void> {
    await waitUntil(() => this.has('form') || this.has('.state'), 'the form does not come');
    await this.element.updateComplete;
  }

  /** Until nothing is being saved and what came is drawn. */
  async settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await waitUntil(() => !this.element.saving, 'it is still being saved', { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await this.element.updateComplete;
  }

  find<T extends HTMLElement>(selector: string): T {
    const found = this.root.querySelector<T>(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
    return found;
  }

  has(selector: string): boolean {
    return this.root.querySelector(selector) !== null;
  }

  text(selector: string): string {
    return readable(this.find(selector));
  }

  field(name: string): HTMLInputElement {
    return this.find<HTMLInputElement>(`#${name.startsWith('address-') ? name : `field-${name}`}`);
  }

  /** Where the value of a detail of the shop's own is. */
  detailField(name: string): string {
    const names = [...this.root.querySelectorAll<HTMLInputElement>('[id^=field-metadata-name]')];
    return `metadata-text-${names.findIndex(({ value }) => value === name)}`;
  }

  /** Types over what stands there, and goes on. */
  async write(name: string, value: string): Promise<void> {
    const field = this.field(name);
    field.focus();
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.blur();
    await this.settled();
  }

  async press(label: string): Promise<void> {
    const button = [...this.root.querySelectorAll<HTMLElement>('button')].find(
      (one) => one.getAttribute('aria-label') === label || readable(one) === label,
    );
    if (!button) throw new Error(`There is no button "${label}".`);
    button.focus();
    button.click();
    await this.settled();
  }

  async submit(): Promise<void> {
    this.find('button[type=submit]').click();
    await this.settled();
  }

  /** What is said about a field. */
  errorOf(name: string): string | undefined {
    const error = this.root.querySelector<HTMLElement>(`#${this.field(name).id}-error`);
    return error ? readable(error) : undefined;
  }

  get focused(): HTMLElement | null {
    return this.root.activeElement as HTMLElement | null;
  }

  async keys(...keys: string[]): Promise<void> {
    for (const press of keys) await sendKeys({ press });
    await this.settled();
  }
}

export const readable = (element: HTMLElement): string =>
  element.innerText
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
