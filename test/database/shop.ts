import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';

export interface Shop {
  id: string;
  viewer: string;
  editor: string;
  admin: string;
}

/** A site with its agency and one person of each role. */
export async function addShop(owner: Sql): Promise<Shop> {
  const shop = { id: randomUUID(), viewer: randomUUID(), editor: randomUUID(), admin: randomUUID() };
  const agency = randomUUID();
  await owner`insert into agencies (id) values (${agency})`;
  await owner`insert into sites (id, agency_id) values (${shop.id}, ${agency})`;
  for (const role of ['viewer', 'editor', 'admin'] as const) {
    await owner`
      insert into mod_ecommod01_site_members (site_id, user_id, role, display_name)
      values (${shop.id}, ${shop[role]}, ${role}, ${`The ${role}`})`;
  }
  return shop;
}

/** Customers with the e-mails `<name>-<n>@shop.example`; answers their ids. */
export async function addCustomers(
  owner: Sql,
  shop: Shop,
  count: number,
  name = 'person',
): Promise<string[]> {
  const rows = await owner<{ id: string }[]>`
    insert into mod_ecommod01_customers (site_id, first_name, email)
    select ${shop.id}, ${name} || ' ' || n, ${name} || '-' || n || '@shop.example' from generate_series(1, ${count}::int) n
    returning id`;
  return rows.map((row) => row.id);
}

export async function addGroup(owner: Sql, shop: Shop, name: string): Promise<string> {
  const [group] = await owner<[{ id: string }]>`
    insert into mod_ecommod01_customer_groups (site_id, name) values (${shop.id}, ${name}) returning id`;
  return group.id;
}

let orderNumber = 0;

export interface NewOrder {
  customer: string | null;
  total?: number;
  currency?: string;
  status?: string;
  createdAt?: string;
}

export async function addOrder(owner: Sql, shop: Shop, order: NewOrder): Promise<string> {
  const {
    customer,
    total = 1000,
    currency = 'USD',
    status = 'delivered',
    createdAt = new Date().toISOString(),
  } = order;
  const [row] = await owner<[{ id: string }]>`
    insert into mod_ecommod01_orders (site_id, customer_id, order_number, status, total, currency, created_at)
    values (${shop.id}, ${customer}, ${`#${++orderNumber}-${process.pid}`}, ${status}, ${total}, ${currency}, ${createdAt})
    returning id`;
  return row.id;
}
