import type { CustomerAdapter } from '../src/adapter/adapter.ts';
import { AdapterError } from '../src/adapter/errors.ts';
import { createMemoryAdapter, sampleCustomers } from '../src/adapters/memory/index.ts';
import type { Role } from '../src/model/access.ts';

/** A shop in the middle of its life: 248 customers, groups, tags, orders. */
export function fullShop(role: Role = 'admin'): CustomerAdapter {
  return createMemoryAdapter({ ...sampleCustomers(248), access: { role, time_zone: 'Europe/Berlin' } });
}

/** A shop on its first day. */
export function emptyShop(): CustomerAdapter {
  return createMemoryAdapter();
}

/** Never answers: the loading state, for as long as one wants to look at it. */
export function silentShop(): CustomerAdapter {
  return createMemoryAdapter({ delay: () => new Promise(() => undefined) });
}

/** Refuses every request. */
export function brokenShop(code: AdapterError['code'] = 'unavailable'): CustomerAdapter {
  return createMemoryAdapter({ fail: () => new AdapterError(code, 'This shop is closed.') });
}
