import { embeddedPostgres } from './binaries.ts';
import { keptData, temporaryData } from './data.ts';
import { startGateway } from './gateway.ts';
import { bootstrap, migrate, schemaHash, type DefaultPrivileges } from './migrate.ts';
import { otherSiteId, people, siteId, type Person } from './people.ts';
import { connect, password, removeCluster, startPostgres, superuser } from './postgres.ts';
import { startPostgRest } from './postgrest.ts';
import { freePort } from './processes.ts';
import { seed, seedFiles } from './seed.ts';
import { signKey, signToken } from './tokens.ts';
import { startWatchdog } from './watchdog.ts';

export interface BackendOptions {
  /** Customers of the main site; 2,000 if not given. From 100,000 on there are 100 further sites of 1,000. */
  customers?: number;
  /** Of the API; a free one if not given. */
  port?: number;
  /** Another port will do where `port` is taken. */
  anyPort?: boolean;
  /** Where data are kept instead of what `dataRoot` says. */
  dataDirectory?: string;
  /** Data in a temporary folder, thrown away at the end and not safe when Postgres is killed: for tests. */
  fresh?: boolean;
  /** Safe all the same: for tests that kill it. */
  durable?: boolean;
  /** What roles get on new objects, see supabase/local/bootstrap.sql; 'legacy' if not given. */
  defaultPrivileges?: DefaultPrivileges;
  /** Hears what is being done, for people to read. */
  onProgress?: (message: string) => void;
}

export interface Backend {
  /** What supabase-js is given as URL; the API is at /rest/v1. */
  url: string;
  anonKey: string;
  serviceKey: string;
  /** As `postgres`, the role that owns the tables and isn't bound by row-level security. */
  dbUrl: string;
  /** As the superuser, which hosted Supabase doesn't give away. */
  superuserUrl: string;
  /** PostgREST itself, without the gateway and its `apikey`. */
  postgrestUrl: string;
  siteId: string;
  otherSiteId: string;
  tokens: Record<Person, string>;
  /** For tests of what happens when they die. */
  processes: Record<'postgres' | 'postgrest', BackendProcess>;
  stop(): Promise<void>;
}

export interface BackendProcess {
  /** As `kill -9` does, with all that it has started. */
  kill(): Promise<void>;
  /** Again, on the same port and data; answers when it is ready. */
  start(): Promise<void>;
}

/** Starts Postgres with the migrated and seeded database, PostgREST, and the gateway before it. */
export async function startBackend(options: BackendOptions = {}): Promise<Backend> {
  const { customers = 2_000, defaultPrivileges = 'legacy', onProgress = () => undefined } = options;
  const cleanUp: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  };
  try {
    const binaries = await embeddedPostgres();
    // Known before the work begins, if the port cannot be had.
    if (options.port !== undefined && !options.anyPort) await freePort(options.port);
    const content = `${await schemaHash(await seedFiles())} ${customers} ${defaultPrivileges} pg${binaries.version}`;
    const data = options.fresh
      ? await temporaryData()
      : await keptData({
          customers,
          content,
          ...(options.dataDirectory ? { root: options.dataDirectory } : {}),
        });
    cleanUp.push(() => data.release());

    const watchdog = startWatchdog();
    cleanUp.push(() => watchdog.dismiss());
    const databasePort = await freePort();
    const start = async () => {
      const started = await startPostgres({
        binaries,
        dataDirectory: data.directory,
        port: databasePort,
        durable: options.durable ?? !options.fresh,
      });
      watchdog.watch(started.pid, 'SIGINT');
      return started;
    };
    if (!data.ready) await removeCluster(data.directory);
    let server = await start();
    cleanUp.push(() => server.stop());

    if (!data.ready) {
      const sql = connect(server.urlFor(superuser), { max: 1 });
      try {
        onProgress('Applying the migrations …');
        await bootstrap(sql, { password, defaultPrivileges });
        await migrate(server.urlFor('postgres'));
        onProgress(`Making ${customers.toLocaleString('en')} customers with their orders …`);
        await seed(server.urlFor(superuser), { customers }, (part) => {
          if (customers >= 100_000) onProgress(`  ${part}`);
        });
        await sql`checkpoint`;
      } finally {
        await sql.end();
      }
      await data.markReady();
    } else {
      onProgress('Using the data of an earlier run.');
    }

    const apiPort = await freePort();
    const startApi = async () => {
      const started = await startPostgRest({ databaseUrl: server.urlFor('authenticator'), port: apiPort });
      watchdog.watch(started.pid, 'SIGKILL');
      return started;
    };
    let postgrest = await startApi();
    cleanUp.push(() => postgrest.stop());

    const [anonKey, serviceKey] = await Promise.all([signKey('anon'), signKey('service_role')]);
    const gateway = await startGateway({
      port: options.port ?? 0,
      anyPort: options.anyPort ?? false,
      postgrestPort: postgrest.port,
      keys: [anonKey, serviceKey],
    });
    cleanUp.push(() => gateway.stop());

    return {
      url: gateway.url,
      anonKey,
      serviceKey,
      dbUrl: server.urlFor('postgres'),
      superuserUrl: server.urlFor(superuser),
      postgrestUrl: postgrest.url,
      siteId,
      otherSiteId,
      tokens: await tokens(),
      processes: {
        postgres: {
          kill: () => server.kill(),
          start: async () => void (server = await start()),
        },
        postgrest: {
          kill: () => postgrest.kill(),
          start: async () => void (postgrest = await startApi()),
        },
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function tokens(): Promise<Record<Person, string>> {
  const signed = await Promise.all(
    Object.entries(people).map(async ([name, { id, email }]) => [
      name,
      await signToken({ sub: id, role: 'authenticated', email }),
    ]),
  );
  return Object.fromEntries(signed) as Record<Person, string>;
}
