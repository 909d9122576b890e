import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, startTestRunner, summaryReporter, type TestRunnerPlugin } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { projectFolder } from '../backend/migrate.ts';
import { createSite } from '../backend/sites.ts';
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
      nodeResolve: { exportConditions: ['browser', 'development'], preferBuiltins: false },
      concurrency: 1,
      browsers: [
        chromeLauncher({ launchOptions: { executablePath: await findBrowser(), args: chromeArguments } }),
      ],
      browserStartTimeout: 60_000,
      testsStartTimeout: 120_000,
      testsFinishTimeout: 300_000,
      testFramework: { config: { timeout: 20_000 } },
      plugins: [
        backendPlugin(backend),
        commonJs(['papaparse']),
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

interface Suite {
  suites: Suite[];
  tests: { passed: boolean; skipped: boolean }[];
}

function testsOf(suite: Suite | undefined): Suite['tests'] {
  return suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : [];
}

/** `/backend.json`: addresses and tokens; `POST /backend/sites`: an empty site of one's own. */
function backendPlugin(shared: SharedBackend): TestRunnerPlugin {
  return {
    name: 'backend',
    async serve(context) {
      if (context.path === '/backend.json') {
        const { stop: _, ...backend } = await shared.get();
        return { body: JSON.stringify(backend), type: 'json' };
      }
      if (context.path === '/backend/sites' && context.method === 'POST') {
        const site = await createSite((await shared.get()).dbUrl);
        return { body: JSON.stringify({ siteId: site }), type: 'json' };
      }
      return undefined;
    },
  };
}
