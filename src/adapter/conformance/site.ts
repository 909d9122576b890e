import type { Customer } from '../../model/customer.ts';
import type { ImportPolicy, ImportRow } from '../../model/import.ts';
import type { Operation } from '../../model/operations.ts';
import type { Receipt, ReceiptFailure } from '../../model/receipt.ts';
import type { CustomerAdapter, ListCustomersRequest } from '../adapter.ts';

/** A site without customers, and who may ask about it. */
export interface ConformanceSite {
  /** Speaks for an admin. */
  adapter: CustomerAdapter;
  /** Others who ask about the same site: those named in {@link ConformanceFeatures}. */
  others?: Partial<Record<ConformancePerson, CustomerAdapter>>;
  /** What no adapter writes yet, or never will: with it the kit also proves filters by group and by orders. */
  host?: ConformanceHost;
}

/** `outsider` is signed in but of another site, `anonymous` isn't signed in, `expired` has an old token. */
export type ConformancePerson = 'viewer' | 'editor' | 'outsider' | 'anonymous' | 'expired';

export interface ConformanceHost {
  /** Answers the new group's id. */
  addGroup(group: { name: string; color: string; customerIds: string[] }): Promise<string>;
  /** `total` is in minor units of `currency`, which is the site's unless given. */
  addOrder(order: {
    customerId: string;
    total: number;
    status: string;
    createdAt: string;
    currency?: string;
  }): Promise<void>;
}

/** What a `makeSite` offers beside the adapter; tests that need more than that are not in the kit's list. */
export interface ConformanceFeatures {
  people?: readonly ConformancePerson[];
  host?: boolean;
}

export type MakeSite = () => Promise<ConformanceSite>;

export interface ConformanceTest {
  /** What is proven, as a sentence. */
  name: string;
  /** Rejects with an Error that says what differs. */
  run(): Promise<void>;
}

export const newestFirst = { by: 'created_at', direction: 'desc' } as const;

/** A record of an import file; the first is row 2, below the header. */
export function person(number: number, rest: Partial<ImportRow> = {}): ImportRow {
  return { row: number + 1, email: `person${number}@example.com`, first_name: `Person ${number}`, ...rest };
}

export interface BringIn {
  id?: string;
  policy?: ImportPolicy;
  rejected?: ReceiptFailure[];
}

/** Puts customers in by the adapter's own import; answers the final receipt. */
export async function bringIn(
  adapter: CustomerAdapter,
  rows: ImportRow[],
  choices: BringIn = {},
): Promise<Receipt> {
  const { id = crypto.randomUUID(), policy = 'both', rejected = [] } = choices;
  await adapter.startOperation({
    id,
    kind: 'import',
    asked: rows.length + rejected.length,
    options: { policy },
  });
  const steps = Math.max(1, Math.ceil(rows.length / 1000));
  for (let step = 0; step < steps; step++) {
    const chunk = rows.slice(step * 1000, (step + 1) * 1000);
    await adapter.stepOperation({ id, step, rows: chunk, rejected: step === 0 ? rejected : [] });
  }
  return adapter.finishOperation({ id });
}

/** An operation without what it was asked to do. */
export function receiptOf(operation: Operation): Receipt {
  const receipt: Partial<Operation> = { ...operation };
  delete receipt.options;
  delete receipt.steps;
  return receipt as Receipt;
}

/** Every row of a list, page by page. */
export async function walk(
  adapter: CustomerAdapter,
  { filters = {}, sort = newestFirst, limit = 100 }: Partial<ListCustomersRequest> = {},
): Promise<Customer[]> {
  const rows: Customer[] = [];
  let cursor: string | null = null;
  do {
    const answer = await adapter.listCustomers({
      filters,
      sort,
      limit,
      ...(cursor === null ? {} : { cursor }),
    });
    rows.push(...answer.rows);
    cursor = answer.next;
    if (rows.length > 100_000) throw new Error('the list has no end');
  } while (cursor !== null);
  return rows;
}

/** The answer of the first call, for all that follow: tests that only read share one site. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
