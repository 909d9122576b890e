import type { DryRunRequest } from '../../adapter/adapter.ts';
import { AdapterError } from '../../adapter/errors.ts';
import { addressWidths, customerWidths } from '../../model/customer.ts';
import {
  importFields,
  type DryRun,
  type DryRunRow,
  type ImportAddress,
  type ImportField,
  type ImportOptions,
  type ImportRow,
} from '../../model/import.ts';
import type { ReceiptFailure } from '../../model/receipt.ts';
import { fold } from './match-customer.ts';
import { placeInGroup } from './memory-bulk.ts';
import { originOf, refuse, type MemoryOperation } from './memory-operations.ts';
import { change, type MemoryCustomer, type MemoryRecords } from './memory-records.ts';
import type { MemorySite } from './memory-steps.ts';

/** What is to become of a record: the same for a dry run and for the import itself. */
interface Judged {
  outcome: DryRunRow['outcome'];
  failure?: Pick<ReceiptFailure, 'field' | 'code' | 'message'>;
  customer?: MemoryCustomer;
  /** Comes back from being deleted. */
  isRestored: boolean;
  next: Partial<MemoryCustomer>;
  addresses: ImportAddress[];
  joins: string | undefined;
}

/** What is wrong with the options of an import, as the database says it. */
export function checkImportOptions(options: ImportOptions, groups: { id: string }[]): void {
  const fields: Record<string, string> = {};
  if (options.match === 'external_id' && !options.externalIdKey) fields.externalIdKey = 'is missing';
  for (const [field, rule] of Object.entries(options.fields ?? {})) {
    if (!importFields.includes(field as ImportField)) fields[field] = 'is not a field of an import';
    else if (!['overwrite', 'fill', 'keep'].includes(rule)) fields[field] = 'is overwrite, fill or keep';
  }
  if (options.group && !groups.some((group) => group.id === options.group)) fields.group = 'does not exist';
  const names = Object.keys(fields);
  if (names.length) throw new AdapterError('invalid', `${names.join(', ')}: not valid`, { fields });
}

export function importRecord(site: MemorySite, operation: MemoryOperation, row: ImportRow): void {
  const { records } = site;
  const { receipt, effects, options } = operation;
  let judged = judge(site, options as ImportOptions, row);
  const { customer } = judged;
  const seen = customer && effects.some((effect) => effect.customerId === customer.id);
  const wasUnchanged = customer && operation.unchanged.has(customer.id) && judged.outcome === 'changed';
  if (judged.outcome !== 'failed' && (seen || wasUnchanged)) {
    const message = 'An earlier record of this import means the same customer.';
    judged = { ...judged, outcome: 'skipped', failure: { field: 'email', code: 'duplicate', message } };
  }
  const { outcome, failure, next, joins } = judged;
  if (failure) {
    refuse(operation, { row: row.row, ...failure, outcome: outcome === 'failed' ? 'failed' : 'skipped' });
    return;
  }
  receipt[outcome]++;
  if (outcome === 'unchanged' && customer) operation.unchanged.add(customer.id);
  if (outcome === 'created') {
    const made = newCustomer(next, joins);
    records.customers.push(made);
    records.origins.set(made.id, originOf(operation));
    effects.push({ customerId: made.id, created: true });
    addAddresses(records, made, judged.addresses);
    return;
  }
  if (outcome !== 'changed' || !customer) return;
  if (judged.isRestored) {
    records.hidden.delete(customer.id);
    records.customers.push(customer);
    effects.push({ customerId: customer.id, shown: true });
  }
  const changed = change(customer, next);
  if (changed) records.changes.push({ ...changed, origin: originOf(operation) });
  const addressIds = addAddresses(records, customer, judged.addresses);
  const placed = joins === undefined ? undefined : placeInGroup(site, customer, joins, 'add', operation);
  effects.push({
    customerId: customer.id,
    ...(changed && { fields: changed }),
    ...(addressIds.length && { addressIds }),
    ...(placed && { placed }),
  });
}

export function dryRun(site: MemorySite, { options, rows }: DryRunRequest): DryRun {
  checkImportOptions(options, site.groups());
  if (rows.length > 1000) {
    throw new AdapterError('invalid', 'At most 1,000 rows.', { fields: { rows: 'are more than 1,000' } });
  }
  const seen = new Set<string>();
  return {
    rows: [...rows]
      .sort((a, b) => a.row - b.row)
      .map((row): DryRunRow => {
        const { outcome, failure, customer, next, addresses, joins, isRestored } = judge(site, options, row);
        const key = customer?.id ?? emailKey(row.email);
        const id = customer?.id ?? null;
        const base = { row: row.row, key, id };
        if (outcome !== 'failed' && seen.has(key)) {
          const message = 'An earlier record of this import means the same customer.';
          return { ...base, outcome: 'skipped', field: 'email', code: 'duplicate', message };
        }
        if (failure) return { ...base, outcome, ...failure };
        seen.add(key);
        if (outcome !== 'changed') return { ...base, outcome };
        const old = { metadata: {}, ...customer } as Record<string, unknown>;
        const changes = [
          ...Object.entries(next)
            .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]))
            .map(([field, after]) => ({ field, before: old[field], after })),
          ...addresses.map((after) => ({ field: 'address', before: null, after })),
          ...(joins ? [{ field: 'group', before: null, after: joins }] : []),
          ...(isRestored
            ? [{ field: 'deleted_at', before: site.records.hidden.get(key)?.deletedAt, after: null }]
            : []),
        ];
        return { ...base, outcome, changes };
      }),
  };
}

