import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { createSupabaseAdapterFromUrl } from '../../../src/adapters/supabase/index.ts';
import '../../../src/elements/customer-table/define.ts';
import type { Customer } from '../../../src/model/customer.ts';
import type { Receipt } from '../../../src/model/receipt.ts';
import { ImportHarness } from './harness.ts';

interface Normalised {
  first_name: string | null;
  last_name: string | null;
  email: string;
  phone: string | null;
  accepts_marketing: boolean | null;
  tags: string[];
  company: string | null;
  address_line_1: string | null;
  address_line_2: string | null;
  city: string | null;
  state: string | null;
  postal_code: string | null;
  country: string | null;
}

interface Expected {
  file: string;
  total_data_rows: number;
  importable: number;
  duplicates: number;
  invalid: number;
  duplicate_records: { record: number }[];
  invalid_records: { record: number; reason: string }[];
  expected_records: { record: number; normalised: Normalised }[];
}

const folder = '/test/fixtures/import';
const names = [
  'magento2-customer',
  'mailchimp-subscribed_members_export_ba473dc14f',
  'shopify-customers-export',
  'stripe-customers',
  'woocommerce-users-suite',
];

/** A shop of its own on the real backend, for an editor. */
async function emptyShop(): Promise<CustomerAdapter> {
  const { url, anonKey, tokens } = (await (await fetch('/backend.json')).json()) as {
    url: string;
    anonKey: string;
    tokens: { editor: string };
  };
  const { siteId } = (await (await fetch('/backend/sites', { method: 'POST' })).json()) as { siteId: string };
  return await createSupabaseAdapterFromUrl({
    url,
    key: anonKey,
    siteId,
    getAccessToken: async () => tokens.editor,
  });
}

async function everybody(adapter: CustomerAdapter): Promise<Customer[]> {
  const { rows } = await adapter.listCustomers({
    filters: {},
    sort: { by: 'email', direction: 'asc' },
    limit: 100,
  });
  return rows;
}

/** What the database has of a customer, in the fixtures' words. */
async function asNormalised(adapter: CustomerAdapter, { email }: Normalised): Promise<Normalised> {
  const { rows } = await adapter.listCustomers({
    filters: { search: email },
    sort: { by: 'email', direction: 'asc' },
    limit: 100,
  });
  const { id } = rows.find((row) => row.email === email)!;
  const { customer, addresses } = await adapter.getCustomer({ id });
  const { first_name, last_name, phone, accepts_marketing, tags, metadata } = customer;
  const address = addresses.find((one) => one.is_default_billing);
  const said = (value: string | null | undefined): string | null => value || null;
  // A company or a country without an address is kept as it stood in the file.
  const kept = (value: string | null | undefined, pattern: RegExp): string | null =>
    said(value) ??
    said(Object.entries(metadata).find(([key, one]) => pattern.test(key) && one)?.[1] as string);
  return {
    ...{ first_name: said(first_name), last_name: said(last_name), email: customer.email, phone },
    ...{ accepts_marketing, tags },
    company: kept(address?.company, /company/i),
    address_line_1: said(address?.address_line_1),
    address_line_2: said(address?.address_line_2),
    city: said(address?.city),
    state: said(address?.state),
    postal_code: said(address?.postal_code),
    country: kept(address?.country, /country|^CC$/i),
  };
}

