import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { customerSorts, type CustomerFilters } from '../../src/model/filters.ts';
import { referenceIds } from './list-reference.ts';
import { ListSite } from './list-site.ts';

/*
 * Lists by groups that rules fill, in a site large enough that they are planned: walked, collected by their indexes,
 * and put together from members by hand and by rule.
 */

let site: ListSite;
const rules: Record<string, CustomerFilters> = {
  rare: { tags: ['rare'] },
  wide: { status: ['inactive'], acceptsMarketing: true },
  spent: { minSpent: 5000, hasOrders: true },
};
const groups: Record<string, string> = {};
/** Ids of customers put in and kept out by hand. */
const putIn: string[] = [];
const keptOut: string[] = [];

before(async () => {
  site = await ListSite.open('Asia/Kathmandu');
  await site.fill(9000);
  const { sql, id } = site;
  for (const [name, rule] of Object.entries(rules)) {
    for (const pinned of ['', ' by hand']) {
      const group = randomUUID();
      groups[name + pinned] = group;
      await sql`insert into public.mod_ecommod01_customer_groups (site_id, id, name, rule)
        values (${id}, ${group}, ${`${name}${pinned}`}, ${JSON.stringify(rule)}::text::jsonb)`;
    }
  }
  const all = await referenceIds(site, {});
  const rare = await referenceIds(site, rules.rare ?? {});
  putIn.push(...all.filter((_, index) => index % 700 === 3));
  keptOut.push(...[...rare.slice(0, 4), ...all.slice(40, 60)].filter((one) => !putIn.includes(one)));
  for (const name of Object.keys(rules)) {
    const group = groups[`${name} by hand`] as string;
    for (const [table, ids] of [
      ['members', putIn],
      ['exclusions', keptOut],
    ] as const) {
      await sql`insert into ${sql(`public.mod_ecommod01_customer_group_${table}`)} (site_id, customer_id, group_id)
        select ${id}, c, ${group} from unnest(${ids}::uuid[]) c`;
    }
  }
});
after(() => site.close());

/** Who is in a group, in words of the plainest SQL. */
async function membersOf(name: string): Promise<Set<string>> {
  const byRule = await referenceIds(site, rules[name.replace(' by hand', '')] ?? {});
  if (!name.endsWith(' by hand')) return new Set(byRule);
  return new Set([...byRule.filter((one) => !keptOut.includes(one)), ...putIn]);
}

for (const name of ['rare', 'wide', 'spent', 'rare by hand', 'wide by hand', 'spent by hand']) {
  test(`the group "${name}" lists its members by every sort, both ways, and counts them`, async () => {
    const members = await membersOf(name);
    const filters = { group: [groups[name] as string] };
    for (const sort of customerSorts) {
      for (const direction of ['asc', 'desc'] as const) {
        const expected = (await referenceIds(site, {}, sort, direction)).filter((one) => members.has(one));
        const { rows } = await site.list({ filters, sort, direction, limit: 50 });
        assert.deepEqual(
          rows.map((row) => row.id),
          expected.slice(0, 50),
          `${sort} ${direction}`,
        );
      }
    }
    assert.deepEqual(await site.count(filters), { value: members.size, exact: true });
    const pages = await site.walk({ filters, sort: 'name', direction: 'asc', limit: 100 }, 'next');
    const all = pages.flat();
    assert.deepEqual([all.length, new Set(all).size], [members.size, members.size]);
  });
}

test('several groups, with and without rules, beside other filters and a search, mean any of them', async () => {
  const plain = new Set(await referenceIds(site, { group: [site.groups[1]] }));
  for (const names of [
    ['rare', 'wide'],
    ['rare by hand', 'spent'],
    ['wide by hand', 'spent by hand', 'rare'],
  ]) {
    const members = new Set(plain);
    for (const name of names) for (const one of await membersOf(name)) members.add(one);
    const group = [site.groups[1], ...names.map((name) => groups[name] as string)];
    for (const more of [
      {},
      { search: 'quill' },
      { search: 'mara' },
      { country: ['DE'] },
    ] as CustomerFilters[]) {
      const expected = (await referenceIds(site, more)).filter((one) => members.has(one));
      const pages = await site.walk({ filters: { group, ...more }, limit: 100 }, 'next');
      assert.deepEqual(pages.flat(), expected, `${names.join(', ')} ${JSON.stringify(more)}`);
      assert.equal((await site.count({ group, ...more })).value, expected.length);
    }
  }
});

test('a far page that was prepared is the right one, also after a rule has changed', async () => {
  const filters = { group: [groups.wide as string] };
  const page = async (rule: CustomerFilters) => {
    const expected = await referenceIds(site, rule, 'name', 'asc');
    const found = await site.list({ filters, sort: 'name', direction: 'asc', limit: 10, page: 9 });
    assert.deepEqual(
      found.rows.map((row) => row.id),
      expected.slice(80, 90),
    );
    assert.equal((await site.count(filters)).value, expected.length);
  };
  await site.prepare(filters, 'name');
  await page(rules.wide ?? {});
  const rule: CustomerFilters = { status: ['inactive'], acceptsMarketing: false };
  await site.sql`update public.mod_ecommod01_customer_groups
    set rule = ${JSON.stringify(rule)}::text::jsonb, membership_version = membership_version + 1000000000
    where site_id = ${site.id} and id = ${groups.wide as string}`;
  await page(rule);
});
