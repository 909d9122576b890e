import { abortable, throwIfAborted } from '../adapter/abortable.ts';
import type {
  CustomerAdapter,
  CustomerPageRequest,
  RequestOptions,
  SearchRequest,
  StartOperationRequest,
} from '../adapter/adapter.ts';
import type { PartWrite } from '../adapter/customer-writes.ts';
import { AdapterError, isAdapterError } from '../adapter/errors.ts';
import { customerFilterNames, normaliseFilters, normaliseRule } from '../adapter/normalise-filters.ts';
import { accessSchema } from '../model/access.ts';
import { customerSchema, customerStatsSchema, groupBadgeSchema, totalSchema } from '../model/customer.ts';
import {
  customerDetailSchema,
  customerSavedSchema,
  groupsSavedSchema,
  addressesSavedSchema,
  noteSavedSchema,
  noteListSchema,
  orderListSchema,
} from '../model/detail.ts';
import { duplicateListSchema, mergePreviewSchema } from '../model/duplicates.ts';
import { customerSorts } from '../model/filters.ts';
import {
  customerGroupSchema,
  groupDeletedSchema,
  groupDetailSchema,
  groupMembersChangedSchema,
  groupPinsSchema,
  groupSavedSchema,
  ruleGroupCountsSchema,
  ruleGroupsOfSchema,
  rulePreviewSchema,
} from '../model/groups.ts';
import { deletedCustomerListSchema, erasePreviewSchema, personPartSchema } from '../model/privacy.ts';
import { dryRunSchema } from '../model/import.ts';
import {
  bulkActions,
  operationListSchema,
  operationSchema,
  type CustomerChoice,
} from '../model/operations.ts';
import { failureListSchema, receiptSchema } from '../model/receipt.ts';
import * as z from 'zod/mini';
import '../model/schema.ts';
import { timelineSchema } from '../model/timeline.ts';
import { errorFromPostgres } from './errors-from-postgres.ts';

export { errorFromPostgres, type PostgresFailure } from './errors-from-postgres.ts';

/** Calls one function of the database by its name and named arguments; rejects with an AdapterError. */
export type RpcTransport = (
  name: string,
  args: Readonly<Record<string, unknown>>,
  options: RpcOptions,
) => Promise<unknown>;

export interface RpcOptions extends RequestOptions {
  /** A function that answers `text/csv` is answered as it is, without JSON around it. */
  answersText?: boolean;
}

/** The oldest `api_version` of the migrations that this code can talk to. */
export const requiredApiVersion = 1;

interface Rpc<Answer> {
  name: string;
  answer: z.ZodMiniType<Answer>;
  answersText: boolean;
}
const rpc = <Answer>(name: string, answer: z.ZodMiniType<Answer>, answersText = false): Rpc<Answer> => ({
  name: `mod_ecommod01_${name}`,
  answer,
  answersText,
});

const cursor = z.nullable(z.string());

