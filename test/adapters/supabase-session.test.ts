import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createClient } from '@supabase/supabase-js';
import { people } from '../../scripts/backend/people.ts';
import { bringIn, newestFirst, person, walk } from '../../src/adapter/conformance/site.ts';
import { createSupabaseAdapter, createSupabaseAdapterFromUrl } from '../../src/adapters/supabase/index.ts';
import { createSite, signToken, useBackend, type SharedBackend } from '../backend.ts';
import { clientOf } from './site-over-http.ts';

let backend: SharedBackend;
let expired: string;
before(async () => {
  backend = await useBackend();
  expired = await signToken({ sub: people.admin.id, role: 'authenticated', expiresIn: -60 });
});

test('an expired token in the middle of work is renewed once for all calls, and no work is lost', async () => {
  const siteId = await createSite(backend.dbUrl);
  const asked: boolean[] = [];
  let answer = backend.tokens.admin;
  const adapter = createSupabaseAdapter(clientOf(backend), {
    siteId,
    getAccessToken: async ({ refresh }) => {
      asked.push(refresh);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return refresh ? backend.tokens.admin : answer;
    },
  });
  answer = expired;
  const id = crypto.randomUUID();
  await adapter.startOperation({ id, kind: 'import', asked: 10, options: {} });
  assert.deepEqual(asked, [false, true]);
  const steps = Array.from({ length: 10 }, (_, step) =>
    adapter.stepOperation({ id, step, rows: [person(step + 1)], rejected: [] }),
  );
  await Promise.all(steps);
  assert.equal((await adapter.finishOperation({ id })).created, 10);
  assert.deepEqual(asked, [false, true], 'the new token is kept');
});

test('many calls that meet an expired token together share one renewal and are all answered', async () => {
  const { siteId } = backend;
  let renewals = 0;
  const adapter = createSupabaseAdapter(clientOf(backend), {
    siteId,
    getAccessToken: async ({ refresh }) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      if (refresh) renewals++;
      return refresh ? backend.tokens.viewer : expired;
    },
  });
  const calls = Array.from({ length: 12 }, () =>
    adapter.listCustomers({ filters: {}, sort: newestFirst, limit: 5 }),
  );
  for (const { rows } of await Promise.all(calls)) assert.equal(rows.length, 5);
  assert.equal(renewals, 1);
});

test('a token that stays refused is asked for once more, then the call is unauthenticated', async () => {
  let asked = 0;
  let sent = 0;
  const client = clientOf(backend, (...args) => {
    sent++;
    return fetch(...args);
  });
  const getAccessToken = () => {
    asked++;
    return expired;
  };
  const adapter = createSupabaseAdapter(client, { siteId: backend.siteId, getAccessToken });
  await assert.rejects(adapter.getStats(), { code: 'unauthenticated' });
  assert.deepEqual({ asked, sent }, { asked: 2, sent: 2 });
});

test('without a token nothing is sent, so that nothing runs as anon', async () => {
  let sent = 0;
  const client = clientOf(backend, (...args) => {
    sent++;
    return fetch(...args);
  });
  const options = { siteId: backend.siteId };
  for (const adapter of [
    createSupabaseAdapter(client, { ...options, getAccessToken: () => null }),
    createSupabaseAdapter(client, options),
  ]) {
    await assert.rejects(adapter.getStats(), (error: { code: string; hint: string }) => {
      assert.equal(error.code, 'unauthenticated');
      assert.match(error.hint, /sign in/);
      return true;
    });
  }
  assert.equal(sent, 0);
});

test('a callback that fails is unauthenticated with its reason, and asked again by the next call', async () => {
  let fails = true;
  const adapter = createSupabaseAdapter(clientOf(backend), {
    siteId: backend.siteId,
    getAccessToken: async () => {
      if (fails) throw new Error('the session server is down');
      return backend.tokens.viewer;
    },
  });
  await assert.rejects(adapter.getStats(), (error: { code: string; hint: string }) => {
    assert.equal(error.code, 'unauthenticated');
    assert.match(error.hint, /the session server is down/);
    return true;
  });
  fails = false;
  assert.ok((await adapter.getStats()).total > 0);
});

test("the client's own session is used, and renewed by the client once for all calls", async () => {
  const session = (token: string) => ({
    access_token: token,
    refresh_token: 'refresh',
    token_type: 'bearer',
    expires_in: 3600,
    expires_at: Math.floor(Date.now() / 1000) + 3600,
    user: { id: people.viewer.id, aud: 'authenticated', app_metadata: {}, user_metadata: {}, created_at: '' },
  });
  const kept = new Map([['session', JSON.stringify(session(expired))]]);
  let renewals = 0;
  const client = createClient(backend.url, backend.anonKey, {
    auth: {
      storageKey: 'session',
      autoRefreshToken: false,
      detectSessionInUrl: false,
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
      },
    },
    global: {
      // The local backend has no auth server; this answers a refresh as it would.
      fetch: async (input, init) => {
        if (!String(input instanceof Request ? input.url : input).includes('/auth/v1/token'))
          return fetch(input, init);
        renewals++;
        return Response.json(session(backend.tokens.viewer));
      },
    },
  });
  const adapter = createSupabaseAdapter(client, { siteId: backend.siteId });
  const answers = await Promise.all(Array.from({ length: 5 }, () => adapter.getAccess()));
  assert.deepEqual(new Set(answers.map(({ role }) => role)), new Set(['viewer']));
  assert.equal(renewals, 1);
});

test('a client created with accessToken is asked for its token', async () => {
  let answer: string | null = expired;
  const client = createClient(backend.url, backend.anonKey, { accessToken: async () => answer });
  const adapter = createSupabaseAdapter(client, { siteId: backend.siteId });
  await assert.rejects(adapter.getAccess(), { code: 'unauthenticated' });
  answer = backend.tokens.editor;
  assert.equal((await adapter.getAccess()).role, 'editor');
  answer = null;
  await assert.rejects(adapter.getAccess(), { code: 'unauthenticated' });
});

test('an adapter from a URL and a key needs no bundler and no client', async () => {
  const { url, anonKey, siteId, tokens } = backend;
  const adapter = await createSupabaseAdapterFromUrl({
    url,
    key: anonKey,
    siteId,
    getAccessToken: () => tokens.viewer,
  });
  assert.equal((await adapter.getAccess()).role, 'viewer');
});

test('aborting while the token is being fetched rejects at once', async () => {
  const adapter = createSupabaseAdapter(clientOf(backend), {
    siteId: backend.siteId,
    getAccessToken: () => new Promise<string>(() => undefined),
  });
  const abort = new AbortController();
  const pending = adapter.getStats({ signal: abort.signal });
  abort.abort();
  await assert.rejects(pending, { code: 'aborted' });
});

test('what an import brings in as one person, the others of the site see', async () => {
  const siteId = await createSite(backend.dbUrl);
  const as = (token: string) =>
    createSupabaseAdapter(clientOf(backend), { siteId, getAccessToken: () => token });
  await bringIn(as(backend.tokens.editor), [person(1)]);
  assert.equal((await walk(as(backend.tokens.viewer))).length, 1);
});
