import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { postgrest } from '../../scripts/backend/binaries.ts';

describe('PostgREST', () => {
  const { platform, arch } = process;
  const path = process.env.PATH;
  const pretend = (asPlatform: string, asArch: string) => {
    Object.defineProperty(process, 'platform', { value: asPlatform });
    Object.defineProperty(process, 'arch', { value: asArch });
  };
  afterEach(() => {
    pretend(platform, arch);
    process.env.PATH = path;
  });

  test('is asked for by name where npm has none for the platform', () => {
    pretend('darwin', 'arm64');
    process.env.PATH = '';
    assert.throws(postgrest, /no PostgREST for darwin-arm64.*brew install postgrest/);
  });

  test('is taken from the PATH before npm', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'customer-elements-path-'));
    const own = join(folder, platform === 'win32' ? 'postgrest.exe' : 'postgrest');
    await writeFile(own, '');
    await chmod(own, 0o755);
    process.env.PATH = folder;
    assert.equal(postgrest(), own);
    await rm(folder, { recursive: true });
  });
});
