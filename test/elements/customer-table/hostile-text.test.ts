import { expect } from '@open-wc/testing';
import { sampleCustomers } from '../../../src/adapters/memory/index.ts';
import { expectNothingAlien, expectNothingRun, expectTexts, partsOfMarkup } from '../hostile-text.ts';
import { TableHarness } from './harness.ts';

describe('customer-table: hostile text', () => {
  it('is shown as the text it is, in rows, groups and filters, and nothing of it is run', async function () {
    this.timeout(60_000);
    await expectNothingRun(async () => {
      for (const part of partsOfMarkup) {
        const sample = sampleCustomers(part.length);
        const { customers, groups = [] } = sample;
        const [group] = groups;
        const [first = '', second = ''] = part;
        Object.assign(group!, { name: first, description: second });
        customers.forEach((customer, at) =>
          Object.assign(customer, {
            first_name: part[at],
            last_name: '',
            email: `${part[at]}@example.com`,
            phone: part[at],
            avatar_url: at % 2 ? part[at] : `javascript:alert(${at})`,
            tags: [part[at]],
            group_ids: [group!.id],
          }),
        );
        const table = await TableHarness.create({
          options: sample,
          properties: {
            pageSize: 100,
            filters: { search: first, tags: part.slice(0, 10), group: [group!.id] },
          },
        });
        expectNothingAlien(table.root);
        table.element.filters = {};
        await table.loaded();
        expect(table.all('.name')).to.have.length(part.length);
        expectTexts(table.root, part);
        expectNothingAlien(table.root);
        table.find('.row-actions').click();
        await table.loaded();
        expectNothingAlien(table.root);
        table.element.remove();
      }
    });
  });
});
