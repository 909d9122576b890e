import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { createSupabaseAdapterFromUrl } from '../../../src/adapters/supabase/index.ts';
import '../../../src/elements/customer-table/define.ts';
import type { Receipt } from '../../../src/model/receipt.ts';
import { ImportHarness, shopifyExport } from './harness.ts';

interface Expected {
  importable: number;
  duplicates: number;
  invalid: number;
  duplicate_records: { record: number }[];
  invalid_records: { record: number; reason: string }[];
}

describe('a Shopify export into the real backend', function () {
  this.timeout(180_000);
  let adapter: CustomerAdapter;
  let expected: Expected;

  const importOnce = async (): Promise<{ harness: ImportHarness; receipt: Receipt }> => {
    const harness = await ImportHarness.create(adapter);
    await harness.choose(await shopifyExport());
    const finished = oneEvent(harness.element, 'import-finished');
    await harness.start();
    const { receipt } = ((await finished) as CustomEvent<{ receipt: Receipt }>).detail;
    await harness.finished();
    return { harness, receipt };
  };

  before(async () => {
    const { url, anonKey, tokens } = (await (await fetch('/backend.json')).json()) as {
      url: string;
      anonKey: string;
      tokens: { editor: string };
    };
    const { siteId } = (await (await fetch('/backend/sites', { method: 'POST' })).json()) as {
      siteId: string;
    };
    adapter = await createSupabaseAdapterFromUrl({
      url,
      key: anonKey,
      siteId,
      getAccessToken: async () => tokens.editor,
    });
    const answer = await fetch('/test/fixtures/import/shopify-customers-export.expected.json');
    expected = (await answer.json()) as Expected;
  });

  it('ends in the receipt that was counted by hand, on the screen and in the event', async () => {
    const { harness, receipt } = await importOnce();
    expect(receipt).to.include({
      status: 'finished',
      asked: 47,
      created: expected.importable,
      changed: 0,
      unchanged: 0,
      skipped: expected.duplicates,
      failed: expected.invalid,
    });
    const rowsOf = (outcome: string) =>
      receipt.failures.filter((failure) => failure.outcome === outcome).map(({ row, code }) => [row, code]);
    expect(rowsOf('skipped')).to.deep.equal(
      expected.duplicate_records.map(({ record }) => [record, 'duplicate']),
    );
    expect(rowsOf('failed')).to.deep.equal(
      expected.invalid_records.map(({ record, reason }) => [record, reason]),
    );
    expect(harness.numbers).to.deep.equal({
      Added: '40',
      Updated: '0',
      Unchanged: '0',
      Skipped: '2',
      Failed: '5',
    });
  });

  it('is a customer with address and consent, found in the list as Zoë by typing zoe', async () => {
    const table = await fixture<HTMLElement>(
      html`<customer-table lang="en" .adapter=${adapter}></customer-table>`,
    );
    const root = table.shadowRoot!;
    const names = (): string => root.textContent ?? '';
    await waitUntil(() => names().includes('Mia'), 'the list shows nobody', { timeout: 20_000 });
    const search = root.querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = 'zoe';
    search.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await waitUntil(() => names().includes('Zoë') && !names().includes('Mia'), 'Zoë is not found', {
      timeout: 20_000,
    });
    const { rows } = await adapter.listCustomers({
      filters: { search: 'zoe' },
      sort: { by: 'created_at', direction: 'desc' },
      limit: 10,
    });
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({
      email: 'zoe.mueller@example.com',
      phone: '+493023125012',
      status: 'active',
      accepts_marketing: true,
      country: 'DE',
    });
    expect(rows[0]!.tags).to.deep.equal(['VIP', 'Newsletter 2024']);
  });

  it('adds nobody and changes nobody the second time', async () => {
    const { receipt } = await importOnce();
    expect(receipt).to.include({ created: 0, changed: 0, unchanged: 40, skipped: 2, failed: 5 });
    expect(await adapter.countCustomers({ filters: {} })).to.deep.equal({ value: 40, exact: true });
  });
});
