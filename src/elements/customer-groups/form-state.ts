import { checkGroup } from '../../model/group-fields.ts';
import type { GroupDetail, GroupFields, GroupRule } from '../../model/groups.ts';
import { groupRuleSchema } from '../../model/groups.ts';
import { isSame } from '../../model/merge.ts';
import { parsePercentage } from '../../model/money.ts';
import type { Problems } from '../../model/problems.ts';
import * as z from 'zod/mini';
import '../../model/schema.ts';
import type { Base } from '../../parts/conflict/shared-save.ts';
import { formatPlainPercentage } from '../../parts/format.ts';
import { palette } from './palette.ts';

const text = z.string();
/** What stands in the form, as it is written. */
const valuesSchema = z.object({
  name: text,
  description: text,
  color: text,
  discount: text,
  hasRule: z.boolean(),
  rule: groupRuleSchema,
});
export type GroupValues = z.infer<typeof valuesSchema>;

const draftSchema = z.object({
  id: text,
  values: valuesSchema,
  /** What the group was when typing began. */
  base: z.optional(z.object({ version: z.int(), fields: z.record(text, z.unknown()) })),
});

/** What an edit of a group is measured against. */
export const groupBase = (group: GroupDetail): Base => ({
  version: group.version,
  fields: {
    name: group.name,
    description: group.description,
    color: group.color,
    discount_percentage: group.discount_percentage,
    rule: group.rule,
  },
});

/** What was read of a group, what is written now, and what that means: edit, mistakes, draft. */
export class GroupFormState {
  readonly id: string;
  /** Absent for a new group. */
  readonly base: Base | undefined;
  values: GroupValues;
  readonly #locale: string;
  readonly #before: GroupValues;

  constructor(locale: string, id: string = crypto.randomUUID(), base?: Base) {
    this.id = id;
    this.base = base;
    this.#locale = locale;
    this.#before = valuesOf(base?.fields as unknown as GroupFields | undefined, locale);
    this.values = this.#before;
  }

  static of(group: GroupDetail, locale: string): GroupFormState {
    return new GroupFormState(locale, group.id, groupBase(group));
  }

  /** From what `draft` answered, if it still is one. */
  static restore(draft: unknown, locale: string): GroupFormState | undefined {
    const parsed = draftSchema.safeParse(draft);
    if (!parsed.success) return undefined;
    const { id, base, values } = parsed.data;
    const state = new GroupFormState(locale, id, base);
    state.values = values;
    return state.isDirty ? state : undefined;
  }

  draft(): unknown {
    return { id: this.id, values: this.values, base: this.base };
  }

  get isDirty(): boolean {
    return !isSame(this.values, this.#before);
  }

  set<Name extends keyof GroupValues>(name: Name, value: GroupValues[Name]): void {
    this.values = { ...this.values, [name]: value };
  }

  /** The rule as it would be saved. */
  get rule(): GroupRule | null {
    return this.values.hasRule ? this.values.rule : null;
  }

  /** Whether saving changes who is in the group. */
  get changesRule(): boolean {
    return !isSame(this.rule, this.base?.fields.rule ?? null);
  }

  /** What differs from what was read, as it would be saved, and what is wrong with it by the ids of the fields. */
  check(): { fields: Partial<GroupFields>; problems: Problems } {
    const { name, description, color, discount } = this.values;
    const percentage = discount.trim() ? parsePercentage(discount, this.#locale) : null;
    const written: Partial<GroupFields> = {
      name,
      description,
      color,
      discount_percentage: percentage ?? null,
      ...(this.changesRule ? { rule: this.rule } : {}),
    };
    const { fields, problems } = checkGroup(written, { isNew: !this.base });
    if (percentage === undefined) problems.discount_percentage = { code: 'percentage' };
    if (this.values.hasRule && !Object.keys(this.values.rule).length) problems.rule = { code: 'missing' };
    const before = this.base?.fields;
    const changed = Object.entries(fields).filter(
      ([field, value]) => !before || !isSame(value, before[field]),
    );
    const named = Object.entries(problems).map(([field, problem]) => [`group-${field}`, problem]);
    return { fields: Object.fromEntries(changed), problems: Object.fromEntries(named) as Problems };
  }
}

function valuesOf(fields: GroupFields | undefined, locale: string): GroupValues {
  const discount = fields?.discount_percentage ?? null;
  return {
    name: fields?.name ?? '',
    description: fields?.description ?? '',
    color: fields?.color ?? palette[0]?.value ?? '',
    discount: discount === null ? '' : formatPlainPercentage(locale, discount),
    hasRule: (fields?.rule ?? null) !== null,
    rule: fields?.rule ?? {},
  };
}
