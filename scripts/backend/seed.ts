import type { Sql } from 'postgres';

export async function seedFiles(): Promise<string[]> {
  return [];
}

export async function seed(_sql: Sql, _options: { customers: number }): Promise<void> {}
