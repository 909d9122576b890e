import { expect } from '@open-wc/testing';
import type { AdapterMethod, MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { deferred, TableHarness } from './harness.ts';

const rule = {
  id: 'rule',
  name: 'Often here',
  description: null,
  discount_percentage: null,
  color: '#8b5cf6',
  member_count: null,
  rule: { minOrders: 0 },
};

describe('groups of a customer by rule', () => {
  const shop = (more: Partial<MemoryAdapterOptions> = {}) => {
    const asked: AdapterMethod[] = [];
    const options: MemoryAdapterOptions = {
      groups: [rule],
      delay: (method) => {
        asked.push(method);
        return 0;
      },
      ...more,
    };
    return { options, requests: () => asked.filter((method) => method === 'listRuleGroupsOf').length };
  };
  const named = (table: TableHarness) =>
    table.all('td.column-groups').filter((cell) => cell.innerText.includes(rule.name)).length;

  it('come after the rows, which do not wait for them or move when they are here', async () => {
    const { promise, resolve } = deferred();
    const { options } = shop({ delay: (method) => (method === 'listRuleGroupsOf' ? promise : 0) });
    const table = await TableHarness.create({ options });
    expect([table.names.length, named(table)]).to.deep.equal([20, 0]);
    const before = table.all('tbody tr').map((row) => row.getBoundingClientRect().top);
    resolve();
    await table.loaded();
    expect(named(table)).to.equal(20);
    expect(table.all('tbody tr').map((row) => row.getBoundingClientRect().top)).to.deep.equal(before);
  });

  it('are those of the page on the screen', async () => {
    const { options, requests } = shop();
    const table = await TableHarness.create({ options });
    await table.press('Next page');
    expect([named(table), requests()]).to.deep.equal([20, 2]);
    await expect(table.element).to.be.accessible();
  });

  it('are asked for once where the shop has no rules, and again when the list is loaded anew', async () => {
    const { options, requests } = shop({ groups: [] });
    const table = await TableHarness.create({ options });
    await table.press('Next page');
    expect(requests()).to.equal(1);
    await table.element.reload();
    await table.loaded();
    expect(requests()).to.equal(2);
  });

  it('are not asked for where the backend has no rules', async () => {
    const { options, requests } = shop({ capabilities: { ruleGroups: false } });
    await TableHarness.create({ options });
    expect(requests()).to.equal(0);
  });

  it('leave the rows as they are where they cannot be had', async () => {
    const { options } = shop({
      fail: (method) => (method === 'listRuleGroupsOf' ? new AdapterError('unavailable', 'down') : undefined),
    });
    const table = await TableHarness.create({ options });
    expect([table.names.length, named(table)]).to.deep.equal([20, 0]);
  });
});
