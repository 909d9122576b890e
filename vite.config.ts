import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The demo, from the sources. `scripts/start.ts` adds the backend it stands on. */
export default defineConfig({
  root: path('demo'),
  cacheDir: path('node_modules/.vite'),
  resolve: {
    alias: [
      { find: /^customer-elements$/, replacement: path('src/index.ts') },
      {
        find: /^customer-elements\/(pglite|supabase|memory)$/,
        replacement: path('src/adapters/$1/index.ts'),
      },
      { find: /^customer-elements\/(.+)$/, replacement: path('src/elements/$1/define.ts') },
    ],
    // Without "development": Lit's development build writes to the console, which should stay empty.
    conditions: ['module', 'browser'],
  },
  optimizeDeps: {
    // A dependency found late reloads the page in the middle of the first visit, and a worker's is found late.
    entries: ['*.html', '../src/**/*.ts'],
    // Finds its wasm and data beside its own files.
    exclude: ['@electric-sql/pglite'],
  },
  worker: { format: 'es' },
  server: { fs: { allow: [path('.')] } },
});
