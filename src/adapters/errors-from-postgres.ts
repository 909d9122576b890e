import { AdapterError, type AdapterErrorCode, type AdapterErrorOptions } from '../adapter/errors.ts';
import { fieldChangeSchema, type FieldChange } from '../model/detail.ts';
import * as z from 'zod/mini';
import '../model/schema.ts';

/** What a transport knows of a failure; all of it optional, since not every failure comes from Postgres. */
export interface PostgresFailure {
  /** An SQLSTATE, or a PostgREST code (`PGRST…`). */
  code?: string | undefined;
  /** HTTP, 0 or absent where there was no answer. */
  status?: number;
  message?: string | undefined;
  /**
   * Ours is JSON: `{"fields": {name: message}}` for `invalid`, `{"reason", "current": row, "changes"}` for `conflict`,
   * `{"reason", "deletedAt", "mergedInto"}` for `not_found`.
   */
  details?: string | undefined;
  hint?: string | undefined;
  /** Seconds. */
  retryAfter?: number | undefined;
  cause?: unknown;
}

/** The one place that knows what an SQLSTATE, a PostgREST code or an HTTP status means to an element. */
export function errorFromPostgres(failure: PostgresFailure): AdapterError {
  const code = adapterCodeOf(failure);
  const details = parseDetails(failure.details);
  const hint = [failure.hint, code === 'unsupported' ? migrationsHint : '', said(failure)]
    .filter(Boolean)
    .join(' ');
  const options: AdapterErrorOptions = { cause: failure.cause ?? failure, hint };
  if (code === 'invalid') options.fields = textsOf(details.fields);
  if (code === 'conflict' && 'current' in details) options.current = details.current;
  if (code === 'conflict') options.changes = changesOf(details.changes);
  if (code === 'conflict' || code === 'not_found') {
    for (const name of ['reason', 'deletedAt', 'mergedInto'] as const) {
      const text = details[name];
      if (typeof text === 'string') options[name] = text;
    }
  }
  if (code === 'rate_limited' && failure.retryAfter !== undefined) options.retryAfter = failure.retryAfter;
  return new AdapterError(code, failure.message || `The request failed (${code}).`, options);
}

const migrationsHint =
  'The database may have older migrations than this version of customer-elements: apply supabase/migrations, ' +
  "then reload PostgREST's schema cache (notify pgrst, 'reload schema').";

/** PostgREST turns `PT` and three digits into that HTTP status. https://docs.postgrest.org/en/stable/references/errors.html */
function adapterCodeOf({ code, status = 0 }: PostgresFailure): AdapterErrorCode {
  const raised = /^PT(\d{3})$/.exec(code ?? '')?.[1];
  if (raised) return raised === '404' ? 'not_found' : adapterCodeOfStatus(Number(raised));
  // Before the code: without a token, 42501 means "sign in", not "you may not".
  if (status === 401) return 'unauthenticated';
  // PostgREST answers 400 without a code where its connection to Postgres breaks in the middle of a statement.
  if (code === '') return 'unavailable';
  for (const [pattern, meaning] of meanings) if (pattern.test(code ?? '')) return meaning;
  return adapterCodeOfStatus(status);
}

const meanings: readonly (readonly [RegExp, AdapterErrorCode])[] = [
  [/^(PGRST30[123])$/, 'unauthenticated'],
  [/^42501$/, 'forbidden'],
  [/^(23505|23503)$/, 'conflict'],
  [/^(22...|23...|54...|P0001)$/, 'invalid'],
  // No such function, arguments, table or column; a write in a read-only transaction.
  [/^(42...|PGRST1..|PGRST2..|3F000|25006|0A000)$/, 'unsupported'],
];

function adapterCodeOfStatus(status: number): AdapterErrorCode {
  switch (status) {
    case 400:
    case 413:
    case 422:
      return 'invalid';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
    case 405:
      // A row that is missing says so by PT404; a bare 404 is a path that is missing.
      return 'unsupported';
    case 409:
      return 'conflict';
    case 429:
      return 'rate_limited';
    default:
      return 'unavailable';
  }
}

function parseDetails(details: string | undefined): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(details ?? '');
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Postgres's own details are prose.
  }
  return {};
}

const changeListSchema = z.array(fieldChangeSchema);

function changesOf(changes: unknown): FieldChange[] {
  const parsed = changeListSchema.safeParse(changes);
  return parsed.success ? parsed.data : [];
}

function textsOf(fields: unknown): Record<string, string> {
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([name, message]) => [name, String(message)]));
}

const said = ({ code, status }: PostgresFailure): string =>
  `(${[code && `code ${code}`, status && `HTTP ${status}`].filter(Boolean).join(', ') || 'no answer'})`;