function judge(site: MemorySite, options: ImportOptions, row: ImportRow): Judged {
  const { records } = site;
  const base = { isRestored: false, next: {}, addresses: [], joins: undefined };
  const say = (
    outcome: 'skipped' | 'failed',
    code: string,
    field: string,
    message: string,
    more: object = {},
  ) => ({
    ...base,
    ...more,
    outcome,
    failure: { field, code, message },
  });
  const tooLong = widthFailure(row);
  if (tooLong) return { ...base, outcome: 'failed', failure: tooLong };
  if (options.group && !site.groups().some((group) => group.id === options.group)) {
    return say('failed', 'unknown_group', 'group', 'The group was deleted meanwhile.');
  }

  const email = emailKey(row.email);
  const byEmail = records.customers.find((one) => emailKey(one.email) === email);
  const matched = matchesOf(records, options, row);
  const means = matched[0] ?? byEmail;
  if (matched.length > 1 || (byEmail && means !== byEmail)) {
    return say('failed', 'conflicting', matchField(options), 'This record means several customers at once.');
  }
  const policy = options.policy ?? 'both';
  if (means && policy === 'create') {
    return say('skipped', 'exists', 'email', 'There is a customer with this e-mail.', { customer: means });
  }
  if (means) return update(records, options, row, means, false);

  if (records.erasedEmails.has(email) && row.again !== 'anew') {
    const message = 'The data of the person with this e-mail were erased.';
    return say('skipped', 'erased_before', 'email', message);
  }
  const hidden = [...records.hidden.values()].find((one) => emailKey(one.customer.email) === email);
  if (hidden && row.again === 'restore') return update(records, options, row, hidden.customer, true);
  if (hidden && row.again !== 'anew') {
    return say('skipped', 'deleted_before', 'email', 'The customer with this e-mail was deleted.');
  }
  if (policy === 'update') {
    return say('skipped', 'unknown', 'email', 'There is no customer with this e-mail.');
  }
  const { first_name = '', last_name = '', phone = null, status = 'active', tags = [], metadata = {} } = row;
  const accepts_marketing = row.accepts_marketing ?? false;
  return {
    ...base,
    outcome: 'created',
    next: { email, first_name, last_name, phone, status, tags, metadata, accepts_marketing },
    addresses: completeAddresses(row),
    joins: options.group,
  };
}

/** The customer as the record, the rules of its fields and the group would have it. */
function update(
  records: MemoryRecords,
  options: ImportOptions,
  row: ImportRow,
  customer: MemoryCustomer,
  isRestored: boolean,
): Judged {
  const rule = (field: ImportField) => options.fields?.[field] ?? 'overwrite';
  const next: Partial<MemoryCustomer> = {};
  for (const field of ['first_name', 'last_name', 'phone'] as const) {
    const value = row[field];
    if (value && (rule(field) === 'overwrite' || (rule(field) === 'fill' && !customer[field]))) {
      next[field] = value;
    }
  }
  const email = emailKey(row.email);
  if (email !== emailKey(customer.email) && rule('email') === 'overwrite') {
    Object.assign(next, { email, email_verified: false });
  }
  if (row.accepts_marketing !== undefined && rule('accepts_marketing') === 'overwrite') {
    next.accepts_marketing = row.accepts_marketing;
  }
  if (row.status && !customer.is_guest && rule('status') === 'overwrite') next.status = row.status;
  const { tags = [], metadata = {} } = row;
  if (tags.length && (rule('tags') === 'overwrite' || (rule('tags') === 'fill' && !customer.tags.length))) {
    next.tags = [...new Set([...(options.tags === 'replace' ? [] : customer.tags), ...tags])];
  }
  if (Object.keys(metadata).length && rule('metadata') !== 'keep') {
    next.metadata =
      rule('metadata') === 'fill'
        ? { ...metadata, ...customer.metadata }
        : { ...customer.metadata, ...metadata };
  }
  const own = records.addresses.filter((one) => one.customer_id === customer.id);
  const addresses =
    rule('addresses') === 'keep' || (rule('addresses') === 'fill' && own.length)
      ? []
      : completeAddresses(row).filter((one) => !own.some((known) => addressKey(known) === addressKey(one)));
  const { group } = options;
  const joins = group && !customer.group_ids.includes(group) ? group : undefined;
  const old: Record<string, unknown> = { metadata: {}, ...customer };
  const differs = Object.entries(next).some(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]),
  );
  const outcome = differs || addresses.length || joins || isRestored ? 'changed' : 'unchanged';
  return { outcome, customer, isRestored, next, addresses, joins };
}

