// npm run build: dist/ for bundlers (one module per source file, dependencies outside) and one file for a script tag.
import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const project = new URL('../', import.meta.url);
const dist = new URL('dist/', project);

await rm(dist, { recursive: true, force: true });
run('cem', ['analyze', '--config', 'cem.config.js', '--quiet']);
run('prettier', ['--log-level', 'warn', '--write', 'custom-elements.json']);
run('tsc', ['--project', 'tsconfig.build.json']);
await finishExtensions();
await buildScriptTagFile();

function run(command: string, args: string[]): void {
  const bin = fileURLToPath(new URL(`node_modules/.bin/${command}`, project));
  const { status, error } = spawnSync(bin, args, { cwd: fileURLToPath(project), stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** tsc rewrites the `.ts` of imports in JavaScript, but not in declarations, nor in the addresses of workers. */
async function finishExtensions(): Promise<void> {
  for (const name of await readdir(dist, { recursive: true })) {
    const isDeclaration = name.endsWith('.d.ts');
    if (!isDeclaration && !name.endsWith('.js')) continue;
    const file = new URL(name, dist);
    const code = await readFile(file, 'utf8');
    const finished = isDeclaration
      ? code.replace(/((?:from |import |import\()'\.[^']*)\.ts'/g, "$1.js'")
      : code.replace(/(new URL\('\.[^']*)\.ts(', import\.meta\.url\))/g, '$1.js$2');
    if (finished !== code) await writeFile(file, finished);
  }
}

/** `<script type="module" src="…/customer-elements.js">`: everything in it but what is loaded when needed. */
async function buildScriptTagFile(): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(project),
    logLevel: 'warn',
    base: './',
    // A worker's address is relative to the script's, wherever that is served from.
    worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'chunks/[name]-[hash].js' } } },
    build: {
      outDir: fileURLToPath(dist),
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      assetsDir: 'chunks',
      lib: { entry: fileURLToPath(new URL('src/index.ts', project)), formats: ['es'] },
      rolldownOptions: {
        output: {
          entryFileNames: 'customer-elements.js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // Vite leaves the blanks of a library's modules to the next bundler; here there is none.
          minify: true,
        },
      },
    },
  });
}
