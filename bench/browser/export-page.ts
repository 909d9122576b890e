// Runs in the browser: what <customer-export> does after the click, asked by run-page.ts.
import { createSupabaseAdapterFromUrl } from '../../src/adapters/supabase/index.ts';
import { ExportJob } from '../../src/elements/customer-export/export-job.ts';
import type { ExportField } from '../../src/model/export.ts';
import type { PageAnswer, PageRequest } from './run-page.ts';

export interface ExportAsked {
  fields: ExportField[];
  format: 'csv' | 'xlsx';
}

export interface ExportAnswer extends PageAnswer {
  bytes: number;
}

async function run(request: PageRequest & ExportAsked): Promise<ExportAnswer> {
  const { url, anonKey, siteId, token, fields, format } = request;
  const adapter = await createSupabaseAdapterFromUrl({
    url,
    key: anonKey,
    siteId,
    getAccessToken: async () => token,
  });
  const wanted = { adapter, customers: { filters: {} }, fields, format, currency: 'EUR' };
  const begun = performance.now();
  const job = new ExportJob({ ...wanted, fileName: `bench.${format}`, target: undefined }, () => undefined);
  await job.begin();
  const { state } = job;
  if (state.name === 'failed') throw state.error;
  if (state.name !== 'done' || !state.file) throw new Error(`It ended as ${state.name}.`);
  return { rows: state.rows, bytes: state.file.size, seconds: (performance.now() - begun) / 1000 };
}

Object.assign(globalThis, { bench: run });