/** Every function of the database that the elements use: its name and the shape of its answer. */
export const rpcs = {
  getAccess: rpc('get_access', accessSchema),
  listCustomers: rpc(
    'list_customers',
    z.object({
      rows: z.array(customerSchema),
      groups: z.array(groupBadgeSchema),
      next: cursor,
      previous: cursor,
    }),
  ),
  countCustomers: rpc('count_customers', totalSchema),
  preparePages: rpc('prepare_pages', totalSchema),
  getStats: rpc('get_stats', customerStatsSchema),
  getCustomer: rpc('get_customer', customerDetailSchema),
  listOrders: rpc('list_orders', orderListSchema),
  listNotes: rpc('list_notes', noteListSchema),
  listTimeline: rpc('list_timeline', timelineSchema),
  createCustomer: rpc('create_customer', customerSavedSchema),
  updateCustomer: rpc('update_customer', customerSavedSchema),
  promoteGuest: rpc('promote_guest', customerSavedSchema),
  changeTags: rpc('change_tags', customerSavedSchema),
  changeGroups: rpc('change_groups', groupsSavedSchema),
  deleteCustomers: rpc('delete_customers', receiptSchema),
  restoreCustomers: rpc('restore_customers', receiptSchema),
  saveAddress: rpc('save_address', addressesSavedSchema),
  deleteAddress: rpc('delete_address', addressesSavedSchema),
  addNote: rpc('add_note', noteSavedSchema),
  updateNote: rpc('update_note', noteSavedSchema),
  pinNote: rpc('pin_note', noteSavedSchema),
  deleteNote: rpc('delete_note', noteSavedSchema),
  restoreNote: rpc('restore_note', noteSavedSchema),
  suggestDuplicates: rpc('suggest_duplicates', duplicateListSchema),
  dismissDuplicate: rpc('dismiss_duplicate', receiptSchema),
  previewMerge: rpc('preview_merge', mergePreviewSchema),
  mergeCustomers: rpc('merge_customers', customerSavedSchema),
  undoOperation: rpc('undo_operation', receiptSchema),
  previewErase: rpc('preview_erase', erasePreviewSchema),
  eraseCustomer: rpc('erase_customer', receiptSchema),
  exportPerson: rpc('export_person', personPartSchema),
  listDeletedCustomers: rpc('list_deleted_customers', deletedCustomerListSchema),
  purgeCustomers: rpc('purge_customers', receiptSchema),
  reportEmail: rpc('report_email', receiptSchema),
  listGroups: rpc('list_groups', z.object({ rows: z.array(customerGroupSchema), next: cursor })),
  getGroup: rpc('get_group', groupDetailSchema),
  saveGroup: rpc('save_group', groupSavedSchema),
  deleteGroup: rpc('delete_group', groupDeletedSchema),
  changeGroupMembers: rpc('change_group_members', groupMembersChangedSchema),
  listGroupPins: rpc('list_group_pins', groupPinsSchema),
  previewGroupRule: rpc('preview_group_rule', rulePreviewSchema),
  listRuleGroupsOf: rpc('list_rule_groups_of', ruleGroupsOfSchema),
  countRuleGroups: rpc('count_rule_groups', ruleGroupCountsSchema),
  listTags: rpc('list_tags', z.object({ rows: z.array(z.string()), next: cursor })),
  startOperation: rpc('start_operation', operationSchema),
  stepOperation: rpc('step_operation', receiptSchema),
  finishOperation: rpc('finish_operation', receiptSchema),
  getOperation: rpc('get_operation', operationSchema),
  listOperations: rpc('list_operations', operationListSchema),
  listOperationFailures: rpc('list_operation_failures', failureListSchema),
  dryRunImport: rpc('dry_run_import', dryRunSchema),
  exportChunk: rpc('export_chunk', z.string(), true),
} as const;

