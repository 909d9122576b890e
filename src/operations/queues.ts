import type { CustomerAdapter } from '../adapter/adapter.ts';
import type { OperationQueue } from './operation-queue.ts';

/** What this page runs, by adapter. Apart from the queue, so that an element may look without bringing it along. */
export const queues = new WeakMap<CustomerAdapter, OperationQueue>();
