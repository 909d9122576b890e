import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformance, type ConformanceSite } from '../../src/adapter/conformance.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../src/adapters/memory/index.ts';
import { AdapterError } from '../../src/adapter/errors.ts';
import type { Customer } from '../../src/model/customer.ts';

async function makeSite(): Promise<ConformanceSite> {
  const customers: Customer[] = [];
  const groups: MemoryAdapterOptions['groups'] & object = [];
  const orders: MemoryAdapterOptions['orders'] & object = [];
  const find = (id: string) => customers.find((customer) => customer.id === id) as Customer;
  return {
    adapter: createMemoryAdapter({ customers, groups, orders }),
    host: {
      async addGroup({ name, color, customerIds }) {
        const id = crypto.randomUUID();
        groups.push({ id, name, color, description: null, discount_percentage: null, member_count: 0 });
        for (const customerId of customerIds) find(customerId).group_ids.push(id);
        return id;
      },
      async addOrder({ customerId, total, status, createdAt, currency = 'USD' }) {
        const customer = find(customerId);
        const id = crypto.randomUUID();
        orders.push({
          customer_id: customerId,
          id,
          order_number: id,
          status,
          total,
          currency,
          created_at: createdAt,
        });
        if (status === 'cancelled' || status === 'refunded') return;
        customer.orders_count++;
        if (currency === 'USD') {
          customer.total_spent += total;
          customer.average_order_value = Math.round(customer.total_spent / customer.orders_count);
        }
        if (createdAt > (customer.last_order_date ?? '')) customer.last_order_date = createdAt;
      },
    },
  };
}

for (const { name, run } of conformance(makeSite, { host: true })) test(`memory, ${name}`, run);

test('memory: its options may change between calls', async () => {
  const options: MemoryAdapterOptions = {};
  const adapter = createMemoryAdapter(options);
  await adapter.getStats();
  options.fail = (method) => (method === 'getStats' ? new AdapterError('unavailable', 'down') : undefined);
  await assert.rejects(adapter.getStats(), { code: 'unavailable' });
  options.access = { role: 'viewer' };
  assert.equal((await adapter.getAccess()).role, 'viewer');
});

test('memory: an answer that waits for a promise can be aborted', async () => {
  const adapter = createMemoryAdapter({ delay: () => new Promise(() => undefined) });
  const abort = new AbortController();
  const pending = adapter.getStats({ signal: abort.signal });
  abort.abort();
  await assert.rejects(pending, { code: 'aborted' });
});

test('memory: sample customers are the same every time, and their groups count them', () => {
  const sample = sampleCustomers(500);
  assert.deepEqual(sampleCustomers(500), sample);
  const { customers, groups } = sample;
  assert.equal(new Set(customers.map((customer) => customer.email)).size, 500);
  for (const { id, member_count } of groups) {
    assert.equal(member_count, customers.filter((customer) => customer.group_ids.includes(id)).length);
  }
});
