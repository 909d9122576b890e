import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { createClient } from '@supabase/supabase-js';
import { people } from '../../scripts/backend/people.ts';
import { signToken, useBackend, type SharedBackend } from '../backend.ts';

describe('the local API', () => {
  let backend: SharedBackend;
  before(async () => {
    backend = await useBackend();
  });

  const ask = (
    headers: Record<string, string>,
    path = '/rest/v1/rpc/mod_ecommod01_get_stats',
    method = 'POST',
  ) =>
    fetch(backend.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'POST' ? { body: JSON.stringify({ p_site: backend.siteId }) } : {}),
    });

  test('refuses a request without an API key', async () => {
    const answer = await ask({ authorization: `Bearer ${backend.tokens.viewer}` });
    assert.equal(answer.status, 401);
    assert.match(((await answer.json()) as { message: string }).message, /No API key found/);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  });

  test('refuses a wrong API key', async () => {
    const answer = await ask({ apikey: 'wrong', authorization: `Bearer ${backend.tokens.viewer}` });
    assert.equal(answer.status, 401);
    assert.match(((await answer.json()) as { message: string }).message, /Invalid API key/);
  });

  test('takes the API key from the query too, and does not hand it on', async () => {
    const answer = await fetch(
      `${backend.url}/rest/v1/mod_ecommod01_customers?select=id&limit=1&apikey=${backend.anonKey}`,
      { headers: { authorization: `Bearer ${backend.tokens.viewer}` } },
    );
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as unknown[]).length, 1);
  });

  test('answers a member with the API key', async () => {
    const answer = await ask({ apikey: backend.anonKey, authorization: `Bearer ${backend.tokens.viewer}` });
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as { total: number }).total, 2_000);
  });

  test('takes the API key alone for anon, who may do nothing', async () => {
    const answer = await ask({ apikey: backend.anonKey });
    assert.equal(answer.status, 401);
    assert.equal(((await answer.json()) as { code: string }).code, '42501');
  });

  test('answers 401 to an expired token and to one of another secret', async () => {
    const expired = await signToken({ sub: people.viewer.id, role: 'authenticated', expiresIn: -60 });
    assert.equal((await ask({ apikey: backend.anonKey, authorization: `Bearer ${expired}` })).status, 401);
    const [head, body] = backend.tokens.viewer.split('.');
    const foreign = `${head}.${body}.${'A'.repeat(43)}`;
    assert.equal((await ask({ apikey: backend.anonKey, authorization: `Bearer ${foreign}` })).status, 401);
  });

  test('allows every origin the headers it asks for', async () => {
    const answer = await fetch(`${backend.url}/rest/v1/rpc/mod_ecommod01_get_stats`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'apikey,authorization,content-type,x-retry-count',
      },
    });
    assert.ok(answer.ok);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.match(answer.headers.get('access-control-allow-headers') ?? '', /x-retry-count/);
    assert.match(answer.headers.get('access-control-allow-methods') ?? '', /POST/);
  });

  test('knows no other path', async () => {
    assert.equal((await ask({ apikey: backend.anonKey }, '/auth/v1/token')).status, 404);
    assert.equal((await ask({ apikey: backend.anonKey }, '/rest/v1x', 'GET')).status, 404);
  });

  test('serves supabase-js unchanged, and at most 1,000 rows of a table', async () => {
    const client = createClient(backend.url, backend.anonKey, {
      accessToken: () => Promise.resolve(backend.tokens.viewer),
      // Node 20 has no WebSocket, and supabase-js asks for one before it is needed.
      realtime: { transport: EventTarget as never },
    });
    const { data, error, count } = await client
      .from('mod_ecommod01_customers')
      .select('id', { count: 'exact' })
      .eq('site_id', backend.siteId);
    assert.equal(error, null);
    assert.equal(data?.length, 1_000);
    assert.equal(count, 2_000);
  });

  test('streams a large answer whole', async () => {
    const answer = await fetch(
      `${backend.url}/rest/v1/mod_ecommod01_orders?select=*&limit=1000&apikey=${backend.serviceKey}`,
      { headers: { authorization: `Bearer ${backend.serviceKey}` } },
    );
    assert.equal(((await answer.json()) as unknown[]).length, 1_000);
  });
});
