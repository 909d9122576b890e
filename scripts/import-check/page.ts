// Runs in the browser: the same reading code as <customer-import>, asked by scripts/import-check.ts.
import { openFile, type OpenFile } from '../../src/import/open-file.ts';
import { ReadError, readErrorMessage } from '../../src/import/read-error.ts';
import type { ImportRow } from '../../src/model/import.ts';

let open: OpenFile | undefined;

/** What is said of a file that could not be read, so that every line has the same members. */
const nothing = {
  platform: null,
  encoding: null,
  delimiter: null,
  rows: 0,
  importable: 0,
  duplicates: [],
  invalid: [],
  mapping: [],
};

/** All that is said of a file, but its records. */
async function start(): Promise<object> {
  const input = document.querySelector<HTMLInputElement>('input');
  const file = input?.files?.[0];
  if (!file) throw new Error('The browser did not get the file.');
  open?.close();
  open = undefined;
  try {
    open = await openFile(file, { fileName: file.name });
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { ...nothing, error: { code: error.code, message: readErrorMessage(error) } };
  }
  const { overview } = open;
  const { problems } = await open.ask('problems');
  const continuations = await open.ask('page', { of: 'continuation', offset: 0, limit: overview.records });
  const { blocker } = overview;
  return {
    platform: overview.platform?.name ?? null,
    encoding: overview.encoding,
    delimiter: overview.delimiter,
    ...(overview.sheet === null ? {} : { sheet: overview.sheet }),
    rows: overview.records,
    importable: overview.counts.ready,
    duplicates: problems.filter(({ code }) => code === 'duplicate').map(({ row, of }) => ({ row, of })),
    invalid: problems
      .filter(({ code }) => code !== 'duplicate' && code !== 'left_out')
      .map(({ row, code, value = '', field }) => ({
        row,
        reason: code,
        value: value.length > 200 ? `${value.slice(0, 200)}…` : value,
        ...(field === 'email' ? {} : { field }),
      })),
    ...(continuations.total
      ? { continuations: continuations.records.map(({ row, of }) => ({ row, of: of ?? null })) }
      : {}),
    mapping: overview.columns.map(({ index, header, target, reason, confidence }) => ({
      index,
      header,
      target: target.kind === 'field' ? target.field : target.kind,
      ...(target.kind === 'field' && target.fallback ? { fallback: true } : {}),
      ...(target.kind === 'field' && target.appended ? { appended: true } : {}),
      ...(target.kind === 'field' && target.inverted ? { inverted: true } : {}),
      ...(target.kind === 'field' && target.address ? { address: target.address } : {}),
      reason,
      confidence,
    })),
    notes: Object.fromEntries(
      overview.kinds.filter(({ severity }) => severity === 'warning').map(({ code, count }) => [code, count]),
    ),
    ...(overview.consentOffer === null ? {} : { consent_offer: overview.consentOffer }),
    ...(blocker ? { error: { code: blocker.code, message: readErrorMessage(blocker) } } : {}),
  };
}

/** Some of the records, as JSON members, and where to go on. */
async function records(from: number): Promise<{ members: string[]; next: number | null }> {
  if (!open) return { members: [], next: null };
  const { rows, next } = await open.ask('batch', from, 2000);
  return {
    members: rows.map((row) => `${JSON.stringify(String(row.row))}:${JSON.stringify(normalised(row))}`),
    next,
  };
}

function normalised(row: ImportRow): object {
  return {
    first_name: row.first_name ?? null,
    last_name: row.last_name ?? null,
    email: row.email,
    phone: row.phone ?? null,
    accepts_marketing: row.accepts_marketing ?? null,
    tags: row.tags ?? [],
    company: row.company ?? null,
    address_line_1: row.address_line_1 ?? null,
    address_line_2: row.address_line_2 ?? null,
    city: row.city ?? null,
    state: row.state ?? null,
    postal_code: row.postal_code ?? null,
    country: row.country ?? null,
    ...(row.addresses ? { addresses: row.addresses } : {}),
  };
}

Object.assign(globalThis, { importCheck: { start, records } });
