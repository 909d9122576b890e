import type { ImportRow } from '../model/import.ts';
import { isSamePlace } from './address.ts';
import type { CheckSettings, Replacement } from './settings.ts';
import { DateEvidence, type DateOrder } from './dates.ts';
import { RecordMapper } from './map.ts';
import type { Mapping } from './mapping.ts';
import type { Problem } from './problem.ts';
import { sourcesOf } from './sources.ts';
import type { Table } from './table.ts';

/** What becomes of a record. */
export type RecordState = 'ready' | 'invalid' | 'duplicate' | 'continuation' | 'left_out';

/** What one record's own cells say, before the others are looked at. */
interface Verdict {
  row?: ImportRow;
  problem?: Problem;
  isContinuation?: boolean;
  warnings?: Problem[];
}

/** Records above which the rows are read again when they are asked for, rather than kept. */
const mostKept = 250_000;
/** Records judged between two turns of whoever shares the thread. */
const turn = 2000;

/**
 * Judges the records of a table and keeps what it found: a change of one cell judges one record again, and only the
 * comparing of all with all (duplicates, further addresses) is done anew, which takes a tenth of that.
 */
export class Check {
  readonly #table: Table;
  #mapping: Mapping;
  #settings: CheckSettings = {};
  #mapper!: RecordMapper;
  #verdicts: Verdict[] = [];
  #states: RecordState[] = [];
  /** Problems that come of comparing. */
  #compared = new Map<number, Problem>();
  /** Rows whose address belongs to another record. */
  #furtherRows = new Map<number, number[]>();
  #owners = new Map<number, number>();
  #edits = new Map<number, Map<number, string>>();
  #leftOut = new Set<number>();
  #replace: ((cells: string[]) => void) | undefined;
  #dateOrders = new Map<number, DateOrder>();

  constructor(table: Table, mapping: Mapping) {
    this.#table = table;
    this.#mapping = mapping;
  }

  get length(): number {
    return this.#table.rows.length;
  }

  get dateOrders(): ReadonlyMap<number, DateOrder> {
    return this.#dateOrders;
  }

  /** Judges as much as these changes ask for. */
  async judge(mapping: Mapping, settings: CheckSettings, signal?: AbortSignal): Promise<void> {
    const before = this.#settings;
    const cellsOnly =
      this.#verdicts.length === this.length &&
      this.#mapping === mapping &&
      besideCells(before) === besideCells(settings);
    this.#mapping = mapping;
    this.#settings = settings;
    this.#leftOut = new Set(settings.leftOut?.map((number) => number - this.#table.firstNumber));
    const earlier = this.#edits;
    this.#edits = editsByRow(settings.edits ?? [], this.#table.firstNumber);
    if (cellsOnly) {
      const touched = new Set([...earlier.keys(), ...this.#edits.keys()]);
      for (const index of touched) if (index >= 0 && index < this.length) this.#judgeOne(index);
    } else await this.#judgeAll(signal);
    this.#compare();
  }

  async #judgeAll(signal?: AbortSignal): Promise<void> {
    const { replacements = [], dateOrders = {} } = this.#settings;
    this.#replace = replacements.length ? replacer(replacements, this.#mapping) : undefined;
    this.#dateOrders = this.#findDateOrders(dateOrders);
    this.#mapper = new RecordMapper(sourcesOf(this.#mapping, this.#dateOrders), this.#settings);
    this.#verdicts = [];
    for (let index = 0; index < this.length; index++) {
      this.#judgeOne(index);
      if (index % turn !== turn - 1) continue;
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
  }

  #judgeOne(index: number): void {
    const { row, problem, isContinuation, warnings } = this.#mapper.map(
      this.numberOf(index),
      this.cells(index),
    );
    const verdict: Verdict = {};
    if (row) verdict.row = this.length > mostKept ? { row: row.row, email: row.email } : row;
    if (problem) verdict.problem = problem;
    if (isContinuation) verdict.isContinuation = true;
    if (this.#table.misquoted.has(index))
      warnings.push({ row: this.numberOf(index), code: 'quote_misplaced' });
    if (warnings.length) verdict.warnings = warnings;
    this.#verdicts[index] = verdict;
  }

  /** Looks at all records together: who repeats whom, which row belongs to which. */
  #compare(): void {
    const rowOfEmail = new Map<string, number>();
    const keepsRepeated = this.#repeatedRowsAreAddresses;
    this.#states = new Array<RecordState>(this.length);
    this.#compared = new Map();
    this.#furtherRows = new Map();
    this.#owners = new Map();
    let owner: number | undefined;
    for (let index = 0; index < this.length; index++) {
      const { row, isContinuation } = this.#verdicts[index] ?? {};
      const number = this.numberOf(index);
      if (this.#leftOut.has(index)) {
        this.#states[index] = 'left_out';
        this.#compared.set(index, { row: number, code: 'left_out' });
        if (!isContinuation) owner = undefined;
        continue;
      }
      if (isContinuation && index > 0) {
        this.#states[index] = 'continuation';
        if (owner !== undefined) this.#addFurther(owner, index);
        continue;
      }
      owner = undefined;
      if (!row) {
        this.#states[index] = 'invalid';
        if (isContinuation)
          this.#compared.set(index, { row: number, code: 'email_empty', field: 'email', value: '' });
        continue;
      }
      const earlier = rowOfEmail.get(row.email);
      if (earlier !== undefined) {
        this.#states[index] = 'duplicate';
        const of = this.numberOf(earlier);
        this.#compared.set(index, { row: number, code: 'duplicate', field: 'email', value: row.email, of });
        if (keepsRepeated) this.#addFurther(earlier, index);
        continue;
      }
      rowOfEmail.set(row.email, index);
      this.#states[index] = 'ready';
      owner = index;
    }
  }

