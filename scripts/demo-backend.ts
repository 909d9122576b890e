import type { Plugin } from 'vite';

export type DemoRole = 'viewer' | 'editor' | 'admin';

/** Where the demo's customers come from. */
export type DemoBackend =
  | {
      kind: 'pglite';
      /** Of the snapshot: a new one replaces what a browser keeps. */
      version: string;
      siteId: string;
      userIds: Record<DemoRole, string>;
    }
  | { kind: 'supabase'; url: string; key: string; siteId: string; tokens: Record<DemoRole, string> };

const virtualId = 'virtual:demo-backend';

/** Tells the demo's pages their backend, as the module `virtual:demo-backend`. */
export function demoBackend(backend: DemoBackend): Plugin {
  return {
    name: 'demo-backend',
    resolveId: (id) => (id === virtualId ? `\0${virtualId}` : undefined),
    load: (id) => (id === `\0${virtualId}` ? `export default ${JSON.stringify(backend)}` : undefined),
  };
}

/**
 * `embed.html` as an embedder would write it for this backend: over Supabase it needs attributes only, which the
 * template `embed-supabase.html` has.
 */
export function embedPage(backend: DemoBackend): Plugin {
  return {
    name: 'demo-embed-page',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (backend.kind === 'supabase' && request.url?.startsWith('/embed.html')) {
          request.url = request.url.replace('/embed.html', '/embed-supabase.html');
        }
        next();
      });
    },
    transformIndexHtml: {
      // Before Vite takes the page's script out of it.
      order: 'pre',
      handler(page) {
        if (backend.kind !== 'supabase') return page;
        const values: Record<string, string> = {
          SUPABASE_URL: backend.url,
          SUPABASE_KEY: backend.key,
          SITE_ID: backend.siteId,
          ACCESS_TOKEN: backend.tokens.editor,
        };
        return page.replace(/%(\w+)%/g, (whole, name: string) => values[name] ?? whole);
      },
    },
  };
}

/** Vite's client writes to the console, and custom elements can't be replaced in a page anyway: what modules need of it. */
export function quietClient(): Plugin {
  return {
    name: 'demo-quiet-client',
    transform: {
      filter: { id: /\/vite\/dist\/client\/client\.mjs/ },
      handler: () => `
        export const injectQuery = (url) => url;
        export const createHotContext = () => undefined;
        export const updateStyle = () => undefined;
        export const removeStyle = () => undefined;
      `,
    },
  };
}
