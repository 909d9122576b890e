import type { GroupMethods } from '../../adapter/group-methods.ts';
import { AdapterError } from '../../adapter/errors.ts';
import { normaliseRule } from '../../adapter/normalise-filters.ts';
import { dayOf } from '../../model/days.ts';
import {
  filtersOfRule,
  maximumMembersChanged,
  maximumRuleGroups,
  type CustomerGroup,
  type GroupDetail,
  type GroupRule,
  type MemberChanges,
  type Person,
} from '../../model/groups.ts';
import type { GroupOfCustomer, Origin } from '../../model/detail.ts';
import type { GroupBadge } from '../../model/customer.ts';
import type { ReceiptFailure } from '../../model/receipt.ts';
import { checkGroupFields } from './check-fields.ts';
import { customerMatcher } from './match-customer.ts';
import type { MemoryOperations, Undo } from './memory-operations.ts';
import { wasEdited } from './memory-undo.ts';
import { refuseStale, type MemoryCustomer, type MemoryGroup, type MemoryRecords } from './memory-records.ts';

type Request<Method extends keyof GroupMethods> = Parameters<GroupMethods[Method]>[0];
type Answer<Method extends keyof GroupMethods> = Awaited<ReturnType<GroupMethods[Method]>>;
/** Put in by hand, kept out by hand, or neither. */
export type Place = 'add' | 'remove' | 'release';

/** Groups, who is in them, and the rules that fill them. */
export class MemoryGroups {
  readonly #records: MemoryRecords;
  readonly #operations: MemoryOperations;
  readonly #timeZone: () => string;
  /** What operations answered beside their receipts. */
  readonly #deleted = new Map<string, number>();
  readonly #undone = new Map<string, MemberChanges>();
  /** Tests for rules, by rule, day and time zone. */
  readonly #matchers = new Map<string, (customer: MemoryCustomer) => boolean>();

  constructor(records: MemoryRecords, operations: MemoryOperations, timeZone: () => string) {
    this.#records = records;
    this.#operations = operations;
    this.#timeZone = timeZone;
  }

