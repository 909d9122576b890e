import { addressWidths, customerWidths } from '../model/customer.ts';
import type { ImportRow } from '../model/import.ts';
import { withoutApostrophe } from './apostrophe.ts';
import type { ImportField } from './columns.ts';
import { readConsent } from './consent.ts';
import { readCountry } from './country.ts';
import { emailKey, isEmail, trim } from '../model/email.ts';
import type { Mapping } from './mapping.ts';
import { readPhone } from '../model/phone.ts';
import type { Problem } from './problem.ts';
import { readTags } from './tags.ts';

export interface MappedRecord {
  /** Absent where the record is invalid; then `problem` says why. */
  row?: ImportRow;
  problem?: Problem;
  warnings: Problem[];
}

/** What spreadsheets and databases write where there is nothing; no person is called so in capitals. */
const placeholders = new Set(['#N/A', '#REF!', '#VALUE!', '#NAME?', '#NULL!', 'NULL', '(null)', '-', '--']);

// Everything but tab and line ends: none has a place in a name, and the export parts its fields by two of them.
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Countries whose postal codes have five digits and may begin with a zero, which spreadsheets drop. */
const fiveDigitZips = new Set([
  'DE',
  'US',
  'FR',
  'ES',
  'IT',
  'MX',
  'EE',
  'FI',
  'HR',
  'LT',
  'RS',
  'UA',
  'MY',
  'TH',
  'TR',
]);

const widths: Record<string, number> = { ...customerWidths, ...addressWidths };

/** One record of the file as the database wants it: normalised, with what is wrong and what to know. */
export function mapRecord(mapping: Mapping, row: number, cells: readonly string[]): MappedRecord {
  const warnings: Problem[] = [];
  const warn = (code: Problem['code'], field?: string, value?: string): void => {
    warnings.push({ row, code, ...(field ? { field } : {}), ...(value === undefined ? {} : { value }) });
  };
  const candidates = (field: ImportField): string[] =>
    (mapping.sources.get(field) ?? [])
      .map((column) => trim(unguarded(mapping, field, cells[column] ?? '')))
      .filter((value) => value !== '' && !placeholders.has(value));
  const text = (field: ImportField): string | undefined => candidates(field)[0];

  const [emailColumn] = mapping.sources.get('email') ?? [];
  const written = emailColumn === undefined ? '' : (cells[emailColumn] ?? '');
  const email = emailKey(unguarded(mapping, 'email', written));
  if (email === '')
    return { warnings: [], problem: { row, code: 'email_empty', field: 'email', value: written } };
  if (email.length <= customerWidths.email && !isEmail(email)) {
    return { warnings: [], problem: { row, code: 'email_invalid', field: 'email', value: written } };
  }

  const record: ImportRow = { row, email };
  for (const field of ['first_name', 'last_name', ...addressFields] as const) {
    const value = text(field);
    if (value !== undefined) record[field] = value;
  }
  const metadata = readMetadata(mapping, cells);

  const countryCell = text('country');
  const country = countryCell === undefined ? undefined : readCountry(countryCell);
  if (country) record.country = country;
  else if (countryCell !== undefined) {
    metadata['country'] = countryCell;
    warn('country_unknown', 'country', countryCell);
  }
  if (record.postal_code && country && fiveDigitZips.has(country) && /^\d{4}$/.test(record.postal_code))
    warn('zero_lost', 'postal_code', record.postal_code);

  const phones = candidates('phone').map((cell) => ({ cell, reading: readPhone(cell, country) }));
  for (const { reading } of phones) {
    if (!('phone' in reading)) continue;
    record.phone = reading.phone;
    break;
  }
  const [first] = phones;
  if (first && 'problem' in first.reading) warn(first.reading.problem, 'phone', first.cell);

  const tags = readTags(text('tags') ?? '', mapping.platform?.tagSeparator ?? tagSeparator(text('tags')));
  if (tags.length) record.tags = tags;

  const consentCell = text('accepts_marketing');
  const consent = consentCell === undefined ? undefined : readConsent(consentCell);
  if (consent !== undefined) record.accepts_marketing = consent;
  else if (consentCell !== undefined) warn('consent_unknown', 'accepts_marketing', consentCell);

  const statusCell = text('status');
  const status = statusCell === undefined ? undefined : statusWords.get(statusCell.toLowerCase());
  if (status) record.status = status;
  else if (statusCell !== undefined) warn('status_unknown', 'status', statusCell);

  if (Object.keys(metadata).length) record.metadata = metadata;
  if (!record.first_name && !record.last_name) warn('name_missing');
  if (cells.slice(mapping.headers.length).some((cell) => cell.trim() !== '')) warn('cells_surplus');

  const problem = unfit(record);
  return problem ? { problem, warnings: [] } : { row: record, warnings };
}

const addressFields = [
  'company',
  'address_line_1',
  'address_line_2',
  'city',
  'state',
  'postal_code',
] as const;

const statusWords = new Map<string, 'active' | 'inactive'>([
  ['active', 'active'],
  ['enabled', 'active'],
  ['aktiv', 'active'],
  ['نشط', 'active'],
  ['inactive', 'inactive'],
  ['disabled', 'inactive'],
  ['inaktiv', 'inactive'],
  ['غير نشط', 'inactive'],
]);

/** Without platform conventions: semicolons where there are any, else commas. */
const tagSeparator = (cell: string | undefined): ',' | ';' => (cell?.includes(';') ? ';' : ',');

function unguarded(mapping: Mapping, field: ImportField, cell: string): string {
  return withoutApostrophe(cell, mapping.platform?.apostrophes.fields.includes(field) ?? false);
}

/** Every column that is no field and no secret, by its header, as it stands; of equal headers the first that is filled. */
function readMetadata(mapping: Mapping, cells: readonly string[]): Record<string, string> {
  const metadata: Record<string, string> = {};
  mapping.targets.forEach((target, column) => {
    const cell = cells[column] ?? '';
    if (target.kind !== 'metadata' || cell.trim() === '') return;
    const header = mapping.headers[column] ?? '';
    if (!Object.hasOwn(metadata, header)) {
      const always = mapping.platform?.apostrophes.columns.includes(header) ?? false;
      Object.defineProperty(metadata, header, {
        value: withoutApostrophe(cell, always),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  });
  return metadata;
}

/** What the database could not keep: a value too long for its column, or one with a control character. */
function unfit(record: ImportRow): Problem | undefined {
  const { row } = record;
  const texts = Object.entries({
    ...record,
    tags: record.tags?.join(' '),
    ...Object.fromEntries(
      Object.entries(record.metadata ?? {}).map(([name, value]) => [`metadata ${name}`, value]),
    ),
  });
  const longTag = record.tags?.find((tag) => [...tag].length > customerWidths.tag);
  if (longTag) {
    const length = [...longTag].length;
    return { row, code: 'too_long', field: 'tags', value: longTag, length, limit: customerWidths.tag };
  }
  for (const [field, value] of texts) {
    if (typeof value !== 'string') continue;
    const length = [...value].length;
    const limit = widths[field];
    if (limit !== undefined && length > limit) return { row, code: 'too_long', field, value, length, limit };
    if (control.test(value)) return { row, code: 'control_character', field, value };
  }
  return undefined;
}
