import type { ImportRow } from '../model/import.ts';
import type { ReceiptFailure } from '../model/receipt.ts';
import { withoutApostrophe } from './apostrophe.ts';
import { Check, replacer, type RecordState } from './check.ts';
import type { TargetField } from './columns.ts';
import type { DateOrder } from './dates.ts';
import type { Encoding } from './decode.ts';
import type { Delimiter } from './delimiter.ts';
import { kindOf } from './file-kind.ts';
import { mapColumns, withTargets, type ColumnMapping, type Mapping } from './mapping.ts';
import { platformNamed } from './platforms/recognise.ts';
import { failureOf, type Problem, type ProblemCode } from './problem.ts';
import type { ReadErrorCode } from './read-error.ts';
import { readText, type ReadOptions } from './read-text.ts';
import type { CheckSettings, Replacement } from './settings.ts';
import type { Table } from './table.ts';

export interface OpenOptions extends ReadOptions {
  /** What somebody said of earlier files, by the fingerprint of their headers: it holds where `settings` is silent. */
  remembered?: Readonly<Record<string, CheckSettings>> | undefined;
  settings?: CheckSettings;
}

export interface ColumnReading extends ColumnMapping {
  /** The first three values that differ, shortened; none of a secret column. */
  samples: string[];
  /** Records with a value, of all. */
  filled: number;
  /** The order of day and month in it, where it holds dates and one is known. */
  dateOrder?: DateOrder;
}

/** Problems of one kind. */
export interface ProblemKind {
  code: ProblemCode;
  severity: 'error' | 'skipped' | 'warning';
  count: number;
  /** Of these, how many the setting `repairs` puts right. */
  repairable: number;
  /** What the file says, most frequent first, where a word needs a meaning: `settings.values` gives it one. */
  values?: { value: string; count: number }[];
}

/** A file read, mapped and checked: everything but its rows. */
export interface ImportOverview {
  fileName: string;
  /** By its headers; null where the columns went by their names. */
  platform: { id: string; name: string } | null;
  /** Null for a workbook, as is the delimiter. */
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  sheets: string[];
  sheet: string | null;
  /** Rows above the header. */
  preamble: number;
  hasHeader: boolean;
  columns: ColumnReading[];
  /** The same for the same headers: the name under which a mapping is remembered. */
  fingerprint: string;
  /** Records that are not blank. */
  records: number;
  counts: Record<RecordState, number>;
  kinds: ProblemKind[];
  /** Why nothing can be imported as the columns are mapped now. */
  blocker: { code: ReadErrorCode; detail: string } | null;
  /** What the file's name says of everybody's consent; it counts only once `settings.consent` says so. */
  consentOffer: boolean | null;
  settings: CheckSettings;
}

/** One record as a person looks at it. */
export interface RecordView {
  row: number;
  state: RecordState;
  /** As they count now; blank in columns that hold secrets. */
  cells: string[];
  problems: Problem[];
  /** The record above that a further address belongs to. */
  of?: number;
  record?: ImportRow;
}

export interface RecordQuery {
  /** All records, those in a state, or those with a problem of a kind. */
  of?: RecordState | ProblemCode;
  /** With duplicates, the records they repeat: each above those that repeat it. */
  together?: boolean;
  offset: number;
  limit: number;
}

export interface RecordPage {
  total: number;
  records: RecordView[];
}

/** Records for one step of an operation. `next` is what to ask for then; null at the end. */
export interface RecordBatch {
  rows: ImportRow[];
  rejected: ReceiptFailure[];
  next: number | null;
}

const sampleLength = 80;
const namedWords: Partial<Record<ProblemCode, true>> = {
  country_unknown: true,
  consent_unknown: true,
  status_unknown: true,
};

