import type { TargetField } from '../columns.ts';

/** Headers of fields. Where several are named the first with a value speaks, the others are its fallback. */
export type FieldHeaders = Partial<Record<TargetField, readonly string[]>>;

/**
 * How one system writes its customers. Recognised by its headers alone, whatever their order, then mapped whole.
 * To add one: a file beside this one, from a real export, and a line in `recognise.ts`.
 */
export interface Platform {
  id: string;
  name: string;
  /** The name as the file's own name completes it. */
  nameOf?: (fileName: string) => string;
  /** Headers that together no other system has; of a list, one must be there. */
  fingerprint: readonly (string | readonly string[])[];
  /** Every header is one of these; one that isn't makes it another system's file. */
  onlyHeaders?: ReadonlySet<string>;
  /** Columns that are in no field become metadata, or (`othersByName`) what their names say. */
  fields: FieldHeaders;
  othersByName?: true;
  /** Further addresses, and the names and phones of the first that are not the customer's own (key 1). */
  addresses?: Readonly<Record<number, FieldHeaders>>;
  /** The same for addresses that are numbered: `#` stands for the number. */
  numbered?: FieldHeaders;
  /** `quoted`: a CSV list inside the cell. */
  tagSeparator?: ',' | ';' | 'quoted' | 'ours';
  /** Fields and further columns whose cells start with one apostrophe that isn't theirs, whatever follows. */
  apostrophes?: { fields: readonly TargetField[]; columns: readonly string[] };
  /** What the backend reckons itself: neither a field nor metadata. */
  reckoned?: readonly string[];
  /** A column of all metadata, as JSON. */
  metadataColumn?: string;
  /** Further addresses that are the default, by their number. */
  defaults?: Readonly<Record<number, 'is_default_billing' | 'is_default_shipping'>>;
  /**
   * Cells hold what was in the database: nothing in them is a placeholder, a guard that is none of ours, a street of two
   * lines or a number of some country.
   */
  exact?: true;
  /** The consent column says who does not want mail. */
  consentInverted?: true;
  /** Numbers are international, but for their plus sign. */
  phonesWithoutPlus?: true;
  /** A row without an e-mail, but with an address, is the next address of the row above. */
  continuationRows?: true;
  /** A row that repeats an e-mail is a further address of the same customer. */
  repeatedRowsAreAddresses?: true;
  /** What the file's name says about everybody in it. */
  consentOf?: (fileName: string) => boolean | undefined;
  /** A version of this system wrote the first names in the place of the e-mails. */
  mayRepeatFirstNames?: true;
}
