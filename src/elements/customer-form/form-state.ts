import { addressFieldNames, checkWrittenAddress } from '../../model/address-fields.ts';
import { checkCustomer, customerFieldNames, type CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerRecord } from '../../model/detail.ts';
import { isSame } from '../../model/merge.ts';
import type { FieldProblem, Problems } from '../../model/problems.ts';
import * as z from 'zod/mini';
import '../../model/schema.ts';
import { baseOf } from '../../parts/conflict/customer-base.ts';
import type { Base } from '../../parts/conflict/shared-save.ts';
import type { WrittenAddress, WrittenName } from '../../parts/fields/address-fields.ts';
import { metadataId, metadataOf, rowProblems, rowsOf } from './metadata-rows.ts';

const text = z.string();
/** What stands in the form, as it is written. */
const valuesSchema = z.object({
  first_name: text,
  last_name: text,
  email: text,
  phone: text,
  avatar_url: text,
  status: text,
  accepts_marketing: z.boolean(),
  tags: z.array(text),
  metadata: z.array(z.object({ name: text, text })),
});
export type FormValues = z.infer<typeof valuesSchema>;

const draftSchema = z.object({
  values: valuesSchema,
  /** Of a new customer, once one is asked for. */
  address: z.optional(z.partialRecord(z.enum(addressFieldNames), z.nullable(text))),
  /** What the customer was when typing began. */
  base: z.optional(z.object({ version: z.int(), fields: z.record(text, z.unknown()) })),
});

const empty: FormValues = {
  first_name: '',
  last_name: '',
  email: '',
  phone: '',
  avatar_url: '',
  status: 'active',
  accepts_marketing: false,
  tags: [],
  metadata: [],
};

/** What was read, what is written now, and what that means: values, edit, mistakes, draft. */
export class FormState {
  /** Absent for a new customer. */
  readonly base: Base | undefined;
  values: FormValues;
  address: Partial<WrittenAddress> | undefined;

  constructor(base?: Base) {
    this.base = base;
    this.values = base ? valuesOf(base.fields as unknown as CustomerFields) : empty;
  }

  static of(customer: CustomerRecord): FormState {
    return new FormState(baseOf(customer));
  }

  /** From what `draft` answered, if it still is one. */
  static restore(draft: unknown): FormState | undefined {
    const parsed = draftSchema.safeParse(draft);
    if (!parsed.success) return undefined;
    const { base, values, address } = parsed.data;
    const state = new FormState(base);
    state.values = values;
    state.address = address as Partial<WrittenAddress> | undefined;
    return state.isDirty ? state : undefined;
  }

  draft(): unknown {
    return { values: this.values, address: this.address, base: this.base };
  }

  get isDirty(): boolean {
    const isAddressed = Object.values(this.address ?? {}).some((value) => value);
    return isAddressed || Object.keys(this.edit()).length > 0;
  }

  set<Name extends keyof FormValues>(name: Name, value: FormValues[Name]): void {
    this.values = { ...this.values, [name]: value };
  }

  setAddress(name: WrittenName, value: string): void {
    this.address = { ...this.address, [name]: value };
  }

  /** What differs from what was read; of a new customer, everything that is written. */
  edit(): Partial<CustomerFields> {
    const before = this.base?.fields ?? fieldsOf(empty, {});
    const now = fieldsOf(this.values, (before.metadata ?? {}) as Record<string, unknown>);
    const changed = customerFieldNames.filter((name) => !isSame(now[name], before[name]));
    return Object.fromEntries(changed.map((name) => [name, now[name]])) as Partial<CustomerFields>;
  }

  /** The edit as it would be saved, and its mistakes by the ids of their fields. */
  check(): {
    fields: Partial<CustomerFields>;
    address: Partial<WrittenAddress> | undefined;
    problems: Problems;
  } {
    const known = this.base?.fields as CustomerFields | undefined;
    const { fields, problems } = checkCustomer(this.edit(), known);
    const named = byId(problems, 'field-');
    for (const [place, problem] of Object.entries<FieldProblem>(rowProblems(this.values.metadata))) {
      named[metadataId('name', Number(place))] = problem;
    }
    if (!this.address) return { fields, address: undefined, problems: named };
    const { first_name, last_name } = this.values;
    const written = checkWrittenAddress({ ...this.address, first_name, last_name });
    const own = Object.entries(written.problems).filter(
      ([name]) => !['first_name', 'last_name'].includes(name),
    );
    return {
      fields,
      address: written.fields,
      problems: { ...named, ...byId(Object.fromEntries(own), 'address-') },
    };
  }
}

const byId = (problems: Problems, prefix: string): Problems =>
  Object.fromEntries(Object.entries(problems).map(([name, problem]) => [prefix + name, problem]));

function valuesOf(fields: CustomerFields): FormValues {
  const { phone, avatar_url, metadata } = fields;
  return { ...fields, phone: phone ?? '', avatar_url: avatar_url ?? '', metadata: rowsOf(metadata) };
}

function fieldsOf(values: FormValues, metadata: Record<string, unknown>): Record<string, unknown> {
  return {
    ...values,
    phone: values.phone.trim() || null,
    avatar_url: values.avatar_url.trim() || null,
    metadata: metadataOf(values.metadata, metadata),
  };
}