/** An adapter that asks a Postgres with our migrations, however its functions are reached. */
export function createRpcAdapter(transport: RpcTransport, { siteId }: { siteId: string }): CustomerAdapter {
  async function call<Answer>(
    { name, answer, answersText }: Rpc<Answer>,
    args: () => Record<string, unknown>,
    { signal }: RequestOptions = {},
  ): Promise<Answer> {
    throwIfAborted(signal);
    const sent = { p_site: siteId, ...withoutUndefined(args()) };
    const received = await abortable(
      transport(name, sent, { ...(signal && { signal }), ...(answersText && { answersText }) }),
      signal,
    ).catch((error: unknown) => {
      throw isAdapterError(error) ? error : errorFromPostgres({ message: String(error), cause: error });
    });
    const parsed = answer.safeParse(received);
    if (parsed.success) return parsed.data;
    throw new AdapterError(
      'unsupported',
      'The backend answered in a shape that this version does not know.',
      {
        hint:
          `${name}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}. ` +
          `Expected api_version ${requiredApiVersion}; apply the migrations of this version of customer-elements.`,
        cause: parsed.error,
      },
    );
  }

  return {
    site: siteId,
    capabilities: {
      filters: customerFilterNames,
      sorts: customerSorts,
      pageNumbers: true,
      stats: true,
      groups: true,
      tags: true,
      import: true,
      detail: true,
      edit: true,
      membership: true,
      groupEdit: true,
      ruleGroups: true,
      delete: true,
      addresses: true,
      notes: true,
      erase: true,
      handOver: true,
      purge: true,
      dryRun: true,
      bulk: bulkActions,
      export: true,
      history: true,
      undo: true,
      merge: true,
      timeline: true,
    },
    getAccess: async (options) => {
      const access = await call(rpcs.getAccess, () => ({}), options);
      if (access.api_version >= requiredApiVersion) return access;
      throw new AdapterError('unsupported', 'The database is older than this version needs.', {
        hint: `api_version is ${access.api_version}, needed is ${requiredApiVersion}: apply supabase/migrations.`,
      });
    },
    listCustomers: ({ filters, sort, limit, cursor, page }, options) =>
      call(
        rpcs.listCustomers,
        () => ({
          p_filters: normaliseFilters(filters),
          p_sort: sort.by,
          p_direction: sort.direction,
          p_limit: limit,
          p_cursor: cursor,
          p_page: page,
        }),
        options,
      ),
    countCustomers: ({ filters }, options) =>
      call(rpcs.countCustomers, () => ({ p_filters: normaliseFilters(filters) }), options),
    preparePages: ({ filters, sort }, options) =>
      call(rpcs.preparePages, () => ({ p_filters: normaliseFilters(filters), p_sort: sort.by }), options),
    getStats: (options) => call(rpcs.getStats, () => ({}), options),
    getCustomer: ({ id }, options) => call(rpcs.getCustomer, () => ({ p_id: id }), options),
    listOrders: (request, options) => call(rpcs.listOrders, () => pageArguments(request), options),
    listNotes: (request, options) => call(rpcs.listNotes, () => pageArguments(request), options),
    listTimeline: ({ kinds, ...request }, options) =>
      call(rpcs.listTimeline, () => ({ ...pageArguments(request), p_kinds: kinds }), options),
    createCustomer: ({ operationId, id, fields, anew }, options) =>
      call(
        rpcs.createCustomer,
        () => ({ p_operation: operationId, p_id: id, p_fields: fields, p_anew: anew }),
        options,
      ),
    updateCustomer: ({ operationId, id, version, fields, anew }, options) =>
      call(
        rpcs.updateCustomer,
        () => ({ p_operation: operationId, p_id: id, p_version: version, p_fields: fields, p_anew: anew }),
        options,
      ),
    promoteGuest: ({ operationId, id }, options) =>
      call(rpcs.promoteGuest, () => ({ p_operation: operationId, p_id: id }), options),
    changeTags: ({ operationId, id, add, remove }, options) =>
      call(
        rpcs.changeTags,
        () => ({ p_operation: operationId, p_id: id, p_add: add, p_remove: remove }),
        options,
      ),
    changeGroups: ({ operationId, id, add, remove }, options) =>
      call(
        rpcs.changeGroups,
        () => ({ p_operation: operationId, p_id: id, p_add: add, p_remove: remove }),
        options,
      ),
    deleteCustomers: ({ operationId, ids }, options) =>
      call(rpcs.deleteCustomers, () => ({ p_operation: operationId, p_ids: ids }), options),
    restoreCustomers: ({ operationId, ids }, options) =>
      call(rpcs.restoreCustomers, () => ({ p_operation: operationId, p_ids: ids }), options),
    saveAddress: ({ version, fields, ...part }, options) =>
      call(
        rpcs.saveAddress,
        () => ({ ...partArguments(part), p_version: version, p_fields: fields }),
        options,
      ),
    deleteAddress: ({ version, ...part }, options) =>
      call(rpcs.deleteAddress, () => ({ ...partArguments(part), p_version: version }), options),
    addNote: ({ content, ...part }, options) =>
      call(rpcs.addNote, () => ({ ...partArguments(part), p_content: content }), options),
    updateNote: ({ version, content, ...part }, options) =>
      call(
        rpcs.updateNote,
        () => ({ ...partArguments(part), p_version: version, p_content: content }),
        options,
      ),
    pinNote: ({ pinned, ...part }, options) =>
      call(rpcs.pinNote, () => ({ ...partArguments(part), p_pinned: pinned }), options),
    deleteNote: ({ version, ...part }, options) =>
      call(rpcs.deleteNote, () => ({ ...partArguments(part), p_version: version }), options),
    restoreNote: (part, options) => call(rpcs.restoreNote, () => partArguments(part), options),
    suggestDuplicates: ({ id, limit }, options) =>
      call(rpcs.suggestDuplicates, () => ({ p_customer: id, p_limit: limit }), options),
    dismissDuplicate: ({ operationId, id, otherId }, options) =>
      call(
        rpcs.dismissDuplicate,
        () => ({ p_operation: operationId, p_customer: id, p_other: otherId }),
        options,
      ),
    previewMerge: ({ keepId, goneId }, options) =>
      call(rpcs.previewMerge, () => ({ p_keep: keepId, p_gone: goneId }), options),
    mergeCustomers: ({ operationId, keepId, keepVersion, goneId, goneVersion, fields }, options) =>
      call(
        rpcs.mergeCustomers,
        () => ({
          p_operation: operationId,
          p_keep: keepId,
          p_keep_version: keepVersion,
          p_gone: goneId,
          p_gone_version: goneVersion,
          p_fields: fields,
        }),
        options,
      ),
    undoOperation: ({ operationId, id }, options) =>
      call(rpcs.undoOperation, () => ({ p_operation: operationId, p_id: id }), options),
    previewErase: ({ id }, options) => call(rpcs.previewErase, () => ({ p_id: id }), options),
    eraseCustomer: ({ operationId, id, version }, options) =>
      call(rpcs.eraseCustomer, () => ({ p_operation: operationId, p_id: id, p_version: version }), options),
    exportPerson: ({ id, cursor }, options) =>
      call(rpcs.exportPerson, () => ({ p_id: id, p_cursor: cursor }), options),
    listDeletedCustomers: ({ search, limit, cursor }, options) =>
      call(
        rpcs.listDeletedCustomers,
        () => ({ p_search: search, p_limit: limit, p_cursor: cursor }),
        options,
      ),
    purgeCustomers: ({ operationId, step }, options) =>
      call(rpcs.purgeCustomers, () => ({ p_operation: operationId, p_step: step }), options),
    reportEmail: ({ operationId, customerId, subject, sentAt }, options) =>
      call(
        rpcs.reportEmail,
        () => ({ p_operation: operationId, p_customer: customerId, p_subject: subject, p_sent_at: sentAt }),
        options,
      ),
    listGroups: (request, options) => call(rpcs.listGroups, () => searchArguments(request), options),
    getGroup: ({ id }, options) => call(rpcs.getGroup, () => ({ p_id: id }), options),
    saveGroup: ({ operationId, id, version, fields }, options) =>
      call(
        rpcs.saveGroup,
        () => ({
          p_operation: operationId,
          p_id: id,
          p_version: version,
          p_fields: fields.rule ? { ...fields, rule: normaliseRule(fields.rule) } : fields,
        }),
        options,
      ),
    deleteGroup: ({ operationId, id, version }, options) =>
      call(rpcs.deleteGroup, () => ({ p_operation: operationId, p_id: id, p_version: version }), options),
    changeGroupMembers: ({ operationId, groupId, add, emails, remove, release }, options) =>
      call(
        rpcs.changeGroupMembers,
        () => ({
          p_operation: operationId,
          p_group: groupId,
          p_add: add,
          p_emails: emails,
          p_remove: remove,
          p_release: release,
        }),
        options,
      ),
    listGroupPins: ({ groupId, kind, limit, cursor }, options) =>
      call(
        rpcs.listGroupPins,
        () => ({ p_group: groupId, p_kind: kind, p_limit: limit, p_cursor: cursor }),
        options,
      ),
    previewGroupRule: ({ groupId, rule, limit }, options) =>
      call(
        rpcs.previewGroupRule,
        () => ({ p_group: groupId, p_rule: rule && normaliseRule(rule), p_limit: limit }),
        options,
      ),
    listRuleGroupsOf: ({ ids }, options) => call(rpcs.listRuleGroupsOf, () => ({ p_ids: ids }), options),
    countRuleGroups: ({ ids }, options) => call(rpcs.countRuleGroups, () => ({ p_ids: ids }), options),
    listTags: (request, options) => call(rpcs.listTags, () => searchArguments(request), options),
    startOperation: (request, options) => call(rpcs.startOperation, () => startArguments(request), options),
    stepOperation: ({ id, step, rows, rejected }, options) =>
      call(
        rpcs.stepOperation,
        () => ({ p_id: id, p_step: step, p_rows: rows, p_rejected: rejected }),
        options,
      ),
    finishOperation: ({ id, cancelled }, options) =>
      call(rpcs.finishOperation, () => ({ p_id: id, p_cancelled: cancelled }), options),
    getOperation: ({ id }, options) => call(rpcs.getOperation, () => ({ p_id: id }), options),
    listOperations: ({ kinds, limit, cursor }, options) =>
      call(rpcs.listOperations, () => ({ p_kinds: kinds, p_limit: limit, p_cursor: cursor }), options),
    listOperationFailures: ({ id, limit, cursor }, options) =>
      call(rpcs.listOperationFailures, () => ({ p_id: id, p_limit: limit, p_cursor: cursor }), options),
    dryRunImport: ({ options: choices, rows }, options) =>
      call(rpcs.dryRunImport, () => ({ p_options: choices, p_rows: rows }), options),
    exportChunk: ({ id, step }, options) =>
      call(rpcs.exportChunk, () => ({ p_id: id, p_step: step }), options),
  };
}

const startArguments = (request: StartOperationRequest) => ({
  p_id: request.id,
  p_kind: request.kind,
  p_asked: 'asked' in request ? request.asked : undefined,
  p_options: request.options,
  p_customers: 'customers' in request ? choiceArgument(request.customers) : undefined,
});

const choiceArgument = (choice: CustomerChoice) =>
  'ids' in choice ? choice : { ...choice, filters: normaliseFilters(choice.filters) };

const searchArguments = ({ search, ids, limit, cursor }: SearchRequest) => ({
  // Asked by id, the answer is the same whatever the search.
  p_search: ids ? undefined : search,
  p_ids: ids,
  p_limit: limit,
  p_cursor: cursor,
});

const pageArguments = ({ customerId, limit, cursor }: CustomerPageRequest) => ({
  p_customer: customerId,
  p_limit: limit,
  p_cursor: cursor,
});

const partArguments = ({ operationId, customerId, id }: PartWrite) => ({
  p_operation: operationId,
  p_customer: customerId,
  p_id: id,
});

/** What isn't said takes the function's own default. */
function withoutUndefined(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
