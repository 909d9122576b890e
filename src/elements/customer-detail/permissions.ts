import { lowerRole } from '../../adapter/access.ts';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Access, Role } from '../../model/access.ts';

/** What this person may do with a customer, by the role and by what the backend can: the rest isn't offered. */
export interface Permissions {
  /** Absent until the backend has said who is asking. */
  role: Role | undefined;
  /** The customer's own fields and tags. */
  edit: boolean;
  groups: boolean;
  addresses: boolean;
  notes: boolean;
  /** Delete and restore. */
  delete: boolean;
  erase: boolean;
  handOver: boolean;
  /** Make one of two customers. */
  merge: boolean;
  /** Say that two are not the same person. */
  dismissDuplicate: boolean;
}

export function permissionsOf(
  adapter: CustomerAdapter | undefined,
  access: Access | undefined,
  cap: Role | undefined,
): Permissions {
  const role = access && lowerRole(access.role, cap);
  const can = adapter?.capabilities;
  const isEditor = role === 'editor' || role === 'admin';
  return {
    role,
    edit: isEditor && can?.edit === true,
    groups: isEditor && can?.membership === true,
    addresses: isEditor && can?.addresses === true,
    notes: isEditor && can?.notes === true,
    delete: role === 'admin' && can?.delete === true,
    merge: role === 'admin' && can?.merge === true,
    dismissDuplicate: isEditor && can?.merge === true,
    erase: role === 'admin' && can?.erase === true,
    handOver: role === 'admin' && can?.handOver === true,
  };
}
