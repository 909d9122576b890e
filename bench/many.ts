import { randomUUID } from 'node:crypto';
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { Sql } from 'postgres';
import { connect } from '../scripts/backend/postgres.ts';
import { startBackend, type Backend } from '../scripts/backend/start.ts';
import { rowsOfChunk, type ExportField } from '../src/model/export.ts';
import type { ImportRow } from '../src/model/import.ts';
import type { Operation } from '../src/model/operations.ts';
import { Api } from './api.ts';
import type { ExportAnswer, ExportAsked } from './browser/export-page.ts';
import type { ImportAnswer, ImportAsked } from './browser/import-page.ts';
import { runPage } from './browser/run-page.ts';

/** Steps on their way at the same time, as the elements send them. */
const inFlight = 2;
const perStep = 1000;

interface Line {
  what: string;
  rows: number;
  seconds: number;
  /** At least so many times the floor's rate. */
  budget?: number;
}

/** Many rows at once, in ratio to COPY: what Postgres itself does with the same rows, indexes and triggers. */
async function bench(
  title: string,
  customers: number,
  run: (backend: Backend, sql: Sql, api: Api) => Promise<{ floor: Line; lines: Line[] }>,
): Promise<number> {
  const backend = await startBackend({
    customers,
    fresh: true,
    onProgress: (message) => console.log(message),
  });
  const sql = connect(backend.dbUrl, { max: 2 });
  const api = new Api(backend, { token: backend.tokens.editor, connections: inFlight });
  try {
    const { floor, lines } = await run(backend, sql, api);
    return report(title, floor, lines);
  } finally {
    api.close();
    await sql.end();
    await backend.stop();
  }
}

/** Records brought in by the RPCs, new, unchanged and changed, beside COPY and two requests a row. */
export function benchImport({ customers }: { customers: number }): Promise<number> {
  const count = Math.min(customers, 100_000);
  return bench(`Import of ${count.toLocaleString('en')} records`, 2_000, async (backend, sql, api) => {
    const rows = people(count, 'import');
    const floor = await timed('COPY, one stream', count, () =>
      copyIn(sql, backend.otherSiteId, people(count, 'copied')),
    );
    await sql`vacuum analyze mod_ecommod01_customers`;
    const lines = [
      await timed('new', count, () => importAll(api, rows), 1.2),
      await timed('the same again, unchanged', count, () => importAll(api, rows)),
      await timed('every one changed, with before and after', count, () =>
        importAll(
          api,
          rows.map((row) => ({ ...row, last_name: `${row.last_name} II` })),
        ),
      ),
      await timed('a dry run that changes every one', Math.min(count, 20_000), () =>
        inTurn(rows.slice(0, 20_000), (part) =>
          api.rpc('mod_ecommod01_dry_run_import', {
            p_site: api.siteId,
            p_options: {},
            p_rows: part.map((row) => ({ ...row, first_name: 'Tried' })),
          }),
        ),
      ),
      await fromFile(backend, people(count, 'file')),
      await timed('the usual way: two requests a row', 1_000, () =>
        usualImport(backend, people(1_000, 'usual')),
      ),
    ];
    return { floor, lines };
  });
}

/** New records from a CSV file in a page: read, mapped, checked and sent. */
async function fromFile(backend: Backend, rows: readonly ImportRow[]): Promise<Line> {
  const lines = rows.map(({ email, first_name, last_name, phone, tags }) =>
    [email, first_name, last_name, phone, tags?.join(' ')].join(','),
  );
  const csv = ['Email,First Name,Last Name,Phone,Tags', ...lines].join('\n');
  const run = await runPage<ImportAsked, ImportAnswer>(backend, 'import-page', { csv });
  if (run.rows !== rows.length) throw new Error(`${run.rows} of ${rows.length} customers were made.`);
  console.log(`of a page's import, reading and checking: ${run.reading.toFixed(1)} s`);
  console.log(`memory of the tab: ${run.memory.map((size) => Math.round(size)).join(' ')} MB`);
  return { what: 'a page, from a CSV file: new', rows: run.rows, seconds: run.seconds, budget: 0.9 };
}

