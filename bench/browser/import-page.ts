// Runs in the browser: what <customer-import> does with a file, from reading it to the receipt, asked by run-page.ts.
import { createSupabaseAdapterFromUrl } from '../../src/adapters/supabase/index.ts';
import { importPlan } from '../../src/elements/customer-import/run/import-plan.ts';
import { openFile } from '../../src/import/open-file.ts';
import { OperationRun } from '../../src/operations/operation-run.ts';
import type { PageAnswer, PageRequest } from './run-page.ts';

export interface ImportAsked {
  csv: string;
}

export interface ImportAnswer extends PageAnswer {
  /** Until the file is read, mapped and checked. */
  reading: number;
}

async function run(request: PageRequest & ImportAsked): Promise<ImportAnswer> {
  const { url, anonKey, siteId, token, csv } = request;
  const getAccessToken = async () => token;
  const adapter = await createSupabaseAdapterFromUrl({ url, key: anonKey, siteId, getAccessToken });
  const file = new File([csv], 'bench.csv', { type: 'text/csv' });
  const begun = performance.now();
  const open = await openFile(file, { fileName: file.name });
  const reading = (performance.now() - begun) / 1000;
  const plan = importPlan(adapter, open, {
    id: crypto.randomUUID(),
    asked: open.overview.records,
    options: async () => ({ fileName: file.name, policy: 'both' }),
    again: new Map(),
  });
  const { created } = await new OperationRun(plan).run();
  open.close();
  return { rows: created, reading, seconds: (performance.now() - begun) / 1000 };
}

Object.assign(globalThis, { bench: run });
