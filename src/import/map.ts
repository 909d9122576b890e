import { customerWidths } from '../model/customer.ts';
import { emailKey, isEmail, trim } from '../model/email.ts';
import type { ImportAddress, ImportRow } from '../model/import.ts';
import { readPhone } from '../model/phone.ts';
import { isSamePlace, splitLines, wholeAddress } from './address.ts';
import { unguarded, withoutApostrophe } from './apostrophe.ts';
import type { TargetField } from './columns.ts';
import { readConsent } from './consent.ts';
import { readCountry } from './country.ts';
import { readDate } from './dates.ts';
import { splitName } from './full-name.ts';
import { partAddress } from './one-cell-address.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { repairEmail } from './repair-email.ts';
import type { CheckSettings } from './settings.ts';
import type { Source, Sources } from './sources.ts';
import { firstOf, RecordReading } from './record-reading.ts';
import { readStatus } from './status.ts';
import { readTags } from './tags.ts';
import { controls, unfit } from './unfit.ts';

export interface MappedRecord {
  /** Absent where the record is invalid; then `problem` says why. */
  row?: ImportRow;
  problem?: Problem;
  /** It is no record of its own but a further address of the one above. */
  isContinuation?: boolean;
  warnings: Problem[];
}

/** What spreadsheets and databases write where there is nothing; no person is called so in capitals. */
const placeholders = new Set(
  '#N/A #REF! #VALUE! #NAME? #NULL! #DIV/0! #NUM! NULL (null) (NULL) \\N N/A - -- –'.split(' '),
);

/** Countries whose postal codes have five digits and may begin with a zero, which spreadsheets drop. */
const fiveDigitZips = new Set('DE US FR ES IT MX EE FI HR LT RS UA MY TH TR'.split(' '));

const addressFields = [
  'company',
  'address_line_1',
  'address_line_2',
  'city',
  'state',
  'postal_code',
] as const;

/** Reads the cells of one record: normalised, with what is wrong and what to know. */
export class RecordMapper {
  readonly #sources: Sources;
  readonly #settings: CheckSettings;
  readonly #repairs: ReadonlySet<ProblemCode>;

  constructor(sources: Sources, settings: CheckSettings) {
    this.#sources = sources;
    this.#settings = settings;
    this.#repairs = new Set(settings.repairs);
  }

