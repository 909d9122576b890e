export { createPgliteAdapter, type PgliteAdapterOptions } from './pglite-adapter.ts';
export { createPgliteWorkerAdapter, type PgliteWorkerAdapterOptions } from './worker-adapter.ts';
export type { OpenPgliteOptions } from './open-pglite.ts';
