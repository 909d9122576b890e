import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { referenceIds } from './list-reference.ts';
import { ListSite } from './list-site.ts';

describe('searching', () => {
  let site: ListSite;
  const id: Record<string, string> = {};
  before(async () => {
    site = await ListSite.open();
    const add = async (
      name: string,
      first: string,
      last: string,
      email: string,
      phone: string | null = null,
    ) => {
      id[name] = await site.add({ first_name: first, last_name: last, email, phone });
    };
    await add('zoe', 'Zoë', 'Müller-Żółć', 'zoe@example.com', '+49 151 2345678');
    await add('brien', 'Pat', "O'Brien", 'pat.brien@example.com', '0151/2345 999');
    await add('percent', '50% Off', 'a_b', 'deal@example.com');
    await add('comma', 'a,b', '(x)', 'comma@example.com', '(030) 12-34');
    await add('slash', 'back\\slash', '<b>bold</b>', 'slash@example.com');
    await add('star', 'Star*', 'axb', 'star@example.com');
    await add('emoji', 'Party 🎉', 'Mc🦄Corn', 'party@example.com');
    await add('arabic', 'محمد', 'الأحمد', 'mohammed@example.com');
    await add('chinese', '小明', '李', 'xiaoming@example.com');
    await add('anna', 'Anna Maria', 'Larsen', 'anna@example.com', '491512345000');
    await add('hannah', 'Hannah', 'Larsen', 'hannah@example.com');
  });
  after(() => site.close());

  const found = async (search: string) => {
    const rows = (await site.list({ filters: { search }, limit: 100 })).rows.map((row) => row.id);
    assert.equal((await site.count({ search })).value, rows.length);
    return Object.keys(id).filter((name) => rows.includes(id[name]!));
  };

  for (const [search, names] of [
    ['zoe', ['zoe']],
    ['ZOË', ['zoe']],
    ['Zoe\u0308', ['zoe']],
    ['zolc', ['zoe']],
    ['muller zoe', ['zoe']],
    ['Anna Maria Larsen', ['anna']],
    ['larsen  anna', ['anna', 'hannah']],
    ['anna@exa', ['anna']],
    ['a,b', ['comma']],
    ['(x)', ['comma']],
    ['(', ['comma']],
    [',', ['comma']],
    ['50%', ['percent']],
    ['%', ['percent']],
    ['a_b', ['percent']],
    ['_', ['percent']],
    ['\\', ['slash']],
    ['k\\s', ['slash']],
    ['*', ['star']],
    ["'", ['brien']],
    ["O'Brien", ['brien']],
    ['O’Brien', ['brien']],
    ['<b>', ['slash']],
    ['🎉', ['emoji']],
    ['🦄', ['emoji']],
    ['محمد', ['arabic']],
    ['李', ['chinese']],
    ['小明 李', ['chinese']],
    ['or 1=1', []],
    ["x' or '1'='1", []],
    ['x'.repeat(500), []],
  ] as [string, string[]][]) {
    it(`for ${search.slice(0, 30)} finds ${names.join(' and ') || 'nobody'}`, async () => {
      assert.deepEqual(await found(search), names);
    });
  }

  it('matches one or two letters at the start of a word, more anywhere', async () => {
    assert.deepEqual(await found('an'), ['anna']);
    assert.deepEqual(await found('ann'), ['anna', 'hannah']);
    assert.deepEqual(await found('p'), ['brien', 'emoji']);
    assert.deepEqual(await found('la'), ['anna', 'hannah']);
  });

  it('finds a phone number however it is typed', async () => {
    assert.deepEqual(await found('+49 151 2345'), ['zoe', 'anna']);
    assert.deepEqual(await found('491512345678'), ['zoe']);
    assert.deepEqual(await found('0151/2345'), ['zoe', 'brien', 'anna']);
    assert.deepEqual(await found('0049 151 2345678'), ['zoe']);
    assert.deepEqual(await found('030 1234'), ['comma']);
    assert.deepEqual(await found('(030) 12-34'), ['comma']);
    assert.deepEqual(await found('zoe +49 151'), ['zoe']);
    assert.deepEqual(await found('larsen 0151 2345'), ['anna']);
  });

  it('for blanks only is no search', async () => {
    for (const search of ['', ' ', '\t \n', '\u00a0'])
      assert.equal((await found(search)).length, Object.keys(id).length, JSON.stringify(search));
  });

  it('narrows the filters and never widens them', async () => {
    const filters = { search: 'larsen', status: ['guest' as const] };
    assert.deepEqual((await site.list({ filters })).rows, []);
  });

  it('takes a text of many words', async () => {
    const search = Array.from({ length: 250 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join(' ');
    assert.deepEqual(await found(search), []);
    assert.deepEqual(await found('a '.repeat(250)), ['percent', 'comma', 'star', 'anna']);
  });
});

for (const timeZone of ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia']) {
  describe(`days in ${timeZone}`, () => {
    let site: ListSite;
    before(async () => {
      site = await ListSite.open(timeZone);
      for (const [index, local] of [
        '2026-05-30 23:59:59.999',
        '2026-05-31 00:00:00',
        '2026-05-31 12:00:00',
        '2026-05-31 23:59:59.999999',
        '2026-06-01 00:00:00',
      ].entries()) {
        const [row] = await site.sql`select (${local}::timestamp at time zone ${timeZone})::text as moment`;
        const added = await site.add({ email: `day${index}@example.com`, created_at: row!.moment as string });
        await site.sql`update public.mod_ecommod01_customers
          set orders_count = 1, last_order_date = created_at where site_id = ${site.id} and id = ${added}`;
      }
    });
    after(() => site.close());

    it('are whole, the last one included', async () => {
      const emails = async (filters: Record<string, string>) =>
        (await site.list({ filters, direction: 'asc' })).rows.map((row) => row.email.slice(0, 4));
      for (const [from, to] of [
        ['dateFrom', 'dateTo'],
        ['lastOrderFrom', 'lastOrderTo'],
      ] as const) {
        assert.deepEqual(await emails({ [from]: '2026-05-31', [to]: '2026-05-31' }), [
          'day1',
          'day2',
          'day3',
        ]);
        assert.deepEqual(await emails({ [to]: '2026-05-31' }), ['day0', 'day1', 'day2', 'day3']);
        assert.deepEqual(await emails({ [from]: '2026-05-31' }), ['day1', 'day2', 'day3', 'day4']);
      }
      assert.equal((await referenceIds(site, { dateTo: '2026-05-31' })).length, 4);
    });
  });
}