/** A tag for everybody who matches, its undo, and the same by a request a row. */
export function benchBulk({ customers }: { customers: number }): Promise<number> {
  const count = Math.min(customers, 100_000);
  return bench(`A tag for ${count.toLocaleString('en')} customers`, count, async (backend, sql, api) => {
    const tag = (name: string) =>
      sql`update mod_ecommod01_customers set tags = tags || ${name}::text where site_id = ${backend.siteId}`;
    const floor = await timed('one UPDATE in SQL, without history', count, () => tag('floor'));
    await sql`vacuum analyze mod_ecommod01_customers`;
    let started = 0;
    let id = '';
    const lines = [
      await timed('settling who matches', count, async () => {
        const operation = await start(api, 'add_tags', { tags: ['bench'] });
        ({ id } = operation);
        started = operation.steps.total ?? 0;
      }),
      await timed('the steps', count, () => steps(api, id, started)),
    ];
    lines.push(
      await timed('undo, all of it', count, async () => {
        const undo = randomUUID();
        await api.rpc('mod_ecommod01_undo_operation', { p_site: api.siteId, p_operation: undo, p_id: id });
        await steps(api, undo, started);
      }),
      await timed('the usual way: a request a row', 1_000, async () => {
        const ids = await sql<{ id: string }[]>`
          select id from mod_ecommod01_customers where site_id = ${backend.siteId} limit 1000`;
        const service = new Api(backend, { token: backend.serviceKey });
        for (const row of ids) {
          await service.send('PATCH', `/mod_ecommod01_customers?id=eq.${row.id}`, { tags: ['usual'] });
        }
        service.close();
      }),
    );
    return { floor, lines };
  });
}

/** Everybody read out, by ordered COPY and by the chunks of an export. */
export function benchExport({ customers }: { customers: number }): Promise<number> {
  return bench(
    `Export of ${customers.toLocaleString('en')} customers`,
    customers,
    async (backend, _sql, api) => {
      const columns = 'first_name, last_name, email, phone, status, orders_count, total_spent';
      // A connection each: postgres.js may wait for ever for a second COPY on one that has had one.
      const out = async (order: string) => {
        const own = connect(backend.dbUrl, { max: 1 });
        const stream = await own
          .unsafe(
            `copy (select ${columns} from mod_ecommod01_customers where site_id = '${backend.siteId}' and deleted_at is null ${order}) to stdout`,
          )
          .readable();
        // Flowing: postgres.js doesn't go on with a stream that was paused.
        await finished(stream.resume());
        await own.end({ timeout: 1 });
      };
      await out('');
      const floor = await timed('COPY, ordered by id', customers, () => out('order by id'));
      const fields = columns.split(', ');
      const lines = [
        await timed('COPY, as it comes', customers, () => out('')),
        await timed(
          'to lines in memory: settling and chunks',
          customers,
          () => exportAll(api, fields, customers),
          0.7,
        ),
        await timed('with tags, groups, both addresses and metadata', customers, () =>
          exportAll(
            api,
            [...fields, 'tags', 'groups', 'metadata', 'billing_city', 'shipping_city', 'created_at'],
            customers,
          ),
        ),
      ];
      let settled = 0;
      lines.push(
        await timed('settling alone', customers, async () => {
          settled = (await start(api, 'export', { fields })).asked;
        }),
      );
      if (settled !== customers) throw new Error(`Settled ${settled} of ${customers} customers.`);
      for (const [format, budget] of [['csv', 0.7], ['xlsx']] as const) {
        const asked: ExportAsked = { fields: fields as ExportField[], format };
        const { rows, seconds, bytes, memory } = await runPage<ExportAsked, ExportAnswer>(
          backend,
          'export-page',
          asked,
        );
        if (rows !== customers) throw new Error(`The file has ${rows} of ${customers} customers.`);
        const what = `a page, to a file of ${Math.round(bytes / 1024 / 1024)} MB: ${format}`;
        lines.push({ what, rows, seconds, ...(budget !== undefined && { budget }) });
        console.log(`memory of the tab, ${format}: ${memory.map((size) => Math.round(size)).join(' ')} MB`);
      }
      return { floor, lines };
    },
  );
}

async function timed(
  what: string,
  rows: number,
  run: () => Promise<unknown>,
  budget?: number,
): Promise<Line> {
  const begun = performance.now();
  await run();
  return { what, rows, seconds: (performance.now() - begun) / 1000, ...(budget !== undefined && { budget }) };
}

