import { fixture, html, waitUntil } from '@open-wc/testing';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';
import '../../../src/elements/customers-view/define.ts';
import type { CustomersView } from '../../../src/elements/customers-view/customers-view.ts';

/** The whole screen, with what a person sees of list and detail. */
export async function show(options: MemoryAdapterOptions = {}, attributes: Record<string, string> = {}) {
  const shop = { ...sampleCustomers(60), ...options };
  const adapter = createMemoryAdapter(shop);
  const view = await fixture<CustomersView>(
    html`<customers-view locale="en" .adapter=${adapter}></customers-view>`,
  );
  for (const [name, value] of Object.entries(attributes)) view.setAttribute(name, value);
  const table = view.shadowRoot!.querySelector('customer-table')!;
  const detail = view.shadowRoot!.querySelector('customer-detail')!;
  const names = () => [...table.shadowRoot!.querySelectorAll<HTMLElement>('.name')];
  await waitUntil(() => names().length > 0);
  const title = () => detail.shadowRoot!.querySelector<HTMLElement>('#title')?.innerText.trim();
  const find = (selector: string) => view.shadowRoot!.querySelector<HTMLElement>(selector);
  const isOpen = () => detail.shadowRoot!.querySelector('dialog') !== null;
  const settled = async (name: string | undefined) => {
    await waitUntil(() => title() === name && !detail.loading, `the detail shows ${name}`);
  };
  const openRow = async (row: number) => {
    names()[row]!.focus();
    names()[row]!.click();
    await settled(names()[row]!.innerText.trim());
  };
  const focusedName = () => (table.shadowRoot!.activeElement as HTMLElement | null)?.innerText.trim();
  return { view, shop, adapter, find, table, detail, names, title, isOpen, settled, openRow, focusedName };
}
