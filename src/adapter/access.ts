import { roles, type Access, type Role } from '../model/access.ts';
import type { CustomerAdapter } from './adapter.ts';

const answers = new WeakMap<CustomerAdapter, Promise<Access>>();

/**
 * Who is asking, what that person may do, and the site's currency and time zone: one request for all elements
 * that share an adapter. A failure is not kept, so the next call asks again.
 */
export function accessOf(adapter: CustomerAdapter): Promise<Access> {
  const known = answers.get(adapter);
  if (known) return known;
  const asked = adapter.getAccess();
  answers.set(adapter, asked);
  asked.catch(() => forgetAccess(adapter));
  return asked;
}

/** The next `accessOf` asks the backend again: for a reload, or when somebody else has signed in. */
export function forgetAccess(adapter: CustomerAdapter): void {
  answers.delete(adapter);
}

/** The role that may do less; an absent one takes nothing away. */
export function lowerRole<R extends Role | undefined>(role: R, cap: Role | undefined): R | Role {
  if (!cap) return role;
  if (!role) return cap;
  return roles.indexOf(cap) < roles.indexOf(role) ? cap : role;
}
