import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, test } from 'node:test';
import { projectFolder } from '../../scripts/backend/migrate.ts';
import { connect } from '../../scripts/backend/postgres.ts';
import { freePort } from '../../scripts/backend/processes.ts';

interface Ready {
  url: string;
  anonKey: string;
  dbUrl: string;
  siteId: string;
  otherSiteId: string;
  tokens: Record<string, string>;
}

/** A number of customers that nobody works with, so that these data are ours. */
const customers = 17;

const commands: ChildProcess[] = [];

describe('npm run backend', () => {
  afterEach(() => Promise.all(commands.splice(0).map(stop)));

  test(
    'prints one line of JSON when it is ready, and Ctrl-C ends everything',
    { timeout: 300_000 },
    async () => {
      const port = await freePort();
      const { command, ready, lines } = await start(['--json', '--port', String(port)]);
      assert.equal(ready.url, `http://127.0.0.1:${port}`);
      assert.deepEqual(Object.keys(ready), ['url', 'anonKey', 'dbUrl', 'siteId', 'otherSiteId', 'tokens']);
      assert.deepEqual(Object.keys(ready.tokens), ['viewer', 'editor', 'admin', 'outsider']);
      assert.equal(await total(ready, ready.siteId, 'viewer'), customers);
      assert.equal(await total(ready, ready.otherSiteId, 'outsider'), customers);
      await assert.rejects(total(ready, ready.siteId, 'outsider'), /403/);
      await assert.rejects(total(ready, ready.otherSiteId, 'admin'), /403/);

      command.kill('SIGINT');
      await once(command, 'exit');
      assert.equal(lines.length, 1);
      assert.equal(await listens(port), false);
      assert.equal(await listens(databasePort(ready)), false);
    },
  );

  test('uses the data of an earlier run again', { timeout: 300_000 }, async () => {
    const first = await start(['--json']);
    await query(first.ready, `update public.sites set name = 'Kept' where id = '${first.ready.siteId}'`);
    await stop(first.command);
    const second = await start(['--json']);
    assert.deepEqual(
      await query(second.ready, `select name from public.sites where id = '${second.ready.siteId}'`),
      [{ name: 'Kept' }],
    );
    await query(
      second.ready,
      `update public.sites set name = 'Papier & Feder' where id = '${second.ready.siteId}'`,
    );
    await stop(second.command);
  });

  test('leaves nothing running and starts again when it was killed', { timeout: 300_000 }, async () => {
    const killed = await start(['--json']);
    process.kill(await holder(), 'SIGKILL');
    await until(
      async () => !(await listens(databasePort(killed.ready))) && !(await listens(apiPort(killed.ready))),
    );
    const again = await start(['--json']);
    assert.equal(await total(again.ready, again.ready.siteId, 'viewer'), customers);
    await stop(again.command);
  });

  test(
    'ends with npm, also when npm is ended by a signal to itself alone',
    { timeout: 300_000 },
    async () => {
      const { command, ready } = await start(['--json'], ['npm', 'run', '--silent', 'backend', '--']);
      command.kill('SIGTERM');
      await until(async () => !(await listens(databasePort(ready))) && !(await listens(apiPort(ready))));
    },
  );

  test('runs twice at a time, each with data of its own', { timeout: 300_000 }, async () => {
    const [one, two] = await Promise.all([start(['--json']), start(['--json'])]);
    assert.notEqual(one.ready.url, two.ready.url);
    assert.notEqual(one.ready.dbUrl, two.ready.dbUrl);
    assert.equal(await total(one.ready, one.ready.siteId, 'viewer'), customers);
    assert.equal(await total(two.ready, two.ready.siteId, 'viewer'), customers);
    await Promise.all([stop(one.command), stop(two.command)]);
  });

  test('says what is wrong with an option', async () => {
    const command = spawn(
      process.execPath,
      ['--import', 'tsx', 'scripts/backend.ts', '--customers', 'many'],
      {
        cwd: projectFolder,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let text = '';
    command.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const [code] = (await once(command, 'close')) as [number];
    assert.equal(code, 2);
    assert.match(text, /--customers is many, expected a whole number/);
  });
});

const directly = [process.execPath, 'node_modules/tsx/dist/cli.mjs', 'scripts/backend.ts'];

async function start(
  options: string[],
  [program, ...before] = directly,
): Promise<{ command: ChildProcess; ready: Ready; lines: string[] }> {
  const command = spawn(program!, [...before, '--customers', String(customers), ...options], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  commands.push(command);
  let errors = '';
  command.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const lines: string[] = [];
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface(command.stdout).on('line', (line) => {
      lines.push(line);
      if (lines.length === 1) resolve(JSON.parse(line) as Ready);
    });
    command.once('exit', () => reject(new Error(errors)));
  });
  return { command, ready, lines };
}

async function stop(command: ChildProcess): Promise<void> {
  if (command.exitCode !== null || command.signalCode !== null) return;
  const ended = once(command, 'exit');
  command.kill('SIGTERM');
  await ended;
}

/** The process that tsx started, which holds Postgres and PostgREST; it has locked the data. */
async function holder(): Promise<number> {
  return Number(await readFile(join(projectFolder, '.local', 'postgres', String(customers), 'lock'), 'utf8'));
}

async function total(ready: Ready, site: string, person: string): Promise<number> {
  const answer = await fetch(`${ready.url}/rest/v1/rpc/mod_ecommod01_get_stats`, {
    method: 'POST',
    headers: {
      apikey: ready.anonKey,
      authorization: `Bearer ${ready.tokens[person]}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ p_site: site }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { total: number }).total;
}

async function query(ready: Ready, text: string): Promise<unknown[]> {
  const sql = connect(ready.dbUrl, { max: 1 });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

const apiPort = (ready: Ready) => Number(new URL(ready.url).port);
const databasePort = (ready: Ready) => Number(new URL(ready.dbUrl).port);

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await condition()); waited += 100) {
    if (waited > 20_000) throw new Error('waited 20 seconds in vain');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
