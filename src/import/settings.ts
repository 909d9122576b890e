import type { ColumnTarget } from './columns.ts';
import type { DateOrder } from './dates.ts';
import type { ProblemCode } from './problem.ts';

/** Something to find in cells and what to put in its place. */
export interface Replacement {
  /** In this column only; everywhere, but in columns that are ignored. */
  column?: number;
  find: string;
  replaceWith: string;
  /** Only where the cell is nothing else. */
  wholeCell?: boolean;
  matchCase?: boolean;
}

/** What a person says about a file, beside its mapping. All of it can be sent to a worker and kept. */
export interface CheckSettings {
  /** ISO 3166-1 alpha-2, for records without a country. */
  defaultCountry?: string;
  /** Consent of everybody for whom the file says nothing: what its name tells, if a person agrees. */
  consent?: boolean;
  /** What words in the file mean that no rule understands; `null`: nothing. */
  values?: {
    country?: Record<string, string | null>;
    accepts_marketing?: Record<string, boolean | null>;
    status?: Record<string, 'active' | 'inactive' | null>;
  };
  /** By column; found by evidence where it isn't said. */
  dateOrders?: Record<number, DateOrder>;
  /** Kinds of problems whose offered repair is made in every record. */
  repairs?: readonly ProblemCode[];
  /** Cells as somebody has put them right, by record number. */
  edits?: readonly { row: number; column: number; value: string }[];
  /** Records that are not to be imported, by number. */
  leftOut?: readonly number[];
  replacements?: readonly Replacement[];
  /** Targets by column where the mapping found is to be another. */
  targets?: readonly (ColumnTarget | undefined)[];
}
