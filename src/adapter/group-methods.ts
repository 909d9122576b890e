import type {
  GroupDeleted,
  GroupDetail,
  GroupFields,
  GroupMembersChanged,
  GroupPins,
  GroupRule,
  GroupSaved,
  MemberChanges,
  RuleGroupCounts,
  RuleGroupsOf,
  RulePreview,
} from '../model/groups.ts';
import type { RequestOptions } from './adapter.ts';
import type { Write } from './customer-writes.ts';

export interface SaveGroupRequest extends Write {
  /** A uuid, made by the client for a new group. */
  id: string;
  /** That was read; absent for a new group, which needs a name. */
  version?: number;
  /** Only what is to change. */
  fields: Partial<GroupFields>;
}

/** Ids of customers, and e-mails; at most 1,000 in all. */
export interface ChangeGroupMembersRequest extends Write, Partial<MemberChanges> {
  groupId: string;
  /** To be put in like those of `add`. */
  emails?: string[];
}

export interface ListGroupPinsRequest {
  groupId: string;
  /** Who was put in by hand, or who is kept out by hand. */
  kind: 'put_in' | 'kept_out';
  /** Rows a page, 1 to 100. */
  limit: number;
  cursor?: string;
}

export interface PreviewGroupRuleRequest {
  /** Absent for a group that isn't there yet. */
  groupId?: string;
  /** Null to leave it to those who were put in by hand. */
  rule: GroupRule | null;
  /** How many of those who enter and leave are named, 1 to 100; 20 unless said. */
  limit?: number;
}

/**
 * Groups, who is in them, and the rules that fill them. Members of any group are the customer list with its `group`
 * filter. A rule is never kept as a list of members: whoever it means when it is read is in the group, together with
 * who was put in by hand and without who is kept out by hand.
 */
export interface GroupMethods {
  getGroup(request: { id: string }, options?: RequestOptions): Promise<GroupDetail>;
  /**
   * Wrong fields reject with `invalid`, those of the rule as `rule.minOrders`. A name that another group has rejects
   * with `conflict`, its `reason` being `exists` and `current` that group; an older version with the reason `stale`,
   * the group as it is and who changed what since. A new rule leaves everybody in who was put in by hand.
   */
  saveGroup(request: SaveGroupRequest, options?: RequestOptions): Promise<GroupSaved>;
  /** Its members stay customers. */
  deleteGroup(
    request: Write & { id: string; version: number },
    options?: RequestOptions,
  ): Promise<GroupDeleted>;
  /**
   * In place, without a version. `add` puts in by hand. `remove` takes out, and in a group with a rule keeps out
   * whatever the rule says. `release` takes either back: then the rule alone decides, and without a rule the customer
   * is out. The id or e-mail of a merged customer means the one that remains; one that leads to nobody fails in the
   * receipt. The answer's `undo`, sent as the next request, takes it all back.
   */
  changeGroupMembers(
    request: ChangeGroupMembersRequest,
    options?: RequestOptions,
  ): Promise<GroupMembersChanged>;
  /** Who was put in or is kept out by hand, the newest customer first. */
  listGroupPins(request: ListGroupPinsRequest, options?: RequestOptions): Promise<GroupPins>;
  /** Who would enter and who would leave, were the group saved with this rule. */
  previewGroupRule(request: PreviewGroupRuleRequest, options?: RequestOptions): Promise<RulePreview>;
  /** Which groups with a rule these customers are in, at most 100: the list names only those they were put into. */
  listRuleGroupsOf(request: { ids: string[] }, options?: RequestOptions): Promise<RuleGroupsOf>;
  /** How many are in each group with a rule, or in those named, counted now. */
  countRuleGroups(request: { ids?: string[] }, options?: RequestOptions): Promise<RuleGroupCounts>;
}
