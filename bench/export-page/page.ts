// Runs in the browser: what <customer-export> does after the click, asked by bench/export-browser.ts.
import { createSupabaseAdapterFromUrl } from '../../src/adapters/supabase/index.ts';
import { ExportJob } from '../../src/elements/customer-export/export-job.ts';
import type { ExportField } from '../../src/model/export.ts';

export interface ExportPageRequest {
  url: string;
  anonKey: string;
  siteId: string;
  token: string;
  fields: ExportField[];
  format: 'csv' | 'xlsx';
}

export interface ExportPageAnswer {
  rows: number;
  bytes: number;
  seconds: number;
}

async function run({
  url,
  anonKey,
  siteId,
  token,
  fields,
  format,
}: ExportPageRequest): Promise<ExportPageAnswer> {
  const adapter = await createSupabaseAdapterFromUrl({
    url,
    key: anonKey,
    siteId,
    getAccessToken: async () => token,
  });
  const request = { adapter, customers: { filters: {} }, fields, format, currency: 'EUR' };
  const begun = performance.now();
  const job = new ExportJob({ ...request, fileName: `bench.${format}`, target: undefined }, () => undefined);
  await job.begin();
  const { state } = job;
  if (state.name === 'failed') throw state.error;
  if (state.name !== 'done' || !state.file) throw new Error(`It ended as ${state.name}.`);
  return { rows: state.rows, bytes: state.file.size, seconds: (performance.now() - begun) / 1000 };
}

Object.assign(globalThis, { exportBench: run });
