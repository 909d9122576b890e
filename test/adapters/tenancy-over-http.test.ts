import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Sql } from 'postgres';
import { connect } from '../../scripts/backend/postgres.ts';
import { useBackend, type SharedBackend } from '../backend.ts';

// Everything that PostgREST exposes is read from the catalog, so that a new table or function can't be forgotten.

interface ExposedFunction {
  name: string;
  arguments: { name: string; type: string; hasDefault: boolean }[];
}

let backend: SharedBackend;
let sql: Sql;
let functions: ExposedFunction[];
let relations: string[];

before(async () => {
  backend = await useBackend();
  sql = connect(backend.dbUrl, { max: 1 });
  functions = await sql<ExposedFunction[]>`
    select p.proname as name, (
      select coalesce(json_agg(json_build_object(
        'name', p.proargnames[i], 'type', p.proargtypes[i - 1]::regtype::text, 'hasDefault', i > p.pronargs - p.pronargdefaults
      ) order by i), '[]')
      from generate_series(1, p.pronargs) i
    ) as arguments
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname`;
  relations = (
    await sql<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') order by relname`
  ).map(({ name }) => name);
});
after(() => sql.end());

/** Nobody signed in, and somebody of another shop. */
const strangers = {
  anon: () => backend.anonKey,
  outsider: () => backend.tokens.outsider,
};

for (const [who, token] of Object.entries(strangers)) {
  test(`${who} gets nothing from any function and changes nothing`, async () => {
    const ours = functions.filter(({ name }) => name.startsWith('mod_ecommod01_'));
    assert.ok(ours.length >= 11, 'the functions are there');
    const before = await fingerprint();
    for (const { name, arguments: all } of functions) {
      for (const only of ['required', 'all'] as const) {
        const body = Object.fromEntries(
          all
            .filter((argument) => only === 'all' || !argument.hasDefault)
            .map((argument) => [argument.name, sampleOf(argument)]),
        );
        const answer = await request(`rpc/${name}`, token(), { method: 'POST', body: JSON.stringify(body) });
        const text = await answer.text();
        // 404 where the role has no right to execute it and PostgREST doesn't even show it.
        assert.ok([401, 403, 404].includes(answer.status), `${name} answered ${answer.status} ${text}`);
        assert.doesNotMatch(text, /@shop|@example/, `${name} tells of somebody`);
      }
    }
    assert.deepEqual(await fingerprint(), before);
  });

  test(`${who} reads no row of the shop from any table, and writes none`, async () => {
    const before = await fingerprint();
    for (const relation of relations) {
      const read = await request(`${relation}?limit=5`, token());
      const rows = read.ok ? ((await read.json()) as Record<string, unknown>[]) : [];
      const foreign = rows.filter((row) => (row.site_id ?? row.id) !== backend.otherSiteId);
      assert.deepEqual(who === 'anon' ? rows : foreign, [], `${relation} shows rows`);
      for (const method of ['POST', 'PATCH', 'DELETE']) {
        const path = method === 'POST' ? relation : `${relation}?${await anyColumn(relation)}=not.is.null`;
        const body = method === 'DELETE' ? {} : { body: JSON.stringify({ site_id: backend.siteId }) };
        const answer = await request(path, token(), { method, ...body });
        assert.ok(answer.status >= 400, `${method} ${relation} answered ${answer.status}`);
      }
    }
    assert.deepEqual(await fingerprint(), before);
  });
}

test('a foreign site and one that does not exist are refused in the same words', async () => {
  const answers = await Promise.all(
    [backend.siteId, crypto.randomUUID()].map(async (site) => {
      const answer = await request('rpc/mod_ecommod01_get_stats', backend.tokens.outsider, {
        method: 'POST',
        body: JSON.stringify({ p_site: site }),
      });
      return { status: answer.status, body: await answer.json() };
    }),
  );
  assert.equal(answers[0]?.status, 403);
  assert.deepEqual(answers[0], answers[1]);
});

test('a viewer changes nothing, whatever is called', async () => {
  const before = await fingerprint();
  let refused = 0;
  for (const { name, arguments: all } of functions) {
    const body = Object.fromEntries(all.map((argument) => [argument.name, sampleOf(argument)]));
    const answer = await request(`rpc/${name}`, backend.tokens.viewer, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (answer.status === 403) refused++;
    await answer.text();
  }
  assert.ok(refused > 0, 'the writing functions refuse a viewer');
  assert.deepEqual(await fingerprint(), before);
});

function request(path: string, token: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${backend.url}/rest/v1/${path}`, {
    ...init,
    headers: {
      apikey: backend.anonKey,
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    },
  });
}

/** A value that a function would take from somebody who may call it; the site is always the foreign one. */
function sampleOf({ name, type }: ExposedFunction['arguments'][number]): unknown {
  if (name === 'p_site') return backend.siteId;
  const sample = samples[name] ?? samples[type];
  assert.ok(sample !== undefined, `no sample for the argument ${name} ${type}`);
  return sample;
}

const id = '0190c1b0-0000-7000-8000-00000000ffff';
const samples: Record<string, unknown> = {
  uuid: id,
  'uuid[]': [id],
  text: 'x',
  'text[]': ['x'],
  integer: 1,
  bigint: 1,
  numeric: 1,
  boolean: false,
  json: {},
  jsonb: {},
  'timestamp with time zone': '2026-01-01T00:00:00Z',
  p_sort: 'name',
  p_direction: 'asc',
  p_kind: 'import',
  p_rows: [{ row: 2, email: 'intruder@intruder.test' }],
  p_rejected: [],
};

/** Changes with any row of ours or the host's. Sampled pages are a cache that a viewer may fill. */
async function fingerprint(): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const relation of relations) {
    const [row] = await sql<{ print: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as print
      from public.${sql(relation)} t`;
    prints[relation] = row?.print ?? '';
  }
  return prints;
}

async function anyColumn(relation: string): Promise<string> {
  const [column] = await sql<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = ${`public.${relation}`}::regclass and attnum > 0 and not attisdropped order by attnum limit 1`;
  return column?.name ?? 'id';
}
