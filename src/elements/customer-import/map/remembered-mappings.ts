import * as z from 'zod/mini';
import { importFields, wholeFields, type ColumnTarget } from '../../../import/columns.ts';
import type { CheckSettings } from '../../../import/settings.ts';
import '../../../model/schema.ts';

const targetSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('field'),
    field: z.enum([...importFields, ...wholeFields]),
    fallback: z.boolean(),
    appended: z.optional(z.boolean()),
    address: z.optional(z.int()),
    inverted: z.optional(z.boolean()),
  }),
  z.object({ kind: z.literal('metadata') }),
  z.object({ kind: z.literal('ignored'), reason: z.literal('chosen') }),
]);
const entrySchema = z.object({
  fingerprint: z.string(),
  /** By column, where somebody chose another than the one found. */
  targets: z.record(z.string(), targetSchema),
  dateOrders: z.record(z.string(), z.enum(['day_first', 'month_first'])),
  defaultCountry: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
  values: z.object({
    country: z.optional(z.record(z.string(), z.nullable(z.string()))),
    accepts_marketing: z.optional(z.record(z.string(), z.nullable(z.boolean()))),
    status: z.optional(z.record(z.string(), z.nullable(z.enum(['active', 'inactive'])))),
  }),
  confirmed: z.array(z.int()),
});
type Entry = z.infer<typeof entrySchema>;
const storedSchema = z.object({ version: z.literal(1), mappings: z.array(entrySchema) });

/** More than any file has; what is stored could say anything. */
const mostColumns = 100_000;
/** Of so many kinds of files; the one that was not imported for longest goes. */
const mostMappings = 20;

/** What somebody said of files with certain headers, kept in this browser for one shop. */
export class RememberedMappings {
  readonly #key: string;

  constructor(site: string) {
    this.#key = `customer-elements:import-mappings:${site}`;
  }

  /** By the fingerprint of the headers. */
  all(): Record<string, CheckSettings> {
    return Object.fromEntries(this.#read().map((entry) => [entry.fingerprint, settingsOf(entry)]));
  }

  /** Columns that were looked at and left as they were found. */
  confirmed(fingerprint: string): readonly number[] {
    return this.#read().find((entry) => entry.fingerprint === fingerprint)?.confirmed ?? [];
  }

  keep(fingerprint: string, settings: CheckSettings, confirmed: Iterable<number>): void {
    const entry: Entry = {
      fingerprint,
      targets: Object.fromEntries(
        Object.entries(settings.targets ?? {}).filter(([, target]) => targetSchema.safeParse(target).success),
      ) as Entry['targets'],
      dateOrders: settings.dateOrders ?? {},
      ...(settings.defaultCountry === undefined ? {} : { defaultCountry: settings.defaultCountry }),
      values: settings.values ?? {},
      confirmed: [...confirmed],
    };
    const says = Object.keys({ ...entry.targets, ...entry.dateOrders, ...entry.values }).length > 0;
    const others = this.#read().filter((other) => other.fingerprint !== fingerprint);
    const isWorth = says || entry.confirmed.length > 0 || entry.defaultCountry !== undefined;
    this.#write(isWorth ? [entry, ...others] : others);
  }

  forget(fingerprint: string): void {
    this.#write(this.#read().filter((entry) => entry.fingerprint !== fingerprint));
  }

  /** Nothing where storage is forbidden or holds something else: it must not keep anybody from importing. */
  #read(): Entry[] {
    try {
      const stored = storedSchema.safeParse(JSON.parse(localStorage.getItem(this.#key) ?? 'null'));
      return stored.success ? stored.data.mappings : [];
    } catch {
      return [];
    }
  }

  #write(mappings: readonly Entry[]): void {
    try {
      const kept = { version: 1, mappings: mappings.slice(0, mostMappings) };
      if (kept.mappings.length) localStorage.setItem(this.#key, JSON.stringify(kept));
      else localStorage.removeItem(this.#key);
    } catch {
      // Forgotten then, which is what a private window asks for.
    }
  }
}

function settingsOf({ targets, dateOrders, defaultCountry, values }: Entry): CheckSettings {
  const columns = Object.keys(targets)
    .map(Number)
    .filter((index) => index < mostColumns);
  return {
    ...(columns.length
      ? {
          targets: Array.from(
            { length: Math.max(...columns) + 1 },
            (_, index) => targets[index] as ColumnTarget | undefined,
          ),
        }
      : {}),
    ...(Object.keys(dateOrders).length ? { dateOrders } : {}),
    ...(Object.keys(values).length ? { values: values as NonNullable<CheckSettings['values']> } : {}),
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  };
}
