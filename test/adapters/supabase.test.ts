import { before, test } from 'node:test';
import { conformance } from '../../src/adapter/conformance.ts';
import { useBackend, type SharedBackend } from '../backend.ts';
import { siteOverHttp } from './site-over-http.ts';

let backend: SharedBackend;
before(async () => {
  backend = await useBackend();
});

const features = { people: ['viewer', 'editor', 'outsider', 'anonymous', 'expired'], host: true } as const;
for (const { name, run } of conformance(() => siteOverHttp(backend), features))
  test(`supabase, ${name}`, run);
