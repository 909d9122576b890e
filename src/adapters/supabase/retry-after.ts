/**
 * Seconds that the server asked to wait before the next request, once the request has been answered.
 *
 * supabase-js answers the status but no headers, so this looks through the `fetch` that its request builder keeps.
 */
export function watchRetryAfter(request: object): () => number | undefined {
  let seconds: number | undefined;
  const send: unknown = Reflect.get(request, 'fetch');
  if (typeof send !== 'function') return () => undefined;
  Reflect.set(request, 'fetch', async (...args: Parameters<typeof fetch>) => {
    const response = (await Reflect.apply(send, undefined, args)) as Response;
    seconds = secondsOf(response.headers.get('Retry-After'));
    return response;
  });
  return () => seconds;
}

/** The header is a number of seconds or a date. */
function secondsOf(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