  all(): CustomerGroup[] {
    return this.#records.groups().map((group) => {
      const whole = wholeGroup(group);
      return { ...whole, member_count: whole.rule ? null : this.#putIn(group.id).length };
    });
  }

  isIn(customer: MemoryCustomer, id: string): boolean {
    const rule = this.#records.groups().find((group) => group.id === id)?.rule;
    return this.#isMember(customer, id, rule ? this.#matcher(rule) : undefined);
  }

  /** By hand and by rule, in the order of their names. */
  groupsOf(customer: MemoryCustomer): GroupOfCustomer[] {
    return this.all()
      .filter(({ id }) => this.isIn(customer, id))
      .sort(byName)
      .map((group) => ({
        ...badgeOf(group),
        has_rule: group.rule !== null,
        put_in: customer.group_ids.includes(group.id),
      }));
  }

  get({ id }: Request<'getGroup'>): GroupDetail {
    return this.#detail(this.#find(id));
  }

  save(request: Request<'saveGroup'>): Answer<'saveGroup'> {
    const { id, version } = request;
    const receipt = this.#operations.run(version ? 'update_group' : 'create_group', request, (origin) => {
      const groups = this.#records.groups();
      const fields = checkGroupFields(request.fields, version === undefined);
      const known = groups.find((group) => group.id === id);
      if (version === undefined && known) throw nameTaken(this.#detail(known));
      const group = version === undefined ? newGroup(id) : wholeGroup(this.#find(id));
      if (group.version !== (version ?? 1)) {
        refuseStale(this.#records, id, null, version ?? 1, this.#detail(group));
      }
      if (fields.rule) this.#requireRoom(id);
      const namesake = groups.find((one) => one.id !== id && one.name === fields.name);
      if (namesake) throw nameTaken(this.#detail(namesake));
      const names = (Object.keys(fields) as (keyof typeof fields)[]).filter(
        (name) => JSON.stringify(fields[name]) !== JSON.stringify(group[name]),
      );
      const pick = (from: Partial<CustomerGroup>) =>
        Object.fromEntries(names.map((name) => [name, from[name]]));
      if (version !== undefined && names.length === 0) return 'unchanged';
      const at = new Date().toISOString();
      const after = pick(fields);
      if (!known) groups.push({ ...group, ...fields });
      else Object.assign(known, group, after, { updated_at: at, version: group.version + 1 });
      this.#records.changes.push({
        customerId: id,
        subject: 'group',
        subjectId: null,
        version: known ? group.version + 1 : 1,
        before: known ? pick(group) : {},
        after,
        at,
        origin,
      });
      return known ? 'changed' : 'created';
    });
    return { group: this.get({ id }), receipt };
  }

  delete(request: Request<'deleteGroup'>): Answer<'deleteGroup'> {
    let members = 0;
    const receipt = this.#operations.run('delete_group', request, () => {
      const group = this.#find(request.id);
      const { version } = wholeGroup(group);
      if (version !== request.version) {
        refuseStale(this.#records, request.id, null, request.version, this.#detail(group));
      }
      const left = this.#putIn(group.id);
      members = left.length;
      this.#deleted.set(request.operationId, members);
      const out = this.#records.keptOut.get(group.id) ?? new Set<string>();
      for (const customer of left) customer.group_ids.splice(customer.group_ids.indexOf(group.id), 1);
      const groups = this.#records.groups();
      groups.splice(groups.indexOf(group), 1);
      this.#records.keptOut.delete(group.id);
      this.#operations.onUndo(() => {
        if (groups.some((one) => one.id === group.id)) return 'unchanged';
        if (groups.some((one) => one.name === group.name)) {
          return {
            id: group.id,
            field: 'name',
            code: 'exists',
            message: 'Another group has this name by now.',
          };
        }
        groups.push({ ...group, version: version + 2 });
        this.#records.keptOut.set(group.id, out);
        for (const customer of left) customer.group_ids.push(group.id);
        return 'changed';
      });
      return 'changed';
    });
    return { members: this.#deleted.get(request.operationId) ?? 0, receipt };
  }

  changeMembers(request: Request<'changeGroupMembers'>): Answer<'changeGroupMembers'> {
    const { groupId, add = [], emails = [], remove = [], release = [] } = request;
    const asked: { place: Place; id?: string; email?: string; row?: number }[] = [
      ...[...new Set(add)].map((id) => ({ place: 'add' as const, id })),
      ...emails.map((email, index) => ({ place: 'add' as const, email, row: index + 1 })),
      ...[...new Set(remove)].map((id) => ({ place: 'remove' as const, id })),
      ...[...new Set(release)].map((id) => ({ place: 'release' as const, id })),
    ];
    const receipt = this.#operations.run('change_members', request, (origin) => {
      if (asked.length > maximumMembersChanged) {
        const message = `is ${asked.length} customers; at most ${maximumMembersChanged} are changed in a call`;
        throw new AdapterError('invalid', `add ${message}`, { fields: { add: message } });
      }
      this.#find(groupId);
      const undo: MemberChanges = { add: [], remove: [], release: [] };
      const failures: ReceiptFailure[] = [];
      const moved = new Set<string>();
      for (const { place, id, email, row } of asked) {
        const customer = this.#records.customers.find(
          (one) => one.id === id || (email !== undefined && emailKey(one.email) === emailKey(email)),
        );
        if (customer) {
          if (moved.has(customer.id)) continue;
          const before = this.place(customer, groupId, place, origin);
          if (before) undo[before].push(customer.id);
          if (before) moved.add(customer.id);
          continue;
        }
        failures.push({
          ...(row === undefined ? { id: id ?? '' } : { row }),
          field: row === undefined ? 'id' : 'email',
          ...(this.#records.hidden.has(id ?? '')
            ? { code: 'deleted', message: 'This customer was deleted.' }
            : {
                code: 'unknown',
                message: `There is no customer with this ${row === undefined ? 'id' : 'e-mail'}.`,
              }),
          outcome: 'failed',
        });
      }
      this.#undone.set(request.operationId, undo);
      const unchanged = asked.length - failures.length - moved.size;
      return { asked: asked.length, changed: moved.size, unchanged, failed: failures.length, failures };
    });
    const undo = this.#undone.get(request.operationId) ?? { add: [], remove: [], release: [] };
    return { group: this.get({ id: groupId }), receipt, undo };
  }

  /** Puts somebody in or out by hand; answers what was said before, and nothing where that is the same. */
  place(customer: MemoryCustomer, groupId: string, place: Place, origin: Origin): Place | undefined {
    const wanted = place === 'remove' && !this.#find(groupId).rule ? 'release' : place;
    const before = this.#placeOf(customer, groupId);
    if (before === wanted) return undefined;
    this.#put(customer, groupId, wanted);
    this.#keep(customer, groupId, before, wanted, origin);
    this.#operations.onUndo((undoing) => this.undoPlace(customer, groupId, before, wanted, undoing));
    return before;
  }

  #placeOf(customer: MemoryCustomer, groupId: string): Place {
    if (customer.group_ids.includes(groupId)) return 'add';
    return this.#find(groupId).rule && this.#out(groupId).has(customer.id) ? 'remove' : 'release';
  }

  #put(customer: MemoryCustomer, groupId: string, place: Place): void {
    const ids = customer.group_ids;
    if (ids.includes(groupId)) ids.splice(ids.indexOf(groupId), 1);
    this.#out(groupId).delete(customer.id);
    if (place === 'add') ids.push(groupId);
    if (place === 'remove') this.#out(groupId).add(customer.id);
  }

  #keep(customer: MemoryCustomer, groupId: string, before: Place, wanted: Place, origin: Origin): void {
    const { name, rule } = this.#find(groupId);
    const said = { name, ...(rule && { byHand: wanted, before }) };
    const comes = wanted === 'add' || before === 'remove';
    this.#records.changes.push({
      customerId: customer.id,
      origin,
      at: new Date().toISOString(),
      subject: 'group',
      subjectId: groupId,
      version: null,
      before: comes ? {} : said,
      after: comes ? said : {},
    });
  }

  /** Only where what was said by hand is still what became of it. */
  undoPlace(
    customer: MemoryCustomer,
    groupId: string,
    before: Place,
    became: Place,
    origin: Origin,
  ): ReturnType<Undo> {
    if (!this.#records.groups().some((group) => group.id === groupId)) {
      return became === 'add'
        ? 'unchanged'
        : {
            id: groupId,
            code: 'unknown_group',
            message: 'There is no such group any more.',
            field: 'groups',
          };
    }
    const now = this.#placeOf(customer, groupId);
    if (now === before) return 'unchanged';
    if (now !== became) return wasEdited(groupId, 'groups');
    this.#put(customer, groupId, before);
    this.#keep(customer, groupId, became, before, origin);
    return 'changed';
  }

  pins({ groupId, kind, limit, cursor }: Request<'listGroupPins'>): Answer<'listGroupPins'> {
    const group = this.#find(groupId);
    const pinned = kind === 'put_in' ? this.#putIn(groupId) : this.#keptOut(groupId);
    const newestFirst = pinned.sort((a, b) => (a.id < b.id ? 1 : -1));
    const left = newestFirst.filter(({ id }) => cursor === undefined || id < cursor);
    const rows = left.slice(0, limit);
    const { updated_at: since } = wholeGroup(group);
    return {
      rows: rows.map((customer) => ({ ...personOf(customer), since })),
      next: left.length > limit ? (rows.at(-1)?.id ?? null) : null,
    };
  }

  preview({ groupId, rule, limit = 20 }: Request<'previewGroupRule'>): Answer<'previewGroupRule'> {
    const group = groupId === undefined ? undefined : this.#find(groupId);
    const next = rule && this.#matcher(normaliseRule(rule));
    const now = (customer: MemoryCustomer) => group !== undefined && this.isIn(customer, group.id);
    const after = (customer: MemoryCustomer) => this.#isMember(customer, groupId ?? '', next ?? undefined);
    const newestFirst = [...this.#records.customers].sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
    const moved = (found: MemoryCustomer[]) => ({
      count: found.length,
      rows: found.slice(0, limit).map(personOf),
    });
    return {
      enters: moved(newestFirst.filter((customer) => !now(customer) && after(customer))),
      leaves: moved(newestFirst.filter((customer) => now(customer) && !after(customer))),
      stays: newestFirst.filter((customer) => now(customer) && after(customer)).length,
      asOf: new Date().toISOString(),
    };
  }

  ruleGroupsOf({ ids }: Request<'listRuleGroupsOf'>): Answer<'listRuleGroupsOf'> {
    const ruled = this.#ruled();
    const found = this.#records.customers
      .filter(({ id }) => ids.includes(id))
      .map(
        (customer) =>
          [customer.id, ruled.filter(({ id }) => this.isIn(customer, id)).map(({ id }) => id)] as const,
      )
      .filter(([, groupIds]) => groupIds.length > 0);
    const named = new Set(found.flatMap(([, groupIds]) => groupIds));
    return {
      of: Object.fromEntries(found),
      groups: ruled.filter(({ id }) => named.has(id)).map(badgeOf),
      total: ruled.length,
    };
  }

  countRuleGroups({ ids }: Request<'countRuleGroups'>): Answer<'countRuleGroups'> {
    const rows = this.#ruled()
      .filter(({ id }) => !ids || ids.includes(id))
      .map(({ id }) => ({
        id,
        count: this.#records.customers.filter((customer) => this.isIn(customer, id)).length,
      }));
    return { rows, asOf: new Date().toISOString() };
  }

  #ruled(): CustomerGroup[] {
    return this.all()
      .filter(({ rule }) => rule)
      .sort(byName);
  }

  #matcher(rule: GroupRule): (customer: MemoryCustomer) => boolean {
    const timeZone = this.#timeZone();
    const filters = filtersOfRule(rule, dayOf(new Date(), timeZone));
    const key = JSON.stringify([filters, timeZone]);
    const known = this.#matchers.get(key) ?? customerMatcher(filters, timeZone);
    this.#matchers.set(key, known);
    return known;
  }

  #isMember(
    customer: MemoryCustomer,
    id: string,
    rule: ((customer: MemoryCustomer) => boolean) | undefined,
  ): boolean {
    if (customer.group_ids.includes(id)) return true;
    return rule !== undefined && !this.#records.keptOut.get(id)?.has(customer.id) && rule(customer);
  }

  #putIn(id: string): MemoryCustomer[] {
    return this.#records.customers.filter((customer) => customer.group_ids.includes(id));
  }

  #keptOut(id: string): MemoryCustomer[] {
    return this.#records.customers.filter((customer) => this.#records.keptOut.get(id)?.has(customer.id));
  }

  #out(id: string): Set<string> {
    const { keptOut } = this.#records;
    const known = keptOut.get(id) ?? new Set();
    keptOut.set(id, known);
    return known;
  }

  #detail(group: MemoryGroup): GroupDetail {
    const whole = wholeGroup(group);
    const putIn = this.#putIn(group.id).length;
    return {
      ...whole,
      member_count: whole.rule ? null : putIn,
      put_in: putIn,
      kept_out: this.#keptOut(group.id).length,
    };
  }

  #find(id: string): MemoryGroup {
    const group = this.#records.groups().find((one) => one.id === id);
    if (group) return group;
    throw new AdapterError('not_found', 'There is no such group.', { reason: 'unknown' });
  }

  #requireRoom(id: string): void {
    if (this.#ruled().filter((group) => group.id !== id).length < maximumRuleGroups) return;
    const message = `of at most ${maximumRuleGroups} groups of a site`;
    throw new AdapterError('invalid', `rule ${message}`, { fields: { rule: message } });
  }
}

const emailKey = (email: string): string => email.trim().toLowerCase();
const badgeOf = ({ id, name, color }: GroupBadge): GroupBadge => ({ id, name, color });
const byName = (a: GroupBadge, b: GroupBadge): number => (a.name < b.name ? -1 : 1);
const personOf = ({ id, first_name, last_name, email, avatar_url }: Person): Person => ({
  id,
  first_name,
  last_name,
  email,
  avatar_url,
});

const nameTaken = (current: GroupDetail): AdapterError =>
  new AdapterError('conflict', 'There is a group with this name.', { reason: 'exists', current });

const wholeGroup = (group: MemoryGroup): CustomerGroup => ({
  rule: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  version: 1,
  ...group,
});

function newGroup(id: string): CustomerGroup {
  const now = new Date().toISOString();
  return {
    id,
    name: '',
    description: null,
    color: '#6366f1',
    discount_percentage: null,
    member_count: 0,
    rule: null,
    created_at: now,
    updated_at: now,
    version: 1,
  };
}
