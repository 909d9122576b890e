import { fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../../src/elements/customer-table/define.ts';
import type { CustomerFiltersInput } from '../../../src/model/filters.ts';
import type { CustomerTable } from '../../../src/elements/customer-table/customer-table.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';

export interface Setup {
  options?: MemoryAdapterOptions;
  attributes?: Record<string, string>;
  properties?: Omit<Partial<CustomerTable>, 'filters'> & { filters?: CustomerFiltersInput };
  width?: string;
  count?: number;
}

/** A table over made-up customers, with what a person does to it and sees of it. */
export class TableHarness {
  readonly element: CustomerTable;
  readonly options: MemoryAdapterOptions;

  static async create(setup: Setup = {}): Promise<TableHarness> {
    const harness = await TableHarness.begin(setup);
    await harness.loaded();
    return harness;
  }

  /** Without waiting for rows. */
  static async begin(setup: Setup = {}): Promise<TableHarness> {
    const options: MemoryAdapterOptions = { ...sampleCustomers(setup.count ?? 95), ...setup.options };
    const element = document.createElement('customer-table');
    element.lang = 'en';
    for (const [name, value] of Object.entries(setup.attributes ?? {})) element.setAttribute(name, value);
    Object.assign(element, setup.properties, { adapter: createMemoryAdapter(options) });
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.style.width = setup.width ?? '1200px';
    box.append(element);
    await element.updateComplete;
    return new TableHarness(element, options);
  }

  private constructor(element: CustomerTable, options: MemoryAdapterOptions) {
    this.element = element;
    this.options = options;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  /** Until nothing is on its way and what came is drawn. */
  async loaded(): Promise<void> {
    await this.element.updateComplete;
    await waitUntil(() => !this.element.loading, 'the list is still loading', { timeout: 5000 });
    await aFrame();
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

  text(selector: string): string {
    return this.find(selector).innerText.replace(/\s+/g, ' ').trim();
  }

  get names(): string[] {
    return this.all('.name').map((name) => name.innerText.trim());
  }

  get emails(): string[] {
    return this.element.shadowRoot ? this.all('.email').map((email) => email.innerText) : [];
  }

  /** The pills of filters in force, as one reads them. */
  get pills(): string[] {
    return this.all('.chip-value').map((pill) => pill.innerText.replace(/\s+/g, ' ').trim());
  }

  /** The button with this name, in the open popover where it has one of that name. */
  button(label: string): HTMLButtonElement {
    const inPopover = this.all<HTMLButtonElement>('.popover button, .popover a');
    const found = [...inPopover, ...this.all<HTMLButtonElement>('button')].find(
      (button) => button.getAttribute('aria-label') === label || button.innerText.trim() === label,
    );
    if (!found) throw new Error(`There is no button "${label}".`);
    return found;
  }

  hasButton(label: string): boolean {
    return this.all('button').some(
      (button) => button.getAttribute('aria-label') === label || button.innerText.trim() === label,
    );
  }

  /** Where the focus is. In words, since chai never ends describing two elements that differ. */
  get focused(): string {
    return this.describe(this.root.activeElement);
  }

  describe(element: Element | null): string {
    if (!element) return 'nothing';
    const inLabel = element.closest('label')?.querySelector('bdi')?.textContent;
    const label = element.getAttribute('aria-label') ?? inLabel ?? element.textContent;
    return `${element.localName} ${label.replace(/\s+/g, ' ').trim()}`;
  }

  async press(label: string): Promise<void> {
    const button = this.button(label);
    button.focus();
    button.click();
    await this.loaded();
  }

  /** The label of an input in the open popover. */
  option(label: string): HTMLInputElement {
    const found = this.all('.popover label').find((option) => option.innerText.trim().startsWith(label));
    const input = found?.querySelector('input');
    if (!input) throw new Error(`There is no option "${label}".`);
    return input;
  }

  async choose(label: string): Promise<void> {
    this.option(label).click();
    await this.loaded();
  }

  /** Presses "+ Filter" and the kind of that name. */
  async addFilter(kind: string): Promise<void> {
    await this.press('Filter');
    await this.press(kind);
  }

  async type(input: HTMLInputElement, text: string): Promise<void> {
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await this.element.updateComplete;
  }

  get searchField(): HTMLInputElement {
    return this.find<HTMLInputElement>('.search input');
  }

  /** Types a search and waits for its rows. */
  async search(text: string): Promise<void> {
    const done = oneEvent(this.element, 'customers-loaded');
    await this.type(this.searchField, text);
    await done;
    await this.loaded();
  }

  checkbox(row: number): HTMLInputElement {
    return this.all<HTMLInputElement>('tbody input[type=checkbox]')[row]!;
  }

  async check(row: number, init: MouseEventInit = {}): Promise<void> {
    this.checkbox(row).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }));
    await this.element.updateComplete;
  }

  /** Closes the popover as Escape does. */
  async dismiss(): Promise<void> {
    this.find('.popover').hidePopover();
    await aFrame();
    await this.element.updateComplete;
  }
}

export async function aFrame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Until fades have ended: half-faded text has no contrast worth measuring. */
export async function stillness(element: Element): Promise<void> {
  const animations = element.shadowRoot?.getAnimations() ?? [];
  const ending = animations.filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
}

/** A promise and what settles it: for answers that come when the test says so. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** Collects the details of an element's events. */
export function listen<T = unknown>(element: EventTarget, name: string): T[] {
  const details: T[] = [];
  element.addEventListener(name, (event) => details.push((event as CustomEvent<T>).detail));
  return details;
}
