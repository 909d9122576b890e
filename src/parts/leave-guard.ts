import type { OperationQueue } from '../operations/operation-queue.ts';

const guarded = new WeakSet<OperationQueue>();

/** Asks before the page is left while something is being written, whichever elements have gone meanwhile. */
export function guardLeaving(queue: OperationQueue): void {
  if (guarded.has(queue)) return;
  guarded.add(queue);
  const follow = (): void => {
    if (queue.isBusy) window.addEventListener('beforeunload', keepPage);
    else window.removeEventListener('beforeunload', keepPage);
  };
  queue.subscribe(follow);
  follow();
}

const keepPage = (event: BeforeUnloadEvent): void => event.preventDefault();