  /** One record of the file as the database wants it. */
  map(row: number, cells: readonly string[]): MappedRecord {
    const { own, platform, headers } = this.#sources;
    const emailColumn = own.get('email')?.columns[0];
    const written = emailColumn === undefined ? '' : (cells[emailColumn] ?? '');
    let email = emailKey(this.#unguarded('email', written));
    if (email === '') {
      if (platform?.continuationRows && this.#hasAddress(cells))
        return { isContinuation: true, warnings: [] };
      return { warnings: [], problem: { row, code: 'email_empty', field: 'email', value: written } };
    }
    if (!isEmail(email) && email.length <= customerWidths.email) {
      const repair = repairEmail(this.#unguarded('email', written));
      if (repair === undefined || !this.#repairs.has('email_invalid')) {
        const problem: Problem = { row, code: 'email_invalid', field: 'email', value: written };
        return { warnings: [], problem: repair === undefined ? problem : { ...problem, repair } };
      }
      email = repair;
    }
    const reading = new RecordReading(row, email);
    this.#readName(reading, cells);
    this.#readAddress(reading, cells);
    this.#readPhone(reading, cells);
    this.#readWords(reading, cells);
    this.#readFurtherAddresses(reading, cells);
    this.#readMetadata(reading, cells);
    const { record, warnings, warn } = reading;
    if (!record.first_name && !record.last_name) warn('name_missing');
    const lost = cells.findIndex((cell) => cell.includes('\ufffd'));
    if (lost >= 0) warn('characters_lost', headers[lost], cells[lost]);
    if (cells.length > headers.length && cells.slice(headers.length).some((cell) => cell.trim() !== ''))
      warn('cells_surplus');
    const problem = unfit(record);
    return problem ? { problem, warnings: [] } : { row: record, warnings };
  }

  /** The address of a row that is a further address of another record. */
  addressOf(row: number, cells: readonly string[]): ImportAddress | undefined {
    const reading = new RecordReading(row, '');
    this.#readAddress(reading, cells);
    this.#readPhone(reading, cells);
    const { own, addresses } = this.#sources;
    const named = addresses.get(1) ?? own;
    const { company, address_line_2, state, postal_code, phone } = reading.record;
    return wholeAddress({
      ...this.#flags(own, cells),
      first_name: this.#text(named, 'first_name', cells),
      last_name: this.#text(named, 'last_name', cells),
      phone,
      company,
      address_line_1: reading.record.address_line_1,
      address_line_2,
      city: reading.record.city,
      state,
      postal_code,
      country: reading.record.country,
    });
  }

  #hasAddress(cells: readonly string[]): boolean {
    const { own } = this.#sources;
    return (['address_line_1', 'city', 'country'] as const).some(
      (field) => this.#text(own, field, cells) !== undefined,
    );
  }

  #readName(reading: RecordReading, cells: readonly string[]): void {
    const { record } = reading;
    const { own } = this.#sources;
    for (const field of ['first_name', 'last_name'] as const) {
      const value = this.#text(own, field, cells, reading);
      if (value !== undefined) record[field] = value;
    }
    const whole = this.#text(own, 'full_name', cells);
    if (whole === undefined || (record.first_name && record.last_name)) return;
    const { first_name, last_name, company } = splitName(whole);
    if (!record.first_name && !record.last_name) {
      if (first_name) record.first_name = first_name;
      if (last_name) record.last_name = last_name;
    }
    if (company) record.company = company;
  }

  #readAddress(reading: RecordReading, cells: readonly string[]): void {
    const { record } = reading;
    const { own } = this.#sources;
    for (const field of addressFields) {
      const value = this.#text(own, field, cells, reading);
      if (value !== undefined) record[field] = value;
    }
    const cell = this.#text(own, 'address', cells);
    const parts = cell === undefined ? undefined : partAddress(cell);
    if (parts) Object.assign(record, { ...parts, ...record });
    else if (cell !== undefined) record.address_line_1 ??= cell;
    splitLines(record);

    const written = this.#candidates(own, 'country', cells);
    const country =
      parts?.country ??
      firstOf(written, (word) => this.#country(word)) ??
      (written.length ? undefined : this.#settings.defaultCountry);
    if (country) record.country = country;
    else {
      delete record.country;
      const [unknown] = written;
      if (unknown !== undefined && this.#settings.values?.country?.[unknown] !== null) {
        reading.keep('country', unknown);
        reading.warn('country_unknown', 'country', unknown);
      }
    }
    const zip = record.postal_code;
    if (!zip || !country || !fiveDigitZips.has(country) || !/^\d{4}$/.test(zip)) return;
    if (this.#repairs.has('zero_lost')) record.postal_code = `0${zip}`;
    else reading.warn('zero_lost', 'postal_code', zip, `0${zip}`);
  }

  #country(word: string): string | undefined {
    const chosen = this.#settings.values?.country;
    return chosen && Object.hasOwn(chosen, word) ? (chosen[word] ?? undefined) : readCountry(word);
  }

  #readPhone(reading: RecordReading, cells: readonly string[]): void {
    const { own, headers } = this.#sources;
    const { record } = reading;
    let failed: { problem: ProblemCode; cell: string; column: number } | undefined;
    for (const column of own.get('phone')?.columns ?? []) {
      const cell = this.#value('phone', cells[column] ?? '');
      if (cell === undefined) continue;
      const result = this.#phone(cell, record.country);
      if ('problem' in result) {
        failed ??= { problem: result.problem, cell, column };
        // What is no number may still tell somebody something; digits that are lost don't.
        if (result.problem === 'phone_unreadable') reading.keep(headers[column] || 'phone', cell);
      } else if (record.phone === undefined) {
        record.phone = result.phone;
        if (!result.isValid) reading.warn('phone_doubtful', 'phone', cell);
      } else if (record.phone !== result.phone) reading.keep(headers[column] || 'phone', cell);
    }
    if (failed) reading.warn(failed.problem, 'phone', failed.cell);
  }

  #phone(cell: string, country: string | undefined): ReturnType<typeof readPhone> {
    if (this.#isExact) {
      const read = readPhone(cell, country);
      // It is in the database as it stands here, unless a spreadsheet has been at it since.
      return 'problem' in read && read.problem === 'phone_destroyed' ? read : { phone: cell, isValid: true };
    }
    const digits = cell.replace(/\D/g, '');
    const isBare = this.#sources.platform?.phonesWithoutPlus && /^[1-9]\d{6,14}$/.test(cell);
    if (isBare) {
      const international = readPhone(`+${cell}`, country);
      if ('phone' in international) return international;
    }
    const result = readPhone(cell, country);
    // Spreadsheets drop the plus sign of what they take for a number: the country's code would stand there twice.
    const code = 'phone' in result ? result.phone.slice(1, -cell.length) : '';
    if (code && /^[1-9]\d{9,14}$/.test(cell) && cell.startsWith(code)) {
      const international = readPhone(`+${cell}`, country);
      if ('phone' in international && international.isValid) return international;
    }
    // 00 is how most of the world begins a number abroad, also where the country isn't known.
    if (!('problem' in result) || !/^\(?00/.test(cell) || result.problem === 'phone_destroyed') return result;
    return readPhone(`+${digits.slice(2)}`, country);
  }

  /** Tags, consent, status: words that are understood or not. */
  #readWords(reading: RecordReading, cells: readonly string[]): void {
    const { own, platform } = this.#sources;
    const { record } = reading;
    const { values, consent: consentOfAll } = this.#settings;
    const tagCell = this.#text(own, 'tags', cells);
    if (tagCell !== undefined) {
      // Without platform conventions: semicolons where there are any, else commas.
      const tags = readTags(tagCell, platform?.tagSeparator ?? (tagCell.includes(';') ? ';' : ','));
      if (tags.length) record.tags = tags;
    }

    const consentCell = this.#text(own, 'accepts_marketing', cells);
    const chosen = values?.accepts_marketing;
    const consent =
      consentCell === undefined
        ? null
        : chosen && Object.hasOwn(chosen, consentCell)
          ? chosen[consentCell]
          : readConsent(consentCell);
    if (typeof consent === 'boolean')
      record.accepts_marketing = own.get('accepts_marketing')?.inverted ? !consent : consent;
    else if (consent === undefined) reading.warn('consent_unknown', 'accepts_marketing', consentCell);
    if (record.accepts_marketing === undefined && consentOfAll !== undefined)
      record.accepts_marketing = consentOfAll;

    const statusCell = this.#text(own, 'status', cells);
    if (statusCell === undefined) return;
    const chosenStatus = values?.status;
    const status =
      chosenStatus && Object.hasOwn(chosenStatus, statusCell)
        ? chosenStatus[statusCell]
        : readStatus(statusCell);
    if (status) record.status = status;
    else if (status === undefined) reading.warn('status_unknown', 'status', statusCell);
  }

