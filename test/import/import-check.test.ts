import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

interface Line {
  file: string;
  platform?: string | null;
  rows?: number;
  importable?: number;
  duplicates?: { row: number; of: number }[];
  invalid?: { row: number; reason: string; value: string }[];
  records?: Record<string, Record<string, unknown>>;
  error?: { code: string; message: string };
}

const project = fileURLToPath(new URL('../../', import.meta.url));

describe('import:check', () => {
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'import-check-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('prints a line for each file, in order, with records by number or with what is wrong', async () => {
    const pdf = join(folder, 'list.csv');
    await writeFile(pdf, '%PDF-1.7');
    const fixture = join(project, 'test/fixtures/import/woocommerce-users-suite.csv');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(project, 'node_modules/tsx/dist/cli.mjs'),
        'scripts/import-check.ts',
        fixture,
        pdf,
        join(folder, 'none.csv'),
      ],
      { cwd: project, encoding: 'utf8', timeout: 180_000, maxBuffer: 1 << 26 },
    );
    assert.equal(status, 0, stderr);
    const [suite, paper, none, ...rest] = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
    assert.deepEqual(rest, []);
    assert.deepEqual(
      [suite?.file, suite?.platform, suite?.rows, suite?.importable, suite?.duplicates],
      [
        'woocommerce-users-suite.csv',
        'WooCommerce Import Export Suite (users)',
        41,
        38,
        [{ row: 40, of: 5 }],
      ],
    );
    assert.deepEqual(
      suite?.invalid?.map(({ row, reason }) => [row, reason]),
      [
        [41, 'email_empty'],
        [42, 'email_invalid'],
      ],
    );
    assert.equal(Object.keys(suite?.records ?? {}).length, 38);
    assert.equal(suite?.records?.['4']?.city, 'Saint-Étienne');
    assert.doesNotMatch(stdout, /\$P\$B/);
    assert.deepEqual([paper?.error?.code, paper?.rows], ['pdf', 0]);
    assert.equal(none?.error?.code, 'not_found');
  });
});
