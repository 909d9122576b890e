import type { CustomerAdapter } from '../src/index.ts';
import told from 'virtual:demo-backend';
import type { DemoBackend, DemoRole } from '../scripts/demo-backend.ts';

const backend = told as DemoBackend;

const made = new Map<DemoRole, Promise<CustomerAdapter>>();

/** What a person of that role sees: the same shop, asked by somebody else. */
export function adapterForRole(role: DemoRole): Promise<CustomerAdapter> {
  const adapter = made.get(role) ?? makeAdapter(role);
  made.set(role, adapter);
  return adapter;
}

async function makeAdapter(role: DemoRole): Promise<CustomerAdapter> {
  const { siteId } = backend;
  if (backend.kind === 'pglite') {
    const { createPgliteWorkerAdapter } = await import('../src/adapters/pglite/index.ts');
    return createPgliteWorkerAdapter({
      name: `demo-${backend.version}`,
      snapshotUrl: '/generated/customers.tar.gz',
      siteId,
      userId: backend.userIds[role],
    });
  }
  const { createSupabaseAdapterFromUrl } = await import('../src/adapters/supabase/index.ts');
  const { url, key, tokens } = backend;
  return createSupabaseAdapterFromUrl({ url, key, siteId, getAccessToken: () => tokens[role] });
}
