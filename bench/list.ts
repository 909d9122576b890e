import { customerSorts, type CustomerFilters } from '../src/model/filters.ts';
import { startBackend } from '../scripts/backend/start.ts';
import { Api, withFloor } from './api.ts';
import { measureCases, milliseconds, printCases, type Case, type MeasuredCases } from './cases.ts';

const rowsPerPage = 25;

/** The list at a million customers in one site: rows, searches, counts, pages and statistics, as the viewer. */
export async function benchList({ customers }: { customers: number }): Promise<number> {
  const backend = await startBackend({ customers, onProgress: (message) => console.log(message) });
  const api = new Api(backend);
  try {
    return await withFloor(backend, api, async (floor) => {
      const cases = await listCases(api);
      const measured = await measureCases(floor, cases);
      return report(customers, measured);
    });
  } finally {
    api.close();
    await backend.stop();
  }
}

async function listCases(api: Api): Promise<Case[]> {
  const p_site = api.siteId;
  const list = (filters: CustomerFilters, more: object = {}) =>
    api.rpc<{ next: string | null }>('mod_ecommod01_list_customers', {
      p_site,
      p_filters: filters,
      p_limit: rowsPerPage,
      ...more,
    });
  const count = (filters: CustomerFilters) =>
    api.rpc('mod_ecommod01_count_customers', { p_site, p_filters: filters });
  const prepare = (filters: CustomerFilters, sort: string) =>
    api.rpc<{ value: number }>('mod_ecommod01_prepare_pages', { p_site, p_filters: filters, p_sort: sort });
  const groups = await api.rpc<{ rows: { id: string; member_count: number }[] }>(
    'mod_ecommod01_list_groups',
    { p_site },
  );
  const [twentyThousand] = [...groups.rows].sort(
    (a, b) => Math.abs(a.member_count - 20_000) - Math.abs(b.member_count - 20_000),
  );
  if (!twentyThousand) throw new Error('The seeded site has no group.');
  const group = [twentyThousand.id];

  const cases: Case[] = [];
  for (const sort of customerSorts) {
    for (const direction of ['asc', 'desc']) {
      cases.push({
        name: `first page by ${sort} ${direction}`,
        budget: { ratio: 2 },
        run: () => list({}, { p_sort: sort, p_direction: direction }),
        ...(sort === 'created_at' &&
          direction === 'desc' && { usual: () => usualPage(api, `order=created_at.desc`, 0) }),
      });
    }
  }

  const searches: [string, string, number][] = [
    ['nobody', 'zzqqy', 5],
    ['rare', 'ackerbach', 5],
    ['0.2 %', 'bjarnadottir', 5],
    ['0.6 %', 'annegret', 5],
    ['5 %', 'anna', 5],
    ['10 %', 'smith', 5],
    ['25 %', 'example.com', 5],
    ['one letter', 'a', 5],
    ['two letters', 'an', 5],
    ['two words', 'anna smith', 12],
    ['two rare words', 'annegret smith', 12],
  ];
  for (const [name, search, ratio] of searches) {
    cases.push({
      name: `search ${name} (${search}), newest`,
      budget: { ratio },
      run: () => list({ search }),
      ...(['nobody', 'rare', '10 %'].includes(name) && { usual: () => usualSearch(api, search) }),
    });
  }
  for (const search of ['ackerbach', 'annegret', 'anna', 'smith']) {
    cases.push(
      {
        name: `search ${search} with a tag`,
        budget: { ratio: 5 },
        run: () => list({ search, tags: ['fragile'] }),
      },
      {
        name: `search ${search} with a status`,
        budget: { ratio: 12 },
        run: () => list({ search, status: ['inactive'] }),
      },
      {
        name: `search ${search}, spent top 1 %`,
        budget: { ratio: 12 },
        run: () => list({ search, minSpent: 134_913 }),
      },
      {
        name: `search ${search} in a group of 20,000`,
        budget: { ratio: 12 },
        run: () => list({ search, group }),
      },
    );
  }
  for (const search of ['ackerbach', 'annegret', 'anna', 'smith', 'muller', 'maria']) {
    cases.push({
      name: `search ${search}, by name`,
      budget: { ms: 100 },
      run: () => list({ search }, { p_sort: 'name', p_direction: 'asc' }),
    });
  }

  const counts: CustomerFilters[] = [
    {},
    { status: ['active'] },
    { group },
    { tags: ['fragile'] },
    { minSpent: 134_913 },
    { search: 'ackerbach' },
    { search: 'annegret' },
    { search: 'anna' },
    { search: 'smith' },
    { search: 'example.com', status: ['inactive'] },
    { search: 'anna smith' },
    { search: 'anna', group },
  ];
  for (const filters of counts) {
    const shown = JSON.stringify(filters).replace(twentyThousand.id, '20,000');
    cases.push({ name: `count ${shown}`, budget: { ms: 350 }, run: () => count(filters) });
  }

  const jumps: [CustomerFilters, string][] = [
    [{}, 'created_at'],
    [{}, 'name'],
    [{ status: ['active'] }, 'created_at'],
    [{ search: 'smith' }, 'total_spent'],
    [{ group }, 'created_at'],
  ];
  for (const [filters, sort] of jumps) {
    const { value } = await prepare(filters, sort);
    const middle = Math.ceil(value / rowsPerPage / 2);
    const label = `${JSON.stringify(filters).replace(twentyThousand.id, '20,000')} by ${sort}`;
    const { next } = await list(filters, { p_sort: sort });
    const at = (page: object) => () => list(filters, { p_sort: sort, ...page });
    cases.push(
      { name: `page 2 of ${label}`, budget: { ratio: 2 }, run: at({ p_cursor: next }) },
      {
        name: `page ${middle} of ${label}`,
        budget: { ratio: 2 },
        run: at({ p_page: middle }),
        ...(Object.keys(filters).length === 0 && {
          usual: () =>
            usualPage(api, `order=${sort === 'name' ? 'first_name,last_name' : sort}`, middle * rowsPerPage),
        }),
      },
      { name: `last page of ${label}`, budget: { ratio: 2 }, run: at({ p_page: -1 }) },
    );
  }

  cases.push({
    name: 'statistics',
    budget: { ratio: 1.5 },
    run: () => api.rpc('mod_ecommod01_get_stats', { p_site }),
  });
  return cases;
}

