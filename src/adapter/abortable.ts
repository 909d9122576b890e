import { AdapterError } from './errors.ts';

/** Throws `aborted` where the caller has lost interest already. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted();
}

/**
 * Settles as the promise does, or rejects with `aborted` at once when the signal fires: for work that can't be
 * stopped itself, whose answer nobody waits for any more.
 */
export function abortable<T>(pending: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return Promise.resolve(pending);
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(aborted());
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    pending.then(resolve, reject);
    const forget = () => signal.removeEventListener('abort', onAbort);
    pending.then(forget, forget);
  });
}

const aborted = (): AdapterError => new AdapterError('aborted', 'The request was aborted.');
