import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildPackage, project, run } from './built-package.ts';

type Entry = string | { types: string; default: string };
interface Manifest {
  exports: Record<string, Entry>;
  dependencies: Record<string, string>;
}

describe('the packed package', () => {
  let app: string;
  let packed: string;
  let manifest: Manifest;

  // As a shop's own app has it: our package unpacked, its dependencies beside it, none of our sources.
  before(
    async () => {
      await buildPackage();
      app = await mkdtemp(join(tmpdir(), 'customer-elements-app-'));
      const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', app], { cwd: project });
      const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
      packed = join(app, 'node_modules', 'customer-elements');
      await mkdir(packed, { recursive: true });
      await run('tar', ['-xzf', join(app, filename), '-C', packed, '--strip-components=1']);
      manifest = JSON.parse(await readFile(join(packed, 'package.json'), 'utf8')) as Manifest;
      await symlink(join(project, 'node_modules'), join(packed, 'node_modules'));
      await writeFile(join(app, 'package.json'), '{"type": "module"}');
    },
    { timeout: 300_000 },
  );
  after(() => rm(app, { recursive: true, force: true }));

  const entries = () =>
    Object.entries(manifest.exports).filter((entry): entry is [string, { types: string; default: string }] =>
      Boolean(typeof entry[1] === 'object'),
    );

  it('has an entry for everything that README and docs name', async () => {
    const texts = await Promise.all(
      ['README.md', 'docs/adapters.md'].map((name) => readFile(join(project, name), 'utf8')),
    );
    const named = texts.join().match(/['`]customer-elements(\/[a-z-]+)?['`]/g) ?? [];
    assert.ok(named.length > 5);
    for (const name of named) {
      const entry = name.slice(1, -1).replace('customer-elements', '.');
      assert.ok(entry in manifest.exports, name);
    }
  });

  it('has the file and the types of each, types first', () => {
    for (const [name, entry] of entries()) {
      assert.deepEqual(Object.keys(entry), ['types', 'default'], name);
      assert.ok(existsSync(join(packed, entry.types)), entry.types);
      assert.ok(existsSync(join(packed, entry.default)), entry.default);
    }
  });

  it('loads on a server without a word, and holds nothing open', { timeout: 60_000 }, async () => {
    const names = entries().map(([name]) => name.replace('.', 'customer-elements'));
    const script = `for (const name of ${JSON.stringify(names)}) await import(name);`;
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: app,
    });
    assert.equal(stdout + stderr, '');
  });

  it('gives the types that it promises to a strict app', { timeout: 120_000 }, async () => {
    await writeFile(
      join(app, 'app.ts'),
      `import { configure, isAdapterError, type Customer, type CustomerAdapter } from 'customer-elements';
       import 'customer-elements/customer-table';
       import { createMemoryAdapter, sampleCustomers } from 'customer-elements/memory';
       const adapter: CustomerAdapter = createMemoryAdapter(sampleCustomers(3));
       configure({ adapter });
       const table = document.createElement('customer-table');
       table.filters = { status: 'guest' };
       // @ts-expect-error there is no such status
       table.filters = { status: 'gone' };
       table.addEventListener('customer-open', (event) => {
         const customer: Customer = event.detail.customer;
         console.log(customer.email);
       });
       adapter.getStats().catch((error: unknown) => isAdapterError(error, 'forbidden') && error.hint);
      `,
    );
    await writeFile(
      join(app, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'ES2022',
          module: 'ESNext',
          moduleResolution: 'bundler',
          strict: true,
          noEmit: true,
          preserveSymlinks: true,
          skipLibCheck: true,
          types: [],
          lib: ['ES2023', 'DOM', 'DOM.Iterable'],
        },
        files: ['app.ts'],
      }),
    );
    const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = await run(process.execPath, [compiler, '--project', app]).catch(
      (error: { stdout: string }) => error,
    );
    assert.equal(stdout, '');
  });

  it('carries the reference of its elements, as they are now', { timeout: 60_000 }, async () => {
    // The analyzer takes the folder for one below the project's.
    const outdir = relative(project, join(app, 'manifest'));
    const cem = join(project, 'node_modules', '.bin', 'cem');
    await run(cem, ['analyze', '--config', 'cem.config.js', '--quiet', '--outdir', outdir], { cwd: project });
    const [fresh, kept] = await Promise.all(
      [join(app, 'manifest', 'custom-elements.json'), join(packed, 'custom-elements.json')].map(
        async (file) => JSON.parse(await readFile(file, 'utf8')),
      ),
    );
    assert.deepEqual(kept, fresh);
  });
});
