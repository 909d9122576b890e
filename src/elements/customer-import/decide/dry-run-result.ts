import {
  DryRunTally,
  type DryRun,
  type DryRunCounts,
  type DryRunRow,
  type ImportRow,
} from '../../../model/import.ts';

/** Every field that a dry run names a change of, in the order in which they are shown. */
export const changeFields = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'status',
  'accepts_marketing',
  'tags',
  'metadata',
  'address',
  'group',
  'deleted_at',
] as const;
export type ChangeField = (typeof changeFields)[number];

export interface FieldChanges {
  field: ChangeField;
  before: unknown;
  after: unknown;
}

const placeOf = (field: string): number => (changeFields as readonly string[]).indexOf(field);

/** A customer that would change, from what to what. */
export interface ChangedRow {
  row: number;
  /** The record's e-mail. */
  label: string;
  changes: FieldChanges[];
}

/** A record that would be left out or refused, and why. */
export interface RefusedRow {
  row: number;
  label: string;
  code: string;
  field: string | undefined;
  message: string;
}

/** Codes that a person may decide about, record by record. */
export const againCodes = ['deleted_before', 'merged_before', 'erased_before'] as const;
export type AgainCode = (typeof againCodes)[number];
export const isAgainCode = (code: string): code is AgainCode =>
  (againCodes as readonly string[]).includes(code);

const outcomes = ['created', 'changed', 'unchanged', 'skipped', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What an import would do, record by record, kept small: a hundred thousand changed rows as objects would take ten
 * times the memory of their text, and only those on the screen are read.
 */
export class DryRunResult {
  readonly #tally = new DryRunTally();
  readonly #changed: string[] = [];
  /** Which fields change in each of them, a bit for each. */
  readonly #fields: number[] = [];
  readonly #refused = new Map<string, RefusedRow[]>();
  /** By record number: one more than the place in `outcomes`, 0 for records that the dry run was not asked about. */
  #expected = new Uint8Array(1024);
  #filtered: { field: ChangeField; places: number[] } | undefined;
  /** Everybody written joins a group that is made only when the import starts. */
  readonly #joins: string | undefined;

  constructor(joins?: string) {
    this.#joins = joins;
  }

  get counts(): Readonly<DryRunCounts> {
    return this.#tally.counts;
  }

  /** The answers to the steps, in their order. */
  add(answer: DryRun, asked: readonly ImportRow[]): void {
    const emails = new Map(asked.map(({ row, email }) => [row, email]));
    const rows = this.#joins === undefined ? answer.rows : answer.rows.map((row) => this.#joined(row));
    for (const row of this.#tally.add({ rows })) this.#take(row, emails.get(row.row) ?? '');
    this.#filtered = undefined;
  }

  /** What the dry run said of a record; undefined for one that it was not asked about. */
  expected(row: number): Outcome | undefined {
    return outcomes[(this.#expected[row] ?? 0) - 1];
  }

  /** How many customers change in each field that any changes in. */
  changedFields(): { field: ChangeField; count: number }[] {
    const counts = changeFields.map(() => 0);
    for (const bits of this.#fields)
      for (let place = 0; place < counts.length; place++)
        if (bits & (1 << place)) counts[place] = (counts[place] ?? 0) + 1;
    return changeFields
      .map((field, place) => ({ field, count: counts[place] ?? 0 }))
      .filter(({ count }) => count > 0);
  }

  /** The places of changed rows, all or those with a change of a field: what a windowed list goes through. */
  places(field: ChangeField | undefined): readonly number[] {
    if (field === undefined) return this.#changed.map((_, place) => place);
    if (this.#filtered?.field === field) return this.#filtered.places;
    const bit = 1 << placeOf(field);
    const places = this.#fields.flatMap((bits, place) => (bits & bit ? [place] : []));
    this.#filtered = { field, places };
    return places;
  }

  changedAt(place: number): ChangedRow {
    const [row, label, changes] = JSON.parse(this.#changed[place] ?? '[0, "", []]') as [
      number,
      string,
      FieldChanges[],
    ];
    return { row, label, changes };
  }

  /** Records that would not come in, by the reason. */
  get refused(): ReadonlyMap<string, readonly RefusedRow[]> {
    return this.#refused;
  }

  #joined(row: DryRunRow): DryRunRow {
    if (row.outcome !== 'unchanged' && row.outcome !== 'changed') return row;
    const joining = { field: 'group', before: null, after: this.#joins };
    return { ...row, outcome: 'changed', changes: [...(row.changes ?? []), joining] };
  }

  #take(row: DryRunRow, label: string): void {
    this.#expect(row.row, row.outcome);
    if (row.outcome === 'changed') {
      // What follows from another, as that a new e-mail is not verified, has no words of its own.
      const changes = (row.changes ?? []).filter(({ field }) => placeOf(field) >= 0);
      let bits = 0;
      for (const { field } of changes) bits |= 1 << placeOf(field);
      this.#changed.push(JSON.stringify([row.row, label, changes]));
      this.#fields.push(bits);
    }
    if (row.outcome !== 'skipped' && row.outcome !== 'failed') return;
    const { code = 'other', field, message = '' } = row;
    const known = this.#refused.get(code) ?? [];
    known.push({ row: row.row, label, code, field, message });
    this.#refused.set(code, known);
  }

  #expect(row: number, outcome: Outcome): void {
    if (row >= this.#expected.length) {
      const larger = new Uint8Array(Math.max(row + 1, 2 * this.#expected.length));
      larger.set(this.#expected);
      this.#expected = larger;
    }
    this.#expected[row] = outcomes.indexOf(outcome) + 1;
  }
}
