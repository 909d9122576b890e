/**
 * The headers of a request's answer, once it has been answered.
 *
 * supabase-js answers the status but no headers, so this looks through the `fetch` that its request builder keeps.
 */
export function watchHeaders(request: object): () => Headers | undefined {
  let headers: Headers | undefined;
  const send: unknown = Reflect.get(request, 'fetch');
  if (typeof send !== 'function') return () => undefined;
  Reflect.set(request, 'fetch', async (...args: Parameters<typeof fetch>) => {
    const response = (await Reflect.apply(send, undefined, args)) as Response;
    headers = response.headers;
    return response;
  });
  return () => headers;
}

/** Seconds that the server asked to wait before the next request. The header is a number of seconds or a date. */
export function retryAfterOf(headers: Headers | undefined): number | undefined {
  const header = headers?.get('Retry-After');
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
