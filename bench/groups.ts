import { cpus } from 'node:os';
import { startBackend, type Backend } from '../scripts/backend/start.ts';
import { connect } from '../scripts/backend/postgres.ts';
import type { CustomerFilters } from '../src/model/filters.ts';
import type { GroupRule } from '../src/model/groups.ts';
import { Api, withFloor } from './api.ts';
import { measure } from './measure.ts';

const rowsPerPage = 25;

/** Fifty rules of every kind that a list can be narrowed by; few and many customers are meant. */
const rules: GroupRule[] = [
  { minSpent: 134_913 },
  { lastOrderFrom: '-30d' },
  { tags: ['fragile'] },
  { status: ['inactive'] },
  { status: ['active'], acceptsMarketing: true },
  ...Array.from({ length: 15 }, (_, index): GroupRule => ({ minOrders: index + 1, acceptsMarketing: true })),
  ...Array.from({ length: 15 }, (_, index): GroupRule => ({ minSpent: index * 10_000, maxOrders: 5 })),
  ...Array.from({ length: 15 }, (_, index): GroupRule => ({
    lastOrderTo: `-${index * 30}d`,
    hasOrders: true,
  })),
];

/** Fifty groups with rules: badges of a page, all counts, lists by them, and what a new rule would do. */
export async function benchGroups({ customers }: { customers: number }): Promise<number> {
  const backend = await startBackend({ customers, onProgress: (message) => console.log(message) });
  const api = new Api(backend);
  try {
    return await withFloor(backend, api, async (floor) => {
      const ids = await addRules(backend);
      const { p50: constant } = await measure(floor, 201, 50);
      console.log(`
${customers.toLocaleString('en')} customers, ${rules.length} groups with rules, ${rowsPerPage} rows a page, \
${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}
Floor, one constant through the same API: ${constant.toFixed(2)} ms
`);
      let missed = 0;
      for (const { name, budget, run } of await groupCases(api, ids)) {
        const { p50: first } = await measure(run, 3);
        const { p50, p95 } = await measure(run, first > 50 ? 9 : 41);
        const isMissed = 'ratio' in budget ? p50 / constant > budget.ratio : p50 > budget.ms;
        missed += Number(isMissed);
        const allowed = 'ratio' in budget ? `${budget.ratio} ×` : `${budget.ms} ms`;
        console.log(
          `${p50.toFixed(1).padStart(8)} ms  p95 ${p95.toFixed(1).padStart(7)}  ` +
            `${(p50 / constant).toFixed(1).padStart(6)} ×  ${isMissed ? '✗' : '✓'} ${allowed.padEnd(8)} ${name}`,
        );
      }
      return missed;
    });
  } finally {
    api.close();
    await backend.stop();
  }
}

/** Their ids, in the order of the rules; the first has somebody put in and somebody kept out. */
async function addRules(backend: Backend): Promise<string[]> {
  const sql = connect(backend.superuserUrl, { max: 1 });
  try {
    const ids: string[] = [];
    for (const [index, rule] of rules.entries()) {
      const [row] = await sql<{ id: string }[]>`
        insert into public.mod_ecommod01_customer_groups (site_id, name, rule)
        values (${backend.siteId}, ${`Rule ${index + 1}`}, ${JSON.stringify(rule)}::text::jsonb)
        returning id`;
      ids.push(row?.id ?? '');
    }
    for (const [table, order] of [
      ['members', 'asc'],
      ['exclusions', 'desc'],
    ] as const) {
      await sql.unsafe(`
        insert into public.mod_ecommod01_customer_group_${table} (site_id, customer_id, group_id)
        select site_id, id, '${ids[0] ?? ''}' from public.mod_ecommod01_customers
        where site_id = '${backend.siteId}' order by total_spent ${order} limit 20`);
    }
    await sql`analyze public.mod_ecommod01_customer_groups`;
    return ids;
  } finally {
    await sql.end();
  }
}

interface Case {
  name: string;
  /** At most so many times the floor, or so many milliseconds. */
  budget: { ratio: number } | { ms: number };
  run: () => Promise<unknown>;
}

async function groupCases(api: Api, ids: string[]): Promise<Case[]> {
  const p_site = api.siteId;
  const list = (filters: CustomerFilters, more: object = {}) =>
    api.rpc<{ rows: { id: string }[] }>('mod_ecommod01_list_customers', {
      p_site,
      p_filters: filters,
      p_limit: rowsPerPage,
      ...more,
    });
  const count = (filters: CustomerFilters) =>
    api.rpc('mod_ecommod01_count_customers', { p_site, p_filters: filters });
  const preview = (p_rule: GroupRule, p_group?: string) =>
    api.rpc('mod_ecommod01_preview_group_rule', { p_site, p_rule, ...(p_group && { p_group }) });
  const { rows } = await list({});
  const shown = rows.map(({ id }) => id);
  const [plain] = (
    await api.rpc<{ rows: { id: string; member_count: number | null }[] }>('mod_ecommod01_list_groups', {
      p_site,
      p_limit: 100,
    })
  ).rows.filter((group) => group.member_count);
  const named = [
    ['spent top 1 %, 20 put in and 20 kept out', 0],
    ['ordered in the last 30 days', 1],
    ['a tag', 2],
    ['a status', 3],
    ['most customers', 4],
  ] as const;
  const group = (index: number) => [ids[index] ?? ''];
  return [
    {
      name: 'groups by rule of a page',
      budget: { ratio: 3 },
      run: () => api.rpc('mod_ecommod01_list_rule_groups_of', { p_site, p_ids: shown }),
    },
    {
      name: 'all of them counted',
      budget: { ms: 500 },
      run: () => api.rpc('mod_ecommod01_count_rule_groups', { p_site }),
    },
    {
      name: 'one of them counted',
      budget: { ms: 100 },
      run: () => api.rpc('mod_ecommod01_count_rule_groups', { p_site, p_ids: group(0) }),
    },
    ...named.flatMap(([name, index]): Case[] => [
      { name: `list of ${name}, newest`, budget: { ratio: 12 }, run: () => list({ group: group(index) }) },
      {
        name: `list of ${name}, by name`,
        budget: { ms: 100 },
        run: () => list({ group: group(index) }, { p_sort: 'name', p_direction: 'asc' }),
      },
      { name: `count of ${name}`, budget: { ms: 350 }, run: () => count({ group: group(index) }) },
    ]),
    {
      name: 'list of a rule and a plain group, newest',
      budget: { ratio: 12 },
      run: () => list({ group: [...group(0), plain?.id ?? ''] }),
    },
    {
      name: 'list of a rule, searched',
      budget: { ratio: 12 },
      run: () => list({ group: group(1), search: 'anna' }),
    },
    { name: 'preview of a new group', budget: { ms: 1000 }, run: () => preview({ minSpent: 134_913 }) },
    {
      name: 'preview of another rule',
      budget: { ms: 1000 },
      run: () => preview({ status: ['active'] }, ids[4]),
    },
  ];
}