  #readFurtherAddresses(reading: RecordReading, cells: readonly string[]): void {
    const { addresses } = this.#sources;
    const { record } = reading;
    for (const [number, fields] of addresses) {
      if (number === 1) {
        for (const field of ['first_name', 'last_name', 'full_name', 'phone'] as const)
          this.#keepOthers(reading, fields.get(field), cells, `${record.first_name} ${record.last_name}`);
        continue;
      }
      const text = (field: TargetField): string | undefined => this.#text(fields, field, cells);
      const countryCell = text('country');
      const country = countryCell === undefined ? this.#settings.defaultCountry : this.#country(countryCell);
      const phoneCell = text('phone');
      const phone = phoneCell === undefined ? undefined : this.#phone(phoneCell, country);
      const name = splitName(text('full_name') ?? '');
      const parts = {
        first_name: text('first_name') ?? name.first_name,
        last_name: text('last_name') ?? name.last_name,
        phone: phone && 'phone' in phone ? phone.phone : undefined,
        company: text('company') ?? name.company,
        address_line_1: text('address_line_1'),
        address_line_2: text('address_line_2'),
        city: text('city'),
        state: text('state'),
        postal_code: text('postal_code'),
        country,
      };
      if (!this.#isExact) splitLines(parts);
      const address = wholeAddress({ ...this.#flags(fields, cells), ...parts });
      if (address && this.#sources.platform?.defaults) this.#addDefault(record, address, number);
      else if (address) {
        // The same place twice is one address.
        if (!isSamePlace(address, record)) (record.addresses ??= []).push(address);
      } else for (const source of fields.values()) this.#keepOthers(reading, source, cells);
    }
  }

  /** A default address by the number of its columns. What is default for both stands in both. */
  #addDefault(record: ImportRow, address: ImportAddress, number: number): void {
    const kinds = this.#sources.platform?.defaults ?? {};
    const own = kinds[number];
    if (!own) return;
    const known = record.addresses?.find((one) => isSamePlace(one, address));
    if (known) {
      known[own] = true;
      return;
    }
    (record.addresses ??= []).push(address);
    // A file that speaks of one kind alone says nothing of the other.
    const spoken = Object.keys(kinds).filter((kind) => this.#sources.addresses.has(Number(kind)));
    for (const kind of spoken) {
      const flag = kinds[Number(kind)];
      if (flag && spoken.length > 1) address[flag] = flag === own;
    }
  }

  get #isExact(): boolean {
    return this.#sources.platform?.exact === true;
  }

  #flags(
    fields: ReadonlyMap<TargetField, Source>,
    cells: readonly string[],
  ): Pick<ImportAddress, 'is_default_billing' | 'is_default_shipping'> {
    const flag = (field: TargetField): boolean =>
      readConsent(this.#text(fields as Map<TargetField, Source>, field, cells) ?? '') === true;
    return {
      ...(flag('default_billing') ? { is_default_billing: true } : {}),
      ...(flag('default_shipping') ? { is_default_shipping: true } : {}),
    };
  }

  /** Every column that is no field and no secret, by its header, as it stands; of equal headers the first that is filled. */
  #readMetadata(reading: RecordReading, cells: readonly string[]): void {
    const { headers, platform, metadata, dateOrders } = this.#sources;
    for (const column of metadata) {
      const cell = cells[column] ?? '';
      const trimmed = trim(cell);
      if (trimmed === '' || placeholders.has(trimmed)) continue;
      const header = headers[column] ?? '';
      if (header === platform?.metadataColumn && this.#keepAll(reading, cell)) continue;
      const order = dateOrders.get(column);
      const date = order ? readDate(trimmed, order) : undefined;
      reading.keep(
        header,
        date ?? withoutApostrophe(cell, platform?.apostrophes?.columns.includes(header) ?? false),
      );
    }
    if (!this.#repairs.has('control_character')) return;
    const { record } = reading;
    for (const field of ['first_name', 'last_name', ...addressFields] as const) {
      const value = record[field];
      if (value !== undefined) record[field] = value.replace(controls, '');
    }
    if (record.tags) record.tags = record.tags.map((tag) => tag.replace(controls, ''));
    for (const [name, value] of Object.entries(reading.metadata))
      reading.metadata[name] = value.replace(controls, '');
  }

  /** A cell that holds all metadata; false where it holds something else. */
  #keepAll(reading: RecordReading, cell: string): boolean {
    let all: unknown;
    try {
      all = JSON.parse(unguarded(cell));
    } catch {
      return false;
    }
    if (typeof all !== 'object' || all === null || Array.isArray(all)) return false;
    for (const [name, value] of Object.entries(all))
      reading.keep(name, typeof value === 'string' ? value : JSON.stringify(value));
    return true;
  }

  /** Values of a field that another column was preferred to: kept as metadata, where they say anything else. */
  #keepOthers(reading: RecordReading, source: Source | undefined, cells: readonly string[], used = ''): void {
    for (const column of [...(source?.columns ?? []), ...(source?.appended ?? [])]) {
      const value = this.#value('address', cells[column] ?? '');
      if (value !== undefined && !used.includes(value))
        reading.keep(this.#sources.headers[column] ?? '', value);
    }
  }

  #text(
    fields: ReadonlyMap<TargetField, Source>,
    field: TargetField,
    cells: readonly string[],
    reading?: RecordReading,
  ): string | undefined {
    const source = fields.get(field);
    if (!source) return undefined;
    const [value, ...others] = this.#candidates(fields, field, cells);
    if (reading && others.some((other) => other !== value)) this.#keepOthers(reading, source, cells, value);
    if (value === undefined || source.appended.length === 0) return value;
    const appended = source.appended.map((column) => this.#value(field, cells[column] ?? ''));
    return [value, ...appended].filter((part) => part !== undefined).join(' ');
  }

  #candidates(
    fields: ReadonlyMap<TargetField, Source>,
    field: TargetField,
    cells: readonly string[],
  ): string[] {
    const values: string[] = [];
    for (const column of fields.get(field)?.columns ?? []) {
      const value = this.#value(field, cells[column] ?? '');
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  /** A cell without blanks around it and without the guard; undefined for what says nothing. */
  #value(field: TargetField, cell: string): string | undefined {
    if (cell === '') return undefined;
    const value = trim(this.#unguarded(field, cell));
    return value === '' || (placeholders.has(value) && !this.#isExact) ? undefined : value;
  }

  #unguarded(field: TargetField, cell: string): string {
    if (this.#isExact) return unguarded(cell);
    return withoutApostrophe(cell, this.#sources.platform?.apostrophes?.fields.includes(field) ?? false);
  }
}
