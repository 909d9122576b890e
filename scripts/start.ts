// The demo: npm start (Postgres inside the page) or npm run start:supabase (the local backend, 100,000 customers).
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { whenAbandoned } from './backend/abandoned.ts';
import { people, siteId } from './backend/people.ts';
import { startBackend } from './backend/start.ts';
import { demoBackend, embedPage, quietClient, type DemoBackend } from './demo-backend.ts';
import { makeSnapshot } from './pglite-snapshot.ts';

const usage = `npm start [-- --port P]
npm run start:supabase [-- --port P] [--customers N]

  --port P       of the demo (default 5173, or the next free one)
  --customers N  customers of the local backend (default 100,000)`;

const { values } = parseArgs({
  options: {
    supabase: { type: 'boolean', default: false },
    port: { type: 'string' },
    customers: { type: 'string', default: '100000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(usage);
else await start();

async function start(): Promise<void> {
  const { backend, stop } = values.supabase ? await supabaseBackend() : await pgliteBackend();
  const port = values.port === undefined ? 5173 : Number(values.port);
  const server = await createServer({
    plugins: [demoBackend(backend), embedPage(backend), quietClient()],
    server: { port, strictPort: values.port !== undefined },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
  console.log(`
  Customers                    ${url}
  One table, as embedded       ${url}embed.html

  Ctrl-C ends it.`);

  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    void Promise.all([server.close(), stop()]).finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  void whenAbandoned().then(end);
}

interface Started {
  backend: DemoBackend;
  stop: () => Promise<void>;
}

async function pgliteBackend(): Promise<Started> {
  console.log('Making the database of the demo, unless it is there …');
  const { version } = await makeSnapshot();
  const { viewer, editor, admin } = people;
  const userIds = { viewer: viewer.id, editor: editor.id, admin: admin.id };
  return { backend: { kind: 'pglite', version, siteId, userIds }, stop: async () => undefined };
}

async function supabaseBackend(): Promise<Started> {
  const { url, anonKey, tokens, stop, ...backend } = await startBackend({
    customers: Number(values.customers),
    onProgress: console.log,
  });
  const { viewer, editor, admin } = tokens;
  return {
    backend: {
      kind: 'supabase',
      url,
      key: anonKey,
      siteId: backend.siteId,
      tokens: { viewer, editor, admin },
    },
    stop,
  };
}