function people(count: number, name: string): ImportRow[] {
  return Array.from({ length: count }, (_, index) => ({
    row: index + 2,
    email: `${name}.${index}@example.com`,
    first_name: `Given${index % 997}`,
    last_name: `Family${index % 4999}`,
    phone: `+4915${String(100_000_000 + index)}`,
    tags: index % 10 === 0 ? ['newsletter'] : [],
  }));
}

async function copyIn(sql: Sql, site: string, rows: ImportRow[]): Promise<void> {
  const into =
    await sql`copy mod_ecommod01_customers (site_id, first_name, last_name, email, phone, tags) from stdin`.writable();
  const lines = rows.map(
    ({ first_name, last_name, email, phone, tags = [] }) =>
      `${[site, first_name, last_name, email, phone, `{${tags.join(',')}}`].join('\t')}\n`,
  );
  await pipeline(Readable.from(lines), into);
}

async function importAll(api: Api, rows: ImportRow[]): Promise<void> {
  const p_id = randomUUID();
  const p_site = api.siteId;
  await api.rpc('mod_ecommod01_start_operation', { p_site, p_id, p_kind: 'import', p_asked: rows.length });
  await inTurn(rows, (part, p_step) =>
    api.rpc('mod_ecommod01_step_operation', { p_site, p_id, p_step, p_rows: part }),
  );
  await api.rpc('mod_ecommod01_finish_operation', { p_site, p_id });
}

/** What scripts over PostgREST mostly do: look for the e-mail, then insert. */
async function usualImport(backend: Backend, rows: ImportRow[]): Promise<void> {
  const service = new Api(backend, { token: backend.serviceKey });
  for (const { email, first_name, last_name, phone, tags } of rows) {
    await service.get(
      `/mod_ecommod01_customers?select=id&site_id=eq.${backend.siteId}&email=eq.${email}`,
      '',
    );
    await service.send('POST', '/mod_ecommod01_customers', {
      ...{ site_id: backend.siteId, email, first_name, last_name, phone, tags },
    });
  }
  service.close();
}

function start(api: Api, kind: string, options: object): Promise<Operation> {
  return api.rpc('mod_ecommod01_start_operation', {
    p_site: api.siteId,
    p_id: randomUUID(),
    p_kind: kind,
    p_options: options,
    p_customers: { filters: {} },
  });
}

async function steps(api: Api, p_id: string, total: number): Promise<void> {
  const p_site = api.siteId;
  await each(total, (p_step) => api.rpc('mod_ecommod01_step_operation', { p_site, p_id, p_step }));
  await api.rpc('mod_ecommod01_finish_operation', { p_site, p_id });
}

async function exportAll(api: Api, fields: string[], expected: number): Promise<void> {
  const { id: p_id, steps: parts } = await start(api, 'export', { fields });
  const p_site = api.siteId;
  let rows = 0;
  await each(parts.total ?? 0, async (p_step) => {
    const lines = await api.text('mod_ecommod01_export_chunk', { p_site, p_id, p_step });
    rows += rowsOfChunk(lines).length;
  });
  await api.rpc('mod_ecommod01_finish_operation', { p_site, p_id });
  if (rows !== expected) throw new Error(`Read ${rows} of ${expected} customers.`);
}

async function inTurn<T>(all: T[], send: (part: T[], step: number) => Promise<unknown>): Promise<void> {
  await each(Math.ceil(all.length / perStep), (step) =>
    send(all.slice(step * perStep, (step + 1) * perStep), step),
  );
}

/** Two at a time. */
async function each(total: number, work: (step: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < total) await work(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

function report(title: string, floor: Line, lines: Line[]): number {
  const rate = ({ rows, seconds }: Line) => rows / seconds;
  const missed = (line: Line) => line.budget !== undefined && rate(line) / rate(floor) < line.budget;
  console.log(`
${title}, ${inFlight} requests in flight, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}

${'rows/s'.padStart(10)}${'seconds'.padStart(9)}${'ratio'.padStart(8)}  budget`);
  for (const line of [floor, ...lines]) {
    const budget = line.budget === undefined ? '' : `${missed(line) ? '✗' : '✓'} ${line.budget}`;
    console.log(
      Math.round(rate(line)).toLocaleString('en').padStart(10) +
        line.seconds.toFixed(2).padStart(9) +
        (rate(line) / rate(floor)).toFixed(2).padStart(8) +
        `  ${budget}`.padEnd(9) +
        `  ${line.what}`,
    );
  }
  return lines.filter(missed).length;
}
