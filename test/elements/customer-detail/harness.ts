import { fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/elements/customer-detail/define.ts';
import type { CustomerDetailElement } from '../../../src/elements/customer-detail/customer-detail.ts';
import { createMemoryAdapter, type MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import { theShop, type Shop } from './shop.ts';

export interface Setup {
  shop?: Shop;
  options?: MemoryAdapterOptions;
  attributes?: Record<string, string>;
  properties?: Partial<CustomerDetailElement>;
}

/** One customer's detail, with what a person does to it and sees of it. */
export class DetailHarness {
  readonly element: CustomerDetailElement;
  readonly shop: Shop;
  readonly options: MemoryAdapterOptions;

  static async create(setup: Setup = {}): Promise<DetailHarness> {
    const harness = await DetailHarness.begin(setup);
    await harness.loaded();
    return harness;
  }

  /** Without waiting for the customer. */
  static async begin(setup: Setup = {}): Promise<DetailHarness> {
    const shop = setup.shop ?? theShop();
    const options: MemoryAdapterOptions = { ...shop, ...setup.options };
    const element = document.createElement('customer-detail');
    element.lang = 'en';
    element.setAttribute('customer-id', shop.zoe.id);
    element.setAttribute('presentation', 'inline');
    for (const [name, value] of Object.entries(setup.attributes ?? {})) element.setAttribute(name, value);
    Object.assign(element, { adapter: createMemoryAdapter(options) }, setup.properties);
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.append(element);
    await element.updateComplete;
    return new DetailHarness(element, shop, options);
  }

  private constructor(element: CustomerDetailElement, shop: Shop, options: MemoryAdapterOptions) {
    this.element = element;
    this.shop = shop;
    this.options = options;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  /** Until nothing is on its way and what came is drawn. */
  async loaded(): Promise<void> {
    await this.element.updateComplete;
    await waitUntil(() => !this.element.loading, 'the customer is still loading');
    await new Promise((resolve) => setTimeout(resolve));
    await this.element.updateComplete;
  }

  find<T extends HTMLElement>(selector: string): T {
    const found = this.root.querySelector<T>(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
    return found;
  }

  all<T extends HTMLElement>(selector: string): T[] {
    return [...this.root.querySelectorAll<T>(selector)];
  }

  has(selector: string): boolean {
    return this.root.querySelector(selector) !== null;
  }

  /** What one reads there. */
  text(selector: string): string {
    return readable(this.find(selector));
  }

  get name(): string {
    return this.text('#title');
  }

  /** The four numbers by their labels. */
  get numbers(): Record<string, string> {
    return Object.fromEntries(
      this.all('.number').map((number) => [
        readable(number.querySelector('dt')!),
        readable(number.querySelector('.value')!),
      ]),
    );
  }

  /** A fact of the Info tab by its name. */
  fact(name: string): HTMLElement {
    const found = this.all('.fact').find((fact) => readable(fact.querySelector('dt')!) === name);
    if (!found) throw new Error(`There is no fact "${name}".`);
    return found.querySelector('dd')!;
  }

  button(label: string): HTMLElement {
    const found = this.all('button, a').find(
      (button) => button.getAttribute('aria-label') === label || readable(button) === label,
    );
    if (!found) throw new Error(`There is no button "${label}".`);
    return found;
  }

  async press(label: string): Promise<void> {
    const button = this.button(label);
    button.focus();
    button.click();
    await this.loaded();
  }

  async openTab(name: 'info' | 'orders' | 'notes' | 'timeline'): Promise<void> {
    this.find(`#tab-${name}`).click();
    await this.element.updateComplete;
  }

  async key(key: string, target: EventTarget = this.focused ?? this.element): Promise<void> {
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
    );
    await this.loaded();
  }

  get focused(): Element | null {
    return this.root.activeElement;
  }

  get isOpen(): boolean {
    return this.root.querySelector('dialog')?.matches(':popover-open, :modal') ?? false;
  }
}

export const readable = (element: HTMLElement): string => element.innerText.replace(/\s+/g, ' ').trim();

/** Collects the details of an element's events. */
export function listen<T = unknown>(element: EventTarget, name: string): T[] {
  const details: T[] = [];
  element.addEventListener(name, (event) => details.push((event as CustomEvent<T>).detail));
  return details;
}

/** Until panels have come to rest: half-faded text has no contrast worth measuring. */
export async function stillness(element: Element): Promise<void> {
  const animations = element.shadowRoot?.getAnimations() ?? [];
  const ending = animations.filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
}
