import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Sql } from 'postgres';
import { connect } from '../../scripts/backend/postgres.ts';
import type { AdapterError } from '../../src/adapter/errors.ts';
import { errorFromPostgres } from '../../src/adapters/errors-from-postgres.ts';
import { createRpcAdapter, type RpcTransport } from '../../src/adapters/rpc.ts';
import { tokensFromCallback } from '../../src/adapters/supabase/access-tokens.ts';
import { supabaseTransport } from '../../src/adapters/supabase/supabase-adapter.ts';
import { useBackend, type SharedBackend } from '../backend.ts';
import { clientOf } from './site-over-http.ts';

let backend: SharedBackend;
let sql: Sql;
let call: RpcTransport;

before(async () => {
  backend = await useBackend();
  sql = connect(backend.dbUrl, { max: 1 });
  await sql.unsafe(`
    create function public.raise_for_test(p_state text, p_detail text default '') returns json
    language plpgsql volatile set search_path = '' as $$
    begin
      raise exception 'raised %', p_state using errcode = p_state, detail = p_detail, hint = 'a hint';
    end $$;
    create function public.sleep_for_test(p_seconds float) returns json
    language sql volatile set search_path = '' set statement_timeout = '1s'
    as $$ select to_json(pg_catalog.pg_sleep(p_seconds)::text) $$;
    grant execute on function public.raise_for_test, public.sleep_for_test to authenticated;
    notify pgrst, 'reload schema';`);
  call = transportOver();
  await answered();
});
after(async () => {
  await sql.unsafe(`
    drop function public.raise_for_test, public.sleep_for_test;
    notify pgrst, 'reload schema';`);
  await sql.end();
});

const transportOver = (fetchInstead?: typeof fetch): RpcTransport =>
  supabaseTransport(
    clientOf(backend, fetchInstead),
    tokensFromCallback(() => backend.tokens.admin),
  );

/** PostgREST takes a moment to see a new function. */
async function answered(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { code } = await failure(call('raise_for_test', { p_state: 'PT409' }, {}));
    if (code === 'conflict') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('PostgREST did not reload its schema');
}

async function failure(pending: Promise<unknown>): Promise<AdapterError> {
  try {
    await pending;
  } catch (error) {
    return error as AdapterError;
  }
  throw new Error('it answered');
}

const states = {
  PT403: 'forbidden',
  42501: 'forbidden',
  PT404: 'not_found',
  PT409: 'conflict',
  23505: 'conflict',
  23503: 'conflict',
  PT422: 'invalid',
  23514: 'invalid',
  23502: 'invalid',
  '22P02': 'invalid',
  22003: 'invalid',
  PT429: 'rate_limited',
  57014: 'unavailable',
  53300: 'unavailable',
  '08006': 'unavailable',
  '40P01': 'unavailable',
  XX000: 'unavailable',
  '42P01': 'unsupported',
  42883: 'unsupported',
} as const;
for (const [state, code] of Object.entries(states)) {
  test(`errors: ${state} is ${code}, through PostgREST and from PGlite alike`, async () => {
    const error = await failure(call('raise_for_test', { p_state: state }, {}));
    assert.equal(error.code, code);
    assert.match(error.message, new RegExp(`raised ${state}`));
    assert.match(error.hint ?? '', /a hint/);
    assert.equal(errorFromPostgres({ code: state, message: 'x' }).code, code);
  });
}

test('errors: invalid carries a message for each field, conflict the row as it is now', async () => {
  const fields = JSON.stringify({ fields: { email: 'too long' } });
  assert.deepEqual(
    (await failure(call('raise_for_test', { p_state: 'PT422', p_detail: fields }, {}))).fields,
    {
      email: 'too long',
    },
  );
  const current = JSON.stringify({ current: { version: 3 } });
  const conflict = await failure(call('raise_for_test', { p_state: 'PT409', p_detail: current }, {}));
  assert.deepEqual(conflict.current, { version: 3 });
});

test('errors: a function that does not exist is unsupported, with a hint about migrations', async () => {
  const error = await failure(call('mod_ecommod01_from_the_future', {}, {}));
  assert.equal(error.code, 'unsupported');
  assert.match(error.hint ?? '', /migrations/);
});