for (const name of names) {
  describe(`${name} into the real backend`, function () {
    this.timeout(180_000);
    let adapter: CustomerAdapter;
    let expected: Expected;

    const importOnce = async (): Promise<{
      harness: ImportHarness;
      receipt: Receipt;
      foretold: Record<string, string>;
    }> => {
      const harness = await ImportHarness.create(adapter);
      const content = await (await fetch(`${folder}/${expected.file}`)).blob();
      await harness.choose(new File([content], expected.file, { type: 'text/csv' }));
      await harness.goTo('decide');
      await harness.sees('.preview[aria-busy=false] .tile');
      const foretold = harness.numbers;
      const finished = oneEvent(harness.element, 'import-finished');
      await harness.start();
      const { receipt } = ((await finished) as CustomEvent<{ receipt: Receipt }>).detail;
      await harness.finished();
      return { harness, receipt, foretold };
    };

    before(async () => {
      adapter = await emptyShop();
      expected = (await (await fetch(`${folder}/${name}.expected.json`)).json()) as Expected;
    });

    it('ends in the receipt that was counted by hand, foretold and on the screen, by row and reason', async () => {
      const { harness, receipt, foretold } = await importOnce();
      expect(foretold).to.include({ New: String(expected.importable), Changed: '0' });
      expect(receipt).to.include({
        status: 'finished',
        asked: expected.total_data_rows,
        created: expected.importable,
        changed: 0,
        unchanged: 0,
        skipped: expected.duplicates,
        failed: expected.invalid,
      });
      const rowsOf = (outcome: string) =>
        receipt.failures
          .filter((failure) => failure.outcome === outcome)
          .map(({ row, code }) => [row, code])
          .sort(([a], [b]) => Number(a) - Number(b));
      expect(rowsOf('skipped')).to.deep.equal(
        expected.duplicate_records.map(({ record }) => [record, 'duplicate']),
      );
      expect(rowsOf('failed')).to.deep.equal(
        expected.invalid_records.map(({ record, reason }) => [record, reason]),
      );
      expect(harness.numbers).to.deep.equal({
        Added: String(expected.importable),
        Updated: '0',
        Unchanged: '0',
        Skipped: String(expected.duplicates),
        Failed: String(expected.invalid),
      });
      expect(harness.root.querySelector('.differences')).to.equal(null);
    });

    it('has made the customers as they were expected', async () => {
      for (const { record, normalised } of expected.expected_records) {
        // A new customer has not agreed where the file says nothing; whoever has no whole address keeps none.
        const { address_line_1, city, country } = normalised;
        const isWhole = address_line_1 && city && country;
        const wanted = {
          ...normalised,
          accepts_marketing: normalised.accepts_marketing ?? false,
          ...(isWhole
            ? {}
            : { address_line_1: null, address_line_2: null, city: null, state: null, postal_code: null }),
        };
        expect(await asNormalised(adapter, normalised), `record ${record}`).to.deep.equal(wanted);
      }
    });

    it('changes nothing the second time', async () => {
      const before = await everybody(adapter);
      const { receipt, foretold } = await importOnce();
      expect(foretold).to.include({ New: '0', Changed: '0', Unchanged: String(expected.importable) });
      expect(receipt).to.include({
        created: 0,
        changed: 0,
        unchanged: expected.importable,
        skipped: expected.duplicates,
        failed: expected.invalid,
      });
      expect(await everybody(adapter)).to.deep.equal(before);
    });
  });
}

describe('an import into the real backend', function () {
  this.timeout(180_000);
  let adapter: CustomerAdapter;

  before(async () => {
    adapter = await emptyShop();
    const harness = await ImportHarness.create(adapter);
    const content = await (await fetch(`${folder}/shopify-customers-export.csv`)).blob();
    await harness.choose(new File([content], 'customers_export.csv', { type: 'text/csv' }));
    await harness.start();
    await harness.finished();
  });

  it('has made somebody who is found in the list as Zoë by typing zoe', async () => {
    const table = await fixture<HTMLElement>(
      html`<customer-table lang="en" .adapter=${adapter}></customer-table>`,
    );
    const root = table.shadowRoot!;
    const said = (): string => root.textContent ?? '';
    await waitUntil(() => said().includes('Mia'), 'the list shows nobody', { timeout: 20_000 });
    const search = root.querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = 'zoe';
    search.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await waitUntil(() => said().includes('Zoë') && !said().includes('Mia'), 'Zoë is not found', {
      timeout: 20_000,
    });
  });

  it('is undone from the history to the last customer, and says so', async () => {
    const harness = await ImportHarness.create(adapter);
    await harness.sees('.past-import');
    const undone = oneEvent(harness.element, 'operation-undone');
    harness.button('Undo import').click();
    await harness.sees('dialog[open]');
    harness.find('[data-action=confirm]').click();
    const { receipt } = ((await undone) as CustomEvent<{ receipt: Receipt }>).detail;
    expect(receipt).to.include({ changed: 40, failed: 0 });
    expect(await everybody(adapter)).to.deep.equal([]);
    await harness.sees('.past-state');
    expect(harness.textOf('.past-state')).to.equal('Undone');
  });
});