function matchesOf({ customers }: MemoryRecords, options: ImportOptions, row: ImportRow): MemoryCustomer[] {
  const plain = (phone: string | null | undefined) => (phone ?? '').replace(/[ ()./-]/g, '');
  if (options.match === 'phone' && row.phone) {
    return customers.filter((one) => plain(one.phone) === plain(row.phone));
  }
  const key = options.externalIdKey ?? '';
  const externalId = row.metadata?.[key];
  if (options.match === 'external_id' && externalId !== undefined) {
    return customers.filter((one) => one.metadata?.[key] === externalId);
  }
  return [];
}

const matchField = ({ match }: ImportOptions): string =>
  match === 'phone' ? 'phone' : match === 'external_id' ? 'metadata' : 'email';

const emailKey = (email: string): string => email.trim().toLowerCase();

function widthFailure(row: ImportRow): Judged['failure'] {
  const texts: [string, number, string][] = [
    ...(['email', 'first_name', 'last_name', 'phone'] as const).map((field): [string, number, string] => [
      field,
      customerWidths[field],
      row[field] ?? '',
    ]),
    ...(['company', 'address_line_1', 'address_line_2', 'city', 'state', 'postal_code'] as const).map(
      (field): [string, number, string] => [field, addressWidths[field], row[field] ?? ''],
    ),
    ...(row.tags ?? []).map((tag): [string, number, string] => ['tags', customerWidths.tag, tag]),
  ];
  for (const [field, width, text] of texts) {
    const { length } = [...text];
    if (length > width) {
      return { field, code: 'too_long', message: `${field} has ${length} characters; at most ${width} fit.` };
    }
  }
  return undefined;
}

function newCustomer(fields: Partial<MemoryCustomer>, group: string | undefined): MemoryCustomer {
  const now = new Date().toISOString();
  return {
    id: crypto.randomUUID(),
    first_name: '',
    last_name: '',
    email: '',
    phone: null,
    avatar_url: null,
    status: 'active',
    is_guest: false,
    email_verified: false,
    accepts_marketing: false,
    orders_count: 0,
    total_spent: 0,
    average_order_value: 0,
    last_order_date: null,
    tags: [],
    country: null,
    notes_count: 0,
    created_at: now,
    updated_at: now,
    last_seen_at: null,
    version: 1,
    ...fields,
    group_ids: group ? [group] : [],
  };
}

/** The record's own address and its further ones, each made where line 1, city and country are there. */
function completeAddresses(row: ImportRow): ImportAddress[] {
  const { company, address_line_1, address_line_2, city, state, postal_code, country } = row;
  const first = {
    company,
    address_line_1,
    address_line_2,
    city,
    state,
    postal_code,
    country,
  } as ImportAddress;
  const known = new Set<string>();
  return [first, ...(row.addresses ?? [])].filter((one) => {
    const isComplete = Boolean(one.address_line_1 && one.city && one.country);
    const isNew = !known.has(addressKey(one));
    known.add(addressKey(one));
    return isComplete && isNew;
  });
}

const addressKey = (address: Pick<ImportAddress, 'address_line_1' | 'postal_code' | 'country'>): string =>
  JSON.stringify([fold(address.address_line_1 ?? ''), fold(address.postal_code ?? ''), address.country]);

/** Answers the ids of the new addresses. */
function addAddresses(records: MemoryRecords, customer: MemoryCustomer, added: ImportAddress[]): string[] {
  const now = new Date().toISOString();
  const has = (kind: 'is_default_billing' | 'is_default_shipping') =>
    records.addresses.some((one) => one.customer_id === customer.id && one[kind]);
  const made = [];
  const isFirst = !records.addresses.some((one) => one.customer_id === customer.id);
  for (const kind of ['is_default_billing', 'is_default_shipping'] as const) {
    const claims =
      added.find((one) => one[kind]) ?? (isFirst && added[0]?.[kind] !== false ? added[0] : undefined);
    for (const one of added) one[kind] = one === claims && !has(kind);
  }
  for (const one of added) {
    const id = crypto.randomUUID();
    records.addresses.push({
      id,
      customer_id: customer.id,
      label: 'Primary',
      is_default_billing: one.is_default_billing ?? false,
      is_default_shipping: one.is_default_shipping ?? false,
      first_name: one.first_name ?? customer.first_name,
      last_name: one.last_name ?? customer.last_name,
      company: one.company ?? null,
      address_line_1: one.address_line_1,
      address_line_2: one.address_line_2 ?? null,
      city: one.city,
      state: one.state ?? '',
      postal_code: one.postal_code ?? '',
      country: one.country,
      phone: one.phone ?? null,
      created_at: now,
      updated_at: now,
      version: 1,
    });
    made.push(id);
  }
  const own = records.addresses.filter((one) => one.customer_id === customer.id);
  const shown = own.find((one) => one.is_default_shipping) ?? own.find((one) => one.is_default_billing);
  customer.country = (shown ?? own.at(-1))?.country ?? null;
  return made;
}