test('errors: a statement that takes too long is unavailable', async () => {
  assert.equal((await failure(call('sleep_for_test', { p_seconds: 30 }, {}))).code, 'unavailable');
});

test('errors: aborting a slow call ends it at once, and tells the server', async () => {
  const abort = new AbortController();
  let sawAbort = false;
  const transport = transportOver((input, init) => {
    init?.signal?.addEventListener('abort', () => (sawAbort = true));
    return fetch(input, init);
  });
  const adapter = createRpcAdapter(
    (_name, _args, options) => transport('sleep_for_test', { p_seconds: 30 }, options),
    {
      siteId: backend.siteId,
    },
  );
  const pending = failure(adapter.getStats({ signal: abort.signal }));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const started = performance.now();
  abort.abort();
  assert.equal((await pending).code, 'aborted');
  assert.ok(performance.now() - started < 100);
  assert.ok(sawAbort, 'the request itself was aborted');
});

test('errors: too many requests are rate_limited, with the seconds to wait', async () => {
  const limited = (retryAfter: string) =>
    transportOver(
      async () => new Response('slow down', { status: 429, headers: { 'Retry-After': retryAfter } }),
    );
  const seconds = await failure(limited('7')('x', {}, {}));
  assert.deepEqual([seconds.code, seconds.retryAfter], ['rate_limited', 7]);
  const date = await failure(limited(new Date(Date.now() + 60_000).toUTCString())('x', {}, {}));
  assert.ok(date.retryAfter !== undefined && date.retryAfter > 50 && date.retryAfter <= 61);
});

test('errors: no network, a gateway that answers HTML, and a server error are unavailable', async () => {
  const answers: (() => Promise<Response>)[] = [
    () => fetch('http://127.0.0.1:9/'),
    async () => new Response('<html>Bad gateway</html>', { status: 502 }),
    async () => Response.json({ code: 'PGRST002', message: 'no schema cache' }, { status: 503 }),
    async () => Response.json({ code: 'PGRST003', message: 'no connection' }, { status: 504 }),
  ];
  for (const answer of answers) {
    assert.equal((await failure(transportOver(answer)('x', {}, {}))).code, 'unavailable');
  }
});

test('errors: an answer of another shape is unsupported, naming the function and the place', async () => {
  const answer = { rows: [{ id: 7 }], groups: [], next: null, previous: null };
  const adapter = createRpcAdapter(async () => answer, { siteId: backend.siteId });
  const list = { filters: {}, sort: { by: 'name', direction: 'asc' }, limit: 20 } as const;
  const error = await failure(adapter.listCustomers(list));
  assert.equal(error.code, 'unsupported');
  assert.match(error.hint ?? '', /mod_ecommod01_list_customers: rows\.0\.id/);
  assert.match(error.hint ?? '', /api_version/);
});

test('errors: a database older than this version is unsupported, and says which version it has', async () => {
  const access = {
    api_version: 0,
    role: 'admin',
    user_id: 'x',
    display_name: 'Ada',
    currency: 'EUR',
    time_zone: 'UTC',
    has_groups: false,
  };
  const error = await failure(createRpcAdapter(async () => access, { siteId: backend.siteId }).getAccess());
  assert.equal(error.code, 'unsupported');
  assert.match(error.hint ?? '', /api_version is 0/);
});

test('errors: filters that are not valid are refused by name before anything is sent', async () => {
  let sent = 0;
  const adapter = createRpcAdapter(async () => sent++, { siteId: backend.siteId });
  const filters = { minSpent: 'much' } as unknown as { minSpent: number };
  const error = await failure(adapter.countCustomers({ filters }));
  assert.equal(error.code, 'invalid');
  assert.deepEqual(Object.keys(error.fields), ['minSpent']);
  assert.equal(sent, 0);
});

test('errors: whatever a transport throws arrives as an AdapterError', async () => {
  const adapter = createRpcAdapter(
    async () => {
      throw new Error('surprise');
    },
    { siteId: backend.siteId },
  );
  const error = await failure(adapter.getStats());
  assert.equal(error.code, 'unavailable');
});
