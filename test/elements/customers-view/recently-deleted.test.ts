import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/elements/customers-view/define.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';
import { stillness } from '../customer-detail/harness.ts';
import type { CustomersView } from '../../../src/elements/customers-view/customers-view.ts';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

class Deleted {
  readonly element: CustomersView;
  readonly options: MemoryAdapterOptions;

  private constructor(element: CustomersView, options: MemoryAdapterOptions) {
    this.element = element;
    this.options = options;
  }

  /** Three who were deleted: two lately, one long ago. */
  static async open(access: MemoryAdapterOptions['access'] = {}): Promise<Deleted> {
    const { customers } = sampleCustomers(6);
    const deleted = customers.splice(0, 3).map((customer, at) => ({
      customer: {
        ...customer,
        id: `gone-${at}`,
        first_name: ['Ada', 'Grace', 'Mary'][at]!,
        last_name: 'Gone',
      },
      deletedAt: daysAgo([1, 3, 40][at]!),
      deletedBy: 'Noor',
    }));
    const options: MemoryAdapterOptions = { customers, deleted, access };
    const adapter = createMemoryAdapter(options);
    const element = await fixture<CustomersView>(html`<customers-view .adapter=${adapter}></customers-view>`);
    const page = new Deleted(element, options);
    await waitUntil(() => element.shadowRoot!.querySelector('customer-table') !== null);
    if (access.role === undefined) {
      await waitUntil(() => page.has('[data-action=deleted]'));
      page.find('[data-action=deleted]').click();
      await waitUntil(() => page.names.length > 0);
    }
    return page;
  }

  has = (selector: string): boolean => this.element.shadowRoot!.querySelector(selector) !== null;
  find = (selector: string): HTMLElement => this.element.shadowRoot!.querySelector<HTMLElement>(selector)!;
  get names(): string[] {
    const rows = this.element.shadowRoot!.querySelectorAll('.deleted-list strong');
    return [...rows].map((row) => row.textContent.trim());
  }
  get said(): string {
    return this.find('.deleted')
      .innerText.replace(/[\u2066-\u2069]/g, '')
      .replace(/\s+/g, ' ');
  }
}

describe('customers-view: recently deleted', () => {
  it('lists who was deleted, the last one first, and restores one', async () => {
    const page = await Deleted.open();
    expect(page.names).to.deep.equal(['Ada Gone', 'Grace Gone', 'Mary Gone']);
    expect(page.said).to.contain('by Noor').and.contain('Can no longer be restored');
    await stillness(page.element);
    await expect(page.element).to.be.accessible();
    page.find('[data-action=restore]').click();
    await waitUntil(() => page.said.includes('is back'));
    expect(page.names).to.deep.equal(['Grace Gone', 'Mary Gone']);
    expect(page.options.customers!.some(({ id }) => id === 'gone-0')).to.equal(true);
    await waitUntil(() => page.element.shadowRoot!.activeElement?.matches('input'));
  });

  it('finds one by search', async () => {
    const page = await Deleted.open();
    const field = page.find('.deleted input') as HTMLInputElement;
    field.value = 'grace';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await waitUntil(() => page.names.length === 1);
    expect(page.names).to.deep.equal(['Grace Gone']);
  });

  it('removes for good who was deleted more than 30 days ago, once that is confirmed', async () => {
    const page = await Deleted.open();
    const purged: number[] = [];
    page.element.addEventListener('customers-purged', (event) => {
      purged.push((event as CustomEvent<{ receipt: { changed: number } }>).detail.receipt.changed);
    });
    page.find('[data-action=purge]').click();
    await waitUntil(() => page.element.shadowRoot!.activeElement?.matches('[data-action=keep]'));
    expect(page.said).to.contain('cannot be undone');
    await stillness(page.element);
    await expect(page.element).to.be.accessible();
    page.find('[data-action=purge-now]').click();
    await waitUntil(() => purged.length === 1);
    await waitUntil(() => page.names.length === 2);
    expect([purged, page.names]).to.deep.equal([[1], ['Ada Gone', 'Grace Gone']]);
    expect(page.has('[data-action=purge]')).to.equal(false);
  });

  it('erases a deleted customer too', async () => {
    const page = await Deleted.open();
    page.find('[data-action=erase-one]').click();
    await waitUntil(() => page.has('.privacy [data-action=erase]'));
    const email = page.options.deleted![0]!.customer.email;
    const field = page.find('.privacy input') as HTMLInputElement;
    field.value = email;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    page.find('.privacy [data-action=erase]').click();
    await waitUntil(() => page.names.length === 2);
    expect(page.said).to.contain('are erased');
  });

  it('is offered to an admin alone', async () => {
    const page = await Deleted.open({ role: 'editor' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(page.has('[data-action=deleted]')).to.equal(false);
  });
});
