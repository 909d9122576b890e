import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  Browser,
  computeExecutablePath,
  detectBrowserPlatform,
  getInstalledBrowsers,
  install,
  resolveBuildId,
} from '@puppeteer/browsers';
import { projectFolder } from '../backend/migrate.ts';
import { run, runAny } from '../backend/processes.ts';

const ownBrowsers = join(projectFolder, '.local', 'browsers');

/** What a Chrome needs so that it asks nobody on the internet for anything and runs in a container. */
export const chromeArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
];

/** The path of a Chrome or Chromium of this machine; where there is none, one is installed. */
export async function findBrowser(): Promise<string> {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new Error(`CHROME_PATH is ${wanted}, but there is no such file.`);
  }
  for (const path of [...systemPaths(), ...(await puppeteerPaths())]) {
    if (existsSync(path) && (await starts(path))) return path;
  }
  console.log('No Chrome or Chromium found: installing one …');
  const failures: string[] = [];
  for (const way of [installFromGoogle, installFromDebian]) {
    try {
      const path = await way();
      if (await starts(path)) return path;
      failures.push(`${path} does not start.`);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new Error(
    `There is no browser, and none could be installed:\n  ${failures.join('\n  ')}\n` +
      'Install Chrome or Chromium, or set CHROME_PATH to where it is.',
  );
}

function systemPaths(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => [
        join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
        join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      ]);
    case 'win32':
      return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));
    default:
      return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap((name) => [
        `/usr/bin/${name}`,
        `/usr/local/bin/${name}`,
      ]);
  }
}

async function puppeteerPaths(): Promise<string[]> {
  const caches = [ownBrowsers, process.env.PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer')];
  const installed = await Promise.all(
    caches.map((cacheDir) => getInstalledBrowsers({ cacheDir }).catch(() => [])),
  );
  return installed
    .flat()
    .filter(({ browser }) => browser === Browser.CHROME || browser === Browser.CHROMEHEADLESSSHELL)
    .map(({ executablePath }) => executablePath);
}

/** A downloaded Chrome lacks libraries on a bare system; better known now than as a failure of every test. */
async function starts(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true; // chrome.exe --version opens a window there
  return (await runAny(path, ['--version', '--no-sandbox']).catch(() => ({ code: 1 }))).code === 0;
}

async function installFromGoogle(): Promise<string> {
  const platform = detectBrowserPlatform();
  if (!platform) throw new Error('There is no Chrome to download for this platform.');
  const browser = Browser.CHROME;
  const buildId = await within(30_000, resolveBuildId(browser, platform, 'stable'));
  await within(600_000, install({ browser, buildId, platform, cacheDir: ownBrowsers }));
  return computeExecutablePath({ browser, buildId, platform, cacheDir: ownBrowsers });
}

async function installFromDebian(): Promise<string> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error('Not root on Debian, so apt-get cannot install chromium.');
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  return '/usr/bin/chromium';
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The download of Chrome took too long.')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
