import { createRequire } from 'node:module';
import type { TestRunnerPlugin } from '@web/test-runner';
import { build } from 'vite';

const require = createRequire(import.meta.url);

/** Serves CommonJS packages as one module each; Web Test Runner hands on ES modules only. */
export function commonJs(packages: readonly string[]): TestRunnerPlugin {
  const bundles = new Map<string, Promise<string>>();
  const prefix = '/__common-js/';
  return {
    name: 'common-js',
    resolveImport({ source }) {
      return packages.includes(source) ? `${prefix}${source}.js` : undefined;
    },
    async serve(context) {
      if (!context.path.startsWith(prefix)) return undefined;
      const name = context.path.slice(prefix.length, -'.js'.length);
      if (!packages.includes(name)) return undefined;
      const bundled = bundles.get(name) ?? bundle(name);
      bundles.set(name, bundled);
      return { body: await bundled, type: 'js' };
    },
  };
}

async function bundle(name: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"test"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: require.resolve(name), formats: ['es'], fileName: name },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((part) =>
    'output' in part ? part.output : [],
  );
  const chunk = outputs.find((part) => part.type === 'chunk');
  if (!chunk) throw new Error(`Bundling ${name} gave nothing.`);
  return chunk.code;
}
