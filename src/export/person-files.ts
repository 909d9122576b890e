import { toMajorUnits, currencyDigits } from '../model/money.ts';
import type { Person, PersonPart } from '../model/privacy.ts';
import { csvOf } from './csv.ts';

/** Everything held about one person. */
export interface PersonData extends Person, Pick<PersonPart, 'orders' | 'notes' | 'history'> {}

/** The parts of which the file is made, and its columns, in the language of whoever hands it over. */
export interface PersonLabels {
  columns: Readonly<Record<'section' | 'field' | 'value' | 'date' | 'by', string>>;
  sections: Readonly<
    Record<
      | 'customer'
      | 'metadata'
      | 'address'
      | 'group'
      | 'consent'
      | 'order'
      | 'note'
      | 'history'
      | 'merged'
      | 'other',
      string
    >
  >;
}

/** `customer-data-2026-11-22.json` */
export const personFileName = (day: string, format: 'json' | 'csv'): string =>
  `customer-data-${day}.${format}`;

/** For a machine: all of it, by the names that the backend has. */
export const personJson = (data: PersonData, exportedAt: string): string =>
  `${JSON.stringify({ exported_at: exportedAt, ...data }, null, 2)}\n`;

/** For a person: one table that a spreadsheet opens, a row for each thing that is known. */
export function personCsv(data: PersonData, { columns, sections }: PersonLabels): string {
  const rows: string[][] = [[columns.section, columns.field, columns.value, columns.date, columns.by]];
  const add = (section: string, field: string, value: unknown, date: string | null = '', by = '') =>
    rows.push([section, field, textOf(value), date ?? '', by]);
  const addFields = (section: string, fields: object) => {
    for (const [name, value] of Object.entries(fields)) add(section, name, value);
  };
  const { metadata, ...customer } = data.customer;

  addFields(sections.customer, { ...customer, user_id: data.user_id, deleted_at: data.deleted_at });
  addFields(sections.metadata, metadata);
  if (data.consent) {
    const { since, origin } = data.consent;
    add(sections.consent, 'accepts_marketing', customer.accepts_marketing, since, origin?.by);
  }
  data.addresses.forEach((address, at) => addFields(`${sections.address} ${at + 1}`, address));
  for (const { name, since } of data.groups) add(sections.group, 'name', name, since);
  for (const { order_number, status, total, currency, created_at } of data.orders) {
    const amount = toMajorUnits(total, currency).toFixed(currencyDigits(currency));
    add(sections.order, order_number, `${amount} ${currency}, ${status}`, created_at);
  }
  for (const { content, user_name, created_at } of data.notes) {
    add(sections.note, 'content', content, created_at, user_name);
  }
  for (const { at, by, kind, subject, before, after } of data.history) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const value = `${textOf(before[name])} → ${textOf(after[name])}`;
      add(sections.history, `${kind}: ${subject}.${name}`, value, at, by);
    }
  }
  data.merged.forEach((one, at) => addFields(`${sections.merged} ${at + 1}`, one));
  for (const [table, found] of Object.entries(data.other)) {
    for (const row of found) addFields(`${sections.other}: ${table}`, row);
  }
  return csvOf(rows);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
