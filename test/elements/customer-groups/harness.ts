import { fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';
import '../../../src/elements/customer-groups/define.ts';
import type { CustomerGroupsElement } from '../../../src/elements/customer-groups/customer-groups.ts';
import type { GroupRule } from '../../../src/model/groups.ts';
import { readable } from '../customer-form/harness.ts';

export interface Setup {
  options?: MemoryAdapterOptions;
  adapter?: CustomerAdapter;
  attributes?: Record<string, string>;
}

/** A group of the tests, by hand unless it has a rule. */
export const group = (id: string, name: string, rule: GroupRule | null = null) => ({
  id,
  name,
  description: null,
  discount_percentage: null,
  color: '#8b5cf6',
  member_count: 0,
  rule,
});

/** Twelve customers; the first three are in "VIP", and the "Loyal" are those with an order. */
export function smallShop() {
  const { customers } = sampleCustomers(12);
  return {
    customers: customers.map((customer, place) => ({
      ...customer,
      first_name: `Person${place}`,
      last_name: 'Example',
      email: `person${place}@example.com`,
      orders_count: place < 4 ? 2 : 0,
      status: 'active' as const,
      is_guest: false,
      group_ids: place < 3 ? ['vip'] : [],
    })),
    groups: [
      { ...group('vip', 'VIP'), description: 'Those who come first', discount_percentage: 12.5 },
      group('loyal', 'Loyal', { hasOrders: true }),
      group('press', 'Press'),
    ],
  };
}

/** The groups, with what a person does to them and sees of them. */
export class GroupsHarness {
  readonly element: CustomerGroupsElement;
  readonly adapter: CustomerAdapter;

  static async create(setup: Setup = {}): Promise<GroupsHarness> {
    const harness = await GroupsHarness.begin(setup);
    await harness.loaded();
    return harness;
  }

  /** Without waiting for the groups. */
  static async begin(setup: Setup = {}): Promise<GroupsHarness> {
    const adapter = setup.adapter ?? createMemoryAdapter({ ...smallShop(), ...setup.options });
    const element = document.createElement('customer-groups');
    element.lang = 'en';
    for (const [name, value] of Object.entries(setup.attributes ?? {})) element.setAttribute(name, value);
    element.adapter = adapter;
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.append(element);
    await element.updateComplete;
    return new GroupsHarness(element, adapter);
  }

  private constructor(element: CustomerGroupsElement, adapter: CustomerAdapter) {
    this.element = element;
    this.adapter = adapter;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  /** Until what is shown is there and nothing is being saved. */
  async loaded(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 30));
    await waitUntil(() => !this.element.loading && !this.element.saving, 'it does not come', {
      timeout: 10_000,
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
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

  texts(selector: string): string[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)].map(readable);
  }

  /** Types over what stands there. */
  async write(selector: string, value: string): Promise<void> {
    const field = this.find<HTMLInputElement>(selector);
    field.focus();
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await this.loaded();
  }

  async press(label: string): Promise<void> {
    const button = [...this.root.querySelectorAll<HTMLElement>('button')].find(
      (one) => readable(one) === label || plain(one.getAttribute('aria-label')) === label,
    );
    if (!button) throw new Error(`There is no button "${label}".`);
    button.focus();
    button.click();
    await this.loaded();
  }

  async choose(selector: string): Promise<void> {
    this.find(selector).click();
    await this.loaded();
  }

  async openGroup(name: string): Promise<void> {
    await this.press(name);
    await waitUntil(() => this.has('.facts'), 'the group does not open');
    await this.loaded();
  }

  async paste(text: string): Promise<void> {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    this.find('#add-member').focus();
    this.find('#add-member').dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
    await this.loaded();
  }

  async keys(...keys: string[]): Promise<void> {
    for (const press of keys) await sendKeys({ press });
    await this.loaded();
  }

  get focused(): HTMLElement | null {
    return this.root.activeElement as HTMLElement | null;
  }
}

const plain = (text: string | null): string | undefined => text?.replace(/[\u2068\u2069]/g, '');

/** Every event of a name, in the order in which they come. */
export function heard<Detail>(element: HTMLElement, name: string): Detail[] {
  const details: Detail[] = [];
  element.addEventListener(name, (event) => details.push((event as CustomEvent<Detail>).detail));
  return details;
}
