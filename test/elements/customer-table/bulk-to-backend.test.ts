import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { createSupabaseAdapterFromUrl } from '../../../src/adapters/supabase/index.ts';
import '../../../src/elements/customer-table/define.ts';
import type { CustomerTable } from '../../../src/elements/customer-table/customer-table.ts';
import type { Receipt } from '../../../src/model/receipt.ts';
import { readable } from '../customer-form/harness.ts';

const people = 1_200;

describe('an action on all that match, on the real backend', function () {
  this.timeout(180_000);
  let adapter: CustomerAdapter;

  const count = async (tag: string) => (await adapter.countCustomers({ filters: { tags: [tag] } })).value;

  before(async () => {
    const { url, anonKey, tokens } = (await (await fetch('/backend.json')).json()) as {
      url: string;
      anonKey: string;
      tokens: { editor: string };
    };
    const { siteId } = (await (await fetch('/backend/sites', { method: 'POST' })).json()) as {
      siteId: string;
    };
    const getAccessToken = async () => tokens.editor;
    adapter = await createSupabaseAdapterFromUrl({ url, key: anonKey, siteId, getAccessToken });
    const id = crypto.randomUUID();
    const options = { fileName: 'people.csv', policy: 'both' } as const;
    await adapter.startOperation({ id, kind: 'import', asked: people, options });
    for (const step of [0, 1]) {
      const rows = Array.from({ length: people / 2 }, (_, at) => {
        const number = step * (people / 2) + at;
        return {
          row: number + 2,
          email: `person${number}@example.com`,
          first_name: `Person${number}`,
          tags: number % 2 ? ['odd'] : ['even'],
        };
      });
      await adapter.stepOperation({ id, step, rows });
    }
    await adapter.finishOperation({ id });
  });

  it('tags everybody but one who was unticked, says the true number, and takes it back', async () => {
    const table = await fixture<CustomerTable>(
      html`<customer-table lang="en" .adapter=${adapter}></customer-table>`,
    );
    const root = table.shadowRoot!;
    const find = <T extends HTMLElement>(selector: string) => root.querySelector<T>(selector)!;
    const appears = (selector: string) =>
      waitUntil(() => root.querySelector(selector), `there is no ${selector}`, { timeout: 20_000 });
    const says = (text: string) =>
      waitUntil(() => readable(find('.notice')).includes(text), `it does not say “${text}”`, {
        timeout: 60_000,
      });

    await appears('tbody .name');
    await waitUntil(() => table.count !== undefined, 'the count does not come', { timeout: 20_000 });
    find('thead input').click();
    await appears('[data-action=matching]');
    find('[data-action=matching]').click();
    await table.updateComplete;
    root.querySelectorAll<HTMLInputElement>('tbody input[type=checkbox]')[3]!.click();
    await appears('.notice-place');
    find('.selection-bar [data-action=add_tags]').click();
    await waitUntil(() => root.activeElement?.matches('.bulk-tags input'));
    await sendKeys({ type: 'zebra' });
    await sendKeys({ press: ',' });
    const done = oneEvent(table, 'customers-bulk-done');
    find('.bulk-tags [data-action=apply]').click();
    const { receipt } = ((await done) as CustomEvent<{ receipt: Receipt }>).detail;
    expect(receipt).to.include({ status: 'finished', asked: people - 1, changed: people - 1, failed: 0 });
    await says('Added tag zebra to 1,199 customers');
    expect(await count('zebra')).to.equal(people - 1);

    const undone = oneEvent(table, 'operation-undone');
    find('.notice-undo').click();
    await undone;
    await says('Undid “Add tags” for 1,199 customers');
    expect([await count('zebra'), await count('odd'), await count('even')]).to.deep.equal([0, 600, 600]);
  });
});