  get #repeatedRowsAreAddresses(): boolean {
    return sourcesOf(this.#mapping, this.#dateOrders).platform?.repeatedRowsAreAddresses ?? false;
  }

  #addFurther(owner: number, index: number): void {
    this.#owners.set(index, owner);
    const rows = this.#furtherRows.get(owner);
    if (rows) rows.push(index);
    else this.#furtherRows.set(owner, [index]);
  }

  numberOf(index: number): number {
    return index + this.#table.firstNumber;
  }

  stateOf(index: number): RecordState {
    return this.#states[index] ?? 'invalid';
  }

  /** Whether any record has an e-mail, or what can be made one. */
  get hasEmail(): boolean {
    return this.#verdicts.some(
      ({ row, problem }) => row ?? (problem && (problem.repair ?? !problem.code.startsWith('email_'))),
    );
  }

  /** Why a record is left out; undefined for one that isn't. */
  problemOf(index: number): Problem | undefined {
    return this.#compared.get(index) ?? this.#verdicts[index]?.problem;
  }

  warningsOf(index: number): readonly Problem[] {
    return this.stateOf(index) === 'ready' ? (this.#verdicts[index]?.warnings ?? []) : [];
  }

  /** The record above that a continuation row belongs to. */
  ownerOf(index: number): number | undefined {
    return this.#owners.get(index);
  }

  /** The record as the database gets it, with the addresses of the rows that belong to it. */
  rowAt(index: number): ImportRow | undefined {
    if (this.stateOf(index) !== 'ready') return undefined;
    const kept = this.#verdicts[index]?.row;
    const row = this.length > mostKept ? this.#mapper.map(this.numberOf(index), this.cells(index)).row : kept;
    const further = this.#furtherRows.get(index);
    if (!row || !further) return row;
    const addresses = [...(row.addresses ?? [])];
    for (const other of further) {
      const address = this.#mapper.addressOf(this.numberOf(other), this.cells(other));
      if (!address || isSamePlace(address, row) || addresses.some((known) => isSamePlace(address, known)))
        continue;
      addresses.push(address);
    }
    return addresses.length ? { ...row, addresses } : row;
  }

  /** A record's cells as they count: edited, with what was found replaced. */
  cells(index: number): string[] {
    const cells = this.#table.rows.row(index);
    this.#replace?.(cells);
    for (const [column, value] of this.#edits.get(index) ?? []) {
      while (cells.length < column) cells.push('');
      cells[column] = value;
    }
    return cells;
  }

  /** Columns of dates with day and month in an order that their own cells tell, or a person. */
  #findDateOrders(chosen: Record<number, DateOrder>): Map<number, DateOrder> {
    const orders = new Map<number, DateOrder>();
    const evidence = new Map<number, DateEvidence>();
    for (const { index, target } of this.#mapping.columns)
      if (target.kind === 'metadata' && evidence.size < 200) evidence.set(index, new DateEvidence());
    const seen = Math.min(this.length, 5000);
    for (let index = 0; index < seen; index++) {
      const cells = this.#table.rows.row(index);
      for (const [column, dates] of evidence) {
        const cell = cells[column]?.trim();
        if (cell) dates.add(cell);
      }
    }
    for (const [column, dates] of evidence) {
      const order = chosen[column] ?? (dates.isDate ? dates.order : undefined);
      if (order) orders.set(column, order);
    }
    return orders;
  }
}

/** What is said of more than single records, to be compared: in which order it was said makes no difference. */
function besideCells(settings: CheckSettings): string {
  const said = Object.entries({ ...settings, edits: undefined, leftOut: undefined });
  return JSON.stringify(said.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function editsByRow(
  edits: NonNullable<CheckSettings['edits']>,
  firstNumber: number,
): Map<number, Map<number, string>> {
  const rows = new Map<number, Map<number, string>>();
  for (const { row, column, value } of edits) {
    const cells = rows.get(row - firstNumber) ?? new Map<number, string>();
    rows.set(row - firstNumber, cells.set(column, value));
  }
  return rows;
}

/** Makes all replacements in a row's cells. */
export function replacer(
  replacements: readonly Replacement[],
  { columns }: Mapping,
): (cells: string[]) => void {
  const open = new Set(columns.filter(({ target }) => target.kind !== 'ignored').map(({ index }) => index));
  const rules = replacements
    .filter(({ find }) => find !== '')
    .map(({ column, find, replaceWith, wholeCell, matchCase }) => {
      const literal = find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const pattern = new RegExp(wholeCell ? `^\\s*${literal}\\s*$` : literal, matchCase ? 'gu' : 'giu');
      return { column, pattern, replaceWith };
    });
  return (cells) => {
    for (const { column, pattern, replaceWith } of rules) {
      for (const index of column === undefined ? open : [column]) {
        const cell = cells[index];
        if (cell && open.has(index)) cells[index] = cell.replace(pattern, () => replaceWith);
      }
    }
  };
}