/** What lists over PostgREST mostly do: OFFSET, and the exact count with the rows. */
function usualPage(api: Api, order: string, offset: number): Promise<unknown> {
  return timedOut(
    api.get(
      `/mod_ecommod01_customers?site_id=eq.${api.siteId}&${order}&limit=${rowsPerPage}&offset=${offset}`,
      'count=exact',
    ),
  );
}

function usualSearch(api: Api, search: string): Promise<unknown> {
  const columns = ['first_name', 'last_name', 'email', 'phone'].map(
    (column) => `${column}.ilike.*${search}*`,
  );
  return usualPage(api, `or=(${columns.join(',')})&order=created_at.desc`, 0);
}

/** A statement timeout is an answer too: the time it took. */
function timedOut(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch((error: Error) => {
    if (!error.message.includes('57014')) throw error;
  });
}

function report(customers: number, measured: MeasuredCases): number {
  const missed = printCases(
    `${customers.toLocaleString('en')} customers, ${rowsPerPage} rows a page`,
    measured,
  );
  const counts = measured.cases.filter(({ of }) => of.name.startsWith('count ')).map(({ p50 }) => p50);
  const median = counts.sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? NaN;
  console.log(
    `${milliseconds(median)}${''.padStart(16)}  ${(median > 50 ? '✗ ' : '✓ ') + '50 ms'}`.padEnd(45) +
      'median of the counts',
  );
  return missed + (median > 50 ? 1 : 0);
}