/** A file that is open: it holds the rows and answers for them, in a worker or in the page. */
export class ImportSession {
  readonly #fileName: string;
  readonly #table: Table;
  readonly #found: Mapping;
  readonly #check: Check;
  readonly #remembered: CheckSettings | undefined;
  #mapping: Mapping;
  #settings: CheckSettings = {};
  #samples: { samples: string[]; filled: number }[] = [];
  #lists = new Map<string, number[]>();

  private constructor(fileName: string, table: Table, options: OpenOptions) {
    this.#fileName = fileName;
    this.#table = table;
    const samples = Array.from({ length: Math.min(100, table.rows.length) }, (_, index) =>
      table.rows.row(index),
    );
    this.#found = mapColumns(table.header, { fileName, samples });
    this.#mapping = this.#found;
    const { fingerprint } = this.#found;
    if (options.remembered && Object.hasOwn(options.remembered, fingerprint))
      this.#remembered = options.remembered[fingerprint];
    this.#check = new Check(table, this.#found);
  }

  /** Reads a file, maps its columns and checks its records. Throws a {@link ReadError} for what is no list. */
  static async open(file: Blob, options: OpenOptions = {}): Promise<ImportSession> {
    const start = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
    const table =
      kindOf(start) === 'zip'
        ? // Half of all files are CSV, and the rest waits a moment for its reader.
          await (await import('./read-spreadsheet.ts')).readSpreadsheet(file, options)
        : await readText(file, start, options);
    const session = new ImportSession(options.fileName ?? '', table, options);
    session.#samples = session.#readSamples();
    await session.recheck({ ...session.#remembered, ...options.settings }, options.signal);
    return session;
  }

  /** Takes what a person says about the file and judges anew what it touches. */
  async recheck(settings: CheckSettings, signal?: AbortSignal): Promise<ImportOverview> {
    const platform = platformNamed(this.#found.platform?.id);
    const isSame = JSON.stringify(settings.targets) === JSON.stringify(this.#settings.targets);
    if (!isSame) {
      const { targets } = settings;
      this.#mapping = targets ? withTargets(this.#found, targets, this.#remembered?.targets) : this.#found;
    }
    // A name may take consent away by itself, but give it only with somebody's word.
    const consent = settings.consent ?? (platform?.consentOf?.(this.#fileName) === false ? false : undefined);
    await this.#check.judge(
      this.#mapping,
      consent === undefined ? settings : { ...settings, consent },
      signal,
    );
    this.#settings = settings;
    this.#lists.clear();
    return this.overview();
  }

  overview(): ImportOverview {
    const { encoding, delimiter, sheets, sheet, preamble, firstNumber } = this.#table;
    const counts: ImportOverview['counts'] = {
      ready: 0,
      invalid: 0,
      duplicate: 0,
      continuation: 0,
      left_out: 0,
    };
    for (let index = 0; index < this.#check.length; index++) counts[this.#check.stateOf(index)]++;
    const platform = platformNamed(this.#found.platform?.id);
    return {
      fileName: this.#fileName,
      platform: this.#mapping.platform,
      encoding,
      delimiter,
      sheets,
      sheet,
      preamble,
      hasHeader: firstNumber === 2,
      columns: this.#mapping.columns.map((column, index) => {
        const dateOrder = this.#check.dateOrders.get(index);
        const { samples = [], filled = 0 } = this.#samples[index] ?? {};
        return {
          ...column,
          samples: column.reason === 'secret' ? [] : samples,
          filled,
          ...(dateOrder ? { dateOrder } : {}),
        };
      }),
      fingerprint: this.#mapping.fingerprint,
      records: this.#check.length,
      counts,
      kinds: this.#kinds(),
      blocker: this.#blocker(),
      consentOffer:
        this.#settings.consent === undefined ? (platform?.consentOf?.(this.#fileName) ?? null) : null,
      settings: this.#settings,
    };
  }

  /** Some records, in the order of the file. */
  page({ of, together = false, offset, limit }: RecordQuery): RecordPage {
    const list =
      of === undefined
        ? undefined
        : of === 'duplicate' && together
          ? this.#repeatedTogether()
          : this.#listOf(of);
    const total = list?.length ?? this.#check.length;
    const records: RecordView[] = [];
    for (let at = Math.max(0, offset); at < Math.min(offset + limit, total); at++)
      records.push(this.#view(list ? (list[at] ?? 0) : at));
    return { total, records };
  }

  /** Records as an operation sends them, from the record at `from`, which begins at 0. Continuation rows go with theirs. */
  batch(from: number, limit: number): RecordBatch {
    const rows: ImportRow[] = [];
    const rejected: ReceiptFailure[] = [];
    let index = from;
    for (; index < this.#check.length && rows.length + rejected.length < limit; index++) {
      const problem = this.#check.problemOf(index);
      const row = this.#check.rowAt(index);
      if (row) rows.push(row);
      else if (problem) rejected.push(failureOf(problem));
    }
    return { rows, rejected, next: index < this.#check.length ? index : null };
  }

  /** Every problem of records that are left out, and every warning of the others. */
  problems(): { problems: Problem[]; warnings: Problem[] } {
    const problems: Problem[] = [];
    const warnings: Problem[] = [];
    for (let index = 0; index < this.#check.length; index++) {
      const problem = this.#check.problemOf(index);
      if (problem) problems.push(problem);
      warnings.push(...this.#check.warningsOf(index));
    }
    return { problems, warnings };
  }

  /** Header and cells as they stand in the file, of the records with these numbers; without columns of secrets. */
  originals(numbers: readonly number[]): { header: string[]; records: { row: number; cells: string[] }[] } {
    const { header, rows, firstNumber } = this.#table;
    const width = Math.max(header.length, this.#mapping.columns.length);
    const open = Array.from({ length: width }, (_, index) => index).filter(
      (index) => this.#mapping.columns[index]?.reason !== 'secret',
    );
    const pick = (cells: readonly string[]): string[] => [
      ...open.map((index) => cells[index] ?? ''),
      ...cells.slice(width),
    ];
    return {
      header: pick(header),
      records: numbers.map((row) => ({ row, cells: pick(rows.row(row - firstNumber)) })),
    };
  }

  /** How many cells a replacement would change. */
  matches(replacement: Replacement): number {
    const replace = replacer([replacement], this.#mapping);
    let changed = 0;
    for (let index = 0; index < this.#check.length; index++) {
      const before = this.#check.cells(index);
      const after = [...before];
      replace(after);
      for (let column = 0; column < before.length; column++) if (before[column] !== after[column]) changed++;
    }
    return changed;
  }

  #view(index: number): RecordView {
    const check = this.#check;
    const problem = check.problemOf(index);
    const owner = check.ownerOf(index);
    const record = check.rowAt(index);
    const cells = check.cells(index);
    for (const column of this.#mapping.columns)
      if (column.reason === 'secret' && cells[column.index]) cells[column.index] = '';
    return {
      row: check.numberOf(index),
      state: check.stateOf(index),
      cells,
      problems: [...(problem ? [problem] : []), ...check.warningsOf(index)],
      ...(owner === undefined ? {} : { of: check.numberOf(owner) }),
      ...(record ? { record } : {}),
    };
  }

  #listOf(of: RecordState | ProblemCode): number[] {
    const known = this.#lists.get(of);
    if (known) return known;
    const list: number[] = [];
    for (let index = 0; index < this.#check.length; index++) {
      const isIn =
        this.#check.stateOf(index) === of ||
        this.#check.problemOf(index)?.code === of ||
        this.#check.warningsOf(index).some(({ code }) => code === of);
      if (isIn) list.push(index);
    }
    this.#lists.set(of, list);
    return list;
  }

  #repeatedTogether(): number[] {
    const known = this.#lists.get('together');
    if (known) return known;
    const groups = new Map<number, number[]>();
    for (const index of this.#listOf('duplicate')) {
      const first = (this.#check.problemOf(index)?.of ?? 0) - this.#table.firstNumber;
      const group = groups.get(first);
      if (group) group.push(index);
      else groups.set(first, [first, index]);
    }
    const list = [...groups.values()].flat();
    this.#lists.set('together', list);
    return list;
  }

  #kinds(): ProblemKind[] {
    const kinds = new Map<ProblemCode, ProblemKind>();
    const words = new Map<ProblemCode, Map<string, number>>();
    const count = ({ code, repair, value }: Problem, severity: ProblemKind['severity']): void => {
      const kind = kinds.get(code) ?? { code, severity, count: 0, repairable: 0 };
      kind.count++;
      if (repair !== undefined) kind.repairable++;
      kinds.set(code, kind);
      if (!namedWords[code] || value === undefined) return;
      const known = words.get(code) ?? new Map<string, number>();
      words.set(code, known.set(value, (known.get(value) ?? 0) + 1));
    };
    for (let index = 0; index < this.#check.length; index++) {
      const problem = this.#check.problemOf(index);
      if (problem) count(problem, this.#check.stateOf(index) === 'invalid' ? 'error' : 'skipped');
      for (const warning of this.#check.warningsOf(index)) count(warning, 'warning');
    }
    for (const [code, known] of words) {
      const kind = kinds.get(code);
      if (!kind) continue;
      kind.values = [...known]
        .map(([value, times]) => ({ value, count: times }))
        .sort((a, b) => b.count - a.count)
        .slice(0, 200);
    }
    const order = { error: 0, skipped: 1, warning: 2 };
    return [...kinds.values()].sort((a, b) => order[a.severity] - order[b.severity] || b.count - a.count);
  }

  #blocker(): ImportOverview['blocker'] {
    const column = this.#columnOf('email');
    if (!column)
      return { code: 'no_email_column', detail: this.#table.header.filter(Boolean).slice(0, 12).join(', ') };
    if (this.#check.hasEmail) return null;
    const platform = platformNamed(this.#found.platform?.id);
    const isFault = platform?.mayRepeatFirstNames && this.#repeatsFirstNames(column.index);
    return { code: isFault ? 'first_names_for_emails' : 'no_addresses', detail: column.header };
  }

  /** Whether the e-mails are the first names once more. */
  #repeatsFirstNames(email: number): boolean {
    const firstName = this.#columnOf('first_name');
    if (!firstName) return false;
    const seen = Math.min(this.#check.length, 100);
    let same = 0;
    for (let index = 0; index < seen; index++) {
      const cells = this.#table.rows.row(index);
      if (cells[email]?.trim() === cells[firstName.index]?.trim()) same++;
    }
    return same * 2 > seen;
  }

  #columnOf(field: TargetField): ColumnMapping | undefined {
    return this.#mapping.columns.find(
      ({ target }) =>
        target.kind === 'field' && target.field === field && !target.fallback && target.address === undefined,
    );
  }

  #readSamples(): { samples: string[]; filled: number }[] {
    const columns = this.#found.columns.map(() => ({ samples: [] as string[], filled: 0 }));
    for (let index = 0; index < this.#table.rows.length; index++) {
      const cells = this.#table.rows.row(index);
      columns.forEach((column, at) => {
        const cell = cells[at];
        if (!cell) return;
        const trimmed = column.samples.length < 3 || cell.length < 100 ? cell.trim() : cell;
        if (trimmed === '') return;
        column.filled++;
        if (column.samples.length >= 3) return;
        const value = withoutApostrophe(trimmed.slice(0, sampleLength + 2), false);
        const sample = value.length > sampleLength ? `${value.slice(0, sampleLength)}…` : value;
        if (!column.samples.includes(sample)) column.samples.push(sample);
      });
    }
    return columns;
  }
}
