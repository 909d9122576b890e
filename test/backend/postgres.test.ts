import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Sql } from 'postgres';
import { debianPostgres, embeddedPostgres, type PostgresBinaries } from '../../scripts/backend/binaries.ts';
import { temporaryData, type Data } from '../../scripts/backend/data.ts';
import { advise, bootstrap, migrate, type DefaultPrivileges } from '../../scripts/backend/migrate.ts';
import {
  connect,
  password,
  startPostgres,
  superuser,
  type Postgres,
} from '../../scripts/backend/postgres.ts';
import { freePort } from '../../scripts/backend/processes.ts';

const servers: PostgresBinaries[] = [await embeddedPostgres(), ...(await debianPostgres())];

for (const binaries of servers) {
  describe(`Postgres ${binaries.version}`, () => {
    let data: Data;
    let server: Postgres;
    before(async () => {
      data = await temporaryData();
      server = await startPostgres({
        binaries,
        dataDirectory: data.directory,
        port: await freePort(),
        durable: false,
      });
    });
    after(async () => {
      await server.stop();
      await data.release();
    });

    async function inDatabase(name: string, use: (sql: Sql) => Promise<void>): Promise<void> {
      const sql = connect(server.urlFor(superuser, name), { max: 1 });
      await use(sql).finally(() => sql.end());
    }

    test('knows letters beyond ASCII', async () => {
      await inDatabase('postgres', async (sql) => {
        await sql.unsafe('create schema letters; create extension pg_trgm with schema letters').simple();
        const [row] =
          await sql`select lower('ÖÉŽ') as lower, array_length(letters.show_trgm('Żółć'), 1) as trigrams`;
        assert.deepEqual(row, { lower: 'öéž', trigrams: 5 });
        await sql.unsafe('drop schema letters cascade');
      });
    });

    for (const defaultPrivileges of ['legacy', 'explicit'] as DefaultPrivileges[]) {
      test(`takes bootstrap and migrations with ${defaultPrivileges} default privileges, and the advisors are content`, async () => {
        await inDatabase('postgres', async (sql) => {
          await sql.unsafe(`create database ${defaultPrivileges}`);
        });
        await inDatabase(defaultPrivileges, async (sql) => {
          await bootstrap(sql, { password, defaultPrivileges });
          await bootstrap(sql, { password, defaultPrivileges });
        });
        const url = server.urlFor('postgres', defaultPrivileges);
        await migrate(url);
        await migrate(url);
        const advice = await advise(url);
        assert.ok(advice.passed, advice.output);
      });
    }

    test('is watched by advisors that find a bad table', async () => {
      await inDatabase('postgres', async (sql) => {
        await sql.unsafe('create database planted');
      });
      await inDatabase('planted', async (sql) => {
        await bootstrap(sql, { password });
        await sql.unsafe('set role postgres; create table public.planted (id int primary key)').simple();
      });
      const advice = await advise(server.urlFor('postgres', 'planted'));
      assert.equal(advice.passed, false);
      assert.match(advice.output, /rls_disabled_in_public/);
    });
  });
}
