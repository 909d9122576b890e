import type { Customer } from '../../model/customer.ts';
import type { CustomerGroup, GroupDetail, GroupFields, MemberChanges } from '../../model/groups.ts';
import type { TheirChange } from '../../model/merge.ts';
import type { Receipt } from '../../model/receipt.ts';

export interface GroupSaveDetail {
  groupId: string;
  /** What is about to be saved: of a new group everything, else what changed. */
  fields: Partial<GroupFields>;
  isNew: boolean;
}

export interface GroupSavedDetail {
  groupId: string;
  group: GroupDetail;
  receipt: Receipt;
  isNew: boolean;
  /** What others changed meanwhile, and stays. */
  kept: readonly TheirChange[];
}

export interface MembersChangeDetail extends MemberChanges {
  groupId: string;
  /** Of those who are to be put in. */
  emails: string[];
}

export interface MembersChangedDetail {
  groupId: string;
  group: GroupDetail;
  /** One for each 1,000 customers. */
  receipts: Receipt[];
}

/** The events of `<customer-groups>`; its `customer-open` is that of `<customer-table>`. */
export interface CustomerGroupsEventMap {
  'group-save': CustomEvent<GroupSaveDetail>;
  'group-saved': CustomEvent<GroupSavedDetail>;
  'group-delete': CustomEvent<{ groupId: string; group: CustomerGroup }>;
  'group-deleted': CustomEvent<{ groupId: string; members: number; receipt: Receipt }>;
  'group-restore': CustomEvent<{ groupId: string }>;
  'group-restored': CustomEvent<{ groupId: string; receipt: Receipt }>;
  'group-show': CustomEvent<{ groupId: string; group: CustomerGroup }>;
  'members-change': CustomEvent<MembersChangeDetail>;
  'members-changed': CustomEvent<MembersChangedDetail>;
  'groups-open': CustomEvent<undefined>;
  'groups-close': CustomEvent<undefined>;
  'groups-closed': CustomEvent<undefined>;
}

/** Whoever was chosen among the members; a pinned one is known by name and e-mail alone. */
export interface MemberOpenDetail {
  customerId: string;
  customer: Pick<Customer, 'id' | 'first_name' | 'last_name' | 'email'>;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging takes an interface
  interface HTMLElementEventMap extends CustomerGroupsEventMap {}
}
