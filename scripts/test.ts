// All tests: npm test -- [FILTER], where only files with FILTER in their path are run.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { whenAbandoned } from './backend/abandoned.ts';
import { projectFolder } from './backend/migrate.ts';
import { runNodeTests } from './test/node-tests.ts';
import { runBrowserTests } from './test/browser-tests.ts';
import { shareBackend } from './test/shared-backend.ts';

/** Where tests run in a browser; all others run in Node. */
const browserFolders = ['test/elements/', 'test/adapters/browser/'];

async function main(): Promise<number> {
  const filters = process.argv.slice(2).filter((argument) => argument !== '--');
  const files = (await testFiles()).filter((file) => filters.every((filter) => file.includes(filter)));
  if (files.length === 0) {
    console.error(`No test file has ${filters.join(' and ')} in its path.`);
    return 1;
  }
  const inBrowser = files.filter((file) => browserFolders.some((folder) => file.startsWith(folder)));
  const inNode = files.filter((file) => !inBrowser.includes(file));

  process.chdir(projectFolder);
  const backend = await shareBackend();
  const ended = new AbortController();
  const end = () => {
    ended.abort();
    void backend.stop().finally(() => process.exit(1));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  void whenAbandoned().then(end);

  const outcomes = [];
  try {
    process.env.CUSTOMER_ELEMENTS_TEST_BACKEND = backend.url;
    if (inNode.length > 0) outcomes.push(await runNodeTests(inNode, ended.signal));
    if (inBrowser.length > 0) outcomes.push(await runBrowserTests(inBrowser, backend));
  } finally {
    await backend.stop();
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

/** Paths from the project's root, with slashes on every system. */
async function testFiles(): Promise<string[]> {
  const names = await readdir(join(projectFolder, 'test'), { recursive: true });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .sort();
}

process.exit(
  await main().catch((error: unknown) => {
    console.error(error);
    return 1;
  }),
);
