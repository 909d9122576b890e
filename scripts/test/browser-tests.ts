import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import {
  defaultReporter,
  startTestRunner,
  summaryReporter,
  type TestRunnerConfig,
  type TestRunnerPlugin,
} from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { projectFolder } from '../backend/migrate.ts';
import { createSite } from '../backend/sites.ts';
import { makeSnapshot } from '../pglite-snapshot.ts';
import { chromeArguments, findBrowser } from './browser.ts';
import { commonJs } from './common-js.ts';
import type { Outcome } from './node-tests.ts';
import type { SharedBackend } from './shared-backend.ts';

/** Runs files by Mocha in a headless Chrome, served as they are by Web Test Runner. */
export async function runBrowserTests(files: string[], backend: SharedBackend): Promise<Outcome> {
  const runner = await startTestRunner({
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    config: {
      files,
      rootDir: projectFolder,
      nodeResolve: { exportConditions: ['browser', 'production'], preferBuiltins: false },
      concurrency: 1,
      browsers: [
        chromeLauncher({
          launchOptions: { executablePath: await findBrowser(), args: chromeArguments },
          createPage,
        }),
      ],
      browserStartTimeout: 60_000,
      testsStartTimeout: 120_000,
      testsFinishTimeout: 600_000,
      testFramework: { config: { timeout: 60_000 } },
      middleware: [servePgliteUnread],
      plugins: [
        backendPlugin(backend),
        commonJs(['papaparse']),
        leaveNodeBuiltins,
        esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${projectFolder}/tsconfig.json` }),
      ],
      reporters: [
        summaryReporter({}),
        defaultReporter({ reportTestResults: true, reportTestProgress: false }),
      ],
    },
  });
  if (!runner) return { passed: 0, failed: 1 };

  await new Promise((resolve) => runner.on('stopped', resolve));
  const outcome: Outcome = { passed: 0, failed: 0 };
  for (const session of runner.sessions.all()) {
    const before = outcome.failed;
    for (const test of testsOf(session.testResults)) {
      if (test.skipped) continue;
      if (test.passed) outcome.passed++;
      else outcome.failed++;
    }
    // A file that does not load has no tests that could fail.
    if (!session.passed && outcome.failed === before) outcome.failed++;
  }
  if (!runner.passed && outcome.failed === 0) outcome.failed++;
  return outcome;
}

type ChromeOptions = NonNullable<Parameters<typeof chromeLauncher>[0]>;

/**
 * All files run in one tab, one after the other. Chrome keeps 50 entries of its history, and drops first what a page
 * pushed without a click: so each file begins with an empty history, or "back" would leave the page.
 */
const createPage: NonNullable<ChromeOptions['createPage']> = async ({ context }) => {
  const page = await context.newPage();
  const protocol = await page.createCDPSession();
  page.on('load', () => {
    if (page.url() === 'about:blank')
      void protocol.send('Page.resetNavigationHistory').catch(() => undefined);
  });
  return page;
};

/**
 * PGlite's own files as any host would serve them, to be kept by the browser. Web Test Runner would read each of them
 * anew at every visit, and break pglite.data, which it takes for text.
 */
const servePgliteUnread: NonNullable<TestRunnerConfig['middleware']>[number] = async (context, next) => {
  if (!/\/@electric-sql\/pglite\/dist\/[^/]+\.(wasm|data|tar\.gz)$/.test(context.path)) return next();
  context.type = context.path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
  context.set('Cache-Control', 'max-age=3600');
  context.body = await readFile(join(projectFolder, context.path));
};

/** PGlite imports these where it runs in Node, and never in a browser: they only must not stop the resolver. */
const leaveNodeBuiltins: TestRunnerPlugin = {
  name: 'leave-node-builtins',
  resolveImport: ({ source }) => (isBuiltin(source) ? `/node-builtin/${source}` : undefined),
};

interface Suite {
  suites: Suite[];
  tests: { passed: boolean; skipped: boolean }[];
}

function testsOf(suite: Suite | undefined): Suite['tests'] {
  return suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : [];
}

/**
 * `/backend.json`: addresses and tokens; `POST /backend/sites`: an empty site of one's own; `/snapshot.json`: the
 * version of demo/generated/customers.tar.gz, once that is made.
 */
function backendPlugin(shared: SharedBackend): TestRunnerPlugin {
  return {
    name: 'backend',
    async serve(context) {
      if (context.path === '/backend.json') {
        return { body: JSON.stringify(await shared.get()), type: 'json' };
      }
      if (context.path === '/backend/sites' && context.method === 'POST') {
        const site = await createSite((await shared.get()).dbUrl);
        return { body: JSON.stringify({ siteId: site }), type: 'json' };
      }
      if (context.path === '/snapshot.json') {
        const { version } = await makeSnapshot();
        return { body: JSON.stringify({ version }), type: 'json' };
      }
      return undefined;
    },
  };
}
