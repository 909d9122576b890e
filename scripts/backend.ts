// A local Supabase-shaped API: npm run backend -- [--customers N] [--port P] [--json]
import { parseArgs } from 'node:util';
import { whenAbandoned } from './backend/abandoned.ts';
import { startBackend, type Backend } from './backend/start.ts';

const usage = `npm run backend -- [--customers N] [--port P] [--json]

  --customers N  customers of the main shop (default 2,000; kept and reused per number)
  --port P       of the API (default 54321, or a free one where that is taken)
  --json         one line of JSON when ready, and nothing else on standard output`;

async function main(): Promise<void> {
  const options = readOptions();
  const stopped = stopSignal();
  const say = options.json ? console.error : console.log;
  const starting = startBackend({
    customers: options.customers,
    port: options.port ?? 54321,
    anyPort: options.port === undefined,
    onProgress: say,
  });
  // A signal while starting: the children get it from the watchdog, as this process ends.
  const backend = await Promise.race([starting, stopped]);
  if (!backend) process.exit(0);
  if (options.json) console.log(json(backend));
  else console.log(description(backend));
  await stopped;
  await backend.stop();
  process.exit(0);
}

function readOptions(): { customers: number; port: number | undefined; json: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        customers: { type: 'string', default: '2000' },
        port: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return {
      customers: wholeNumber('customers', values.customers, 0, 5_000_000),
      port: values.port === undefined ? undefined : wholeNumber('port', values.port, 1, 65_535),
      json: values.json,
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function wholeNumber(name: string, text: string, from: number, to: number): number {
  const number = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(number) || number < from || number > to) {
    throw new Error(`--${name} is ${text}, expected a whole number from ${from} to ${to}.`);
  }
  return number;
}

/** Resolves at Ctrl-C, at SIGTERM, and when npm is gone. */
function stopSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(undefined));
    void whenAbandoned().then(() => resolve(undefined));
  });
}

function json({ url, anonKey, dbUrl, siteId, otherSiteId, tokens }: Backend): string {
  return JSON.stringify({ url, anonKey, dbUrl, siteId, otherSiteId, tokens });
}

function description(backend: Backend): string {
  const people = Object.entries(backend.tokens).map(([name, token]) => `  ${name.padEnd(9)}${token}`);
  return `
Ready.  API       ${backend.url}/rest/v1
        database  ${backend.dbUrl}
        site      ${backend.siteId}
        other     ${backend.otherSiteId}
        anon key  ${backend.anonKey}

Tokens, for the header \`Authorization: Bearer …\`:
${people.join('\n')}

Ctrl-C ends it; the data stay in .local/ and are used again.`;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
