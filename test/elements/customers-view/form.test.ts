import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';
import '../../../src/elements/customers-view/define.ts';
import type { CustomersView } from '../../../src/elements/customers-view/customers-view.ts';

async function show(options: MemoryAdapterOptions = {}) {
  const adapter = createMemoryAdapter({ ...sampleCustomers(30), ...options });
  const view = await fixture<CustomersView>(
    html`<customers-view locale="en" .adapter=${adapter}></customers-view>`,
  );
  const root = view.shadowRoot!;
  const table = root.querySelector('customer-table')!;
  const form = root.querySelector('customer-form')!;
  const detail = root.querySelector('customer-detail')!;
  const names = () =>
    [...table.shadowRoot!.querySelectorAll<HTMLElement>('.name')].map((one) => one.innerText.trim());
  await waitUntil(() => names().length > 0);
  const createButton = () => root.querySelector<HTMLElement>('.head [data-action=create]');
  const formIsThere = () => waitUntil(() => form.shadowRoot!.querySelector('form') !== null, 'no form');
  const write = (name: string, value: string) => {
    const field = form.shadowRoot!.querySelector<HTMLInputElement>(`#field-${name}`)!;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  };
  const submit = () => form.shadowRoot!.querySelector<HTMLElement>('button[type=submit]')!.click();
  return { view, table, form, detail, names, createButton, formIsThere, write, submit };
}

describe('<customers-view>: creating and editing', () => {
  it('adds a customer, counts it, and opens it', async () => {
    const { view, form, detail, names, createButton, formIsThere, write, submit } = await show();
    createButton()!.focus();
    createButton()!.click();
    await formIsThere();
    await new Promise((resolve) => setTimeout(resolve, 250));
    await expect(view).to.be.accessible();
    write('first_name', 'Ada');
    write('last_name', 'Lovelace');
    write('email', 'ada@example.com');
    submit();
    await waitUntil(() => !form.open, 'the form stays');
    await waitUntil(() => names()[0] === 'Ada Lovelace', 'the list does not have her');
    await waitUntil(
      () => detail.shadowRoot!.querySelector<HTMLElement>('#title')?.innerText.trim() === 'Ada Lovelace',
      'she does not open',
    );
    expect(view.shadowRoot!.querySelector<HTMLElement>('.count')!.innerText).to.equal('31');
  });

  it('edits a customer from the list’s menu, and gives the focus back', async () => {
    const { table, form, names, formIsThere, write, submit } = await show();
    const menu = table.shadowRoot!.querySelector<HTMLElement>('tbody .row-menu, tbody [aria-haspopup=menu]')!;
    menu.focus();
    menu.click();
    await waitUntil(() => table.shadowRoot!.querySelector('[role=menuitem][data-action=edit]') !== null);
    table.shadowRoot!.querySelector<HTMLElement>('[role=menuitem][data-action=edit]')!.click();
    await formIsThere();
    write('first_name', 'Renamed');
    submit();
    await waitUntil(() => names()[0]!.startsWith('Renamed'), 'the list has the old name');
    expect(form.open).to.equal(false);
    expect(table.shadowRoot!.activeElement).to.not.equal(null);
  });

  it('leaves both to a host that prevents them', async () => {
    const { view, form, createButton } = await show();
    view.addEventListener('customer-create', (event) => event.preventDefault());
    createButton()!.click();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(form.open).to.equal(false);
  });

  it('offers neither to a viewer', async () => {
    const { createButton } = await show({ access: { role: 'viewer' } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(createButton()).to.equal(null);
  });
});
