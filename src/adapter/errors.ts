import type { FieldChange } from '../model/detail.ts';

export const adapterErrorCodes = [
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid',
  'rate_limited',
  'unavailable',
  'aborted',
  'unsupported',
] as const;
export type AdapterErrorCode = (typeof adapterErrorCodes)[number];

export interface AdapterErrorOptions {
  /** For `invalid`: a message for each field that is wrong. */
  fields?: Record<string, string>;
  /** For `conflict`: the row as it is now. */
  current?: unknown;
  /** For `conflict`: who changed what since the version that was read. */
  changes?: readonly FieldChange[];
  /** For `conflict` and `not_found`: why, in one word of the backend's. */
  reason?: string;
  /** Since when the customer in question is hidden. */
  deletedAt?: string;
  /** For `not_found`: the id of the customer that it was merged into. */
  mergedInto?: string;
  /** For the developer, never shown to staff. */
  hint?: string;
  /** For `rate_limited`: seconds to wait. */
  retryAfter?: number;
  cause?: unknown;
}

/** What every adapter throws. Told apart by `code`, so two copies of the package on one page agree. */
export class AdapterError extends Error {
  readonly code: AdapterErrorCode;
  readonly fields: Record<string, string>;
  readonly current: unknown;
  readonly changes: readonly FieldChange[];
  readonly reason: string | undefined;
  readonly deletedAt: string | undefined;
  readonly mergedInto: string | undefined;
  readonly hint: string | undefined;
  readonly retryAfter: number | undefined;
  /** The mark that {@link isAdapterError} looks for; `instanceof` fails across copies. */
  readonly isAdapterError = true;

  constructor(code: AdapterErrorCode, message: string, options: AdapterErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AdapterError';
    this.code = code;
    this.fields = options.fields ?? {};
    this.current = options.current;
    this.changes = options.changes ?? [];
    this.reason = options.reason;
    this.deletedAt = options.deletedAt;
    this.mergedInto = options.mergedInto;
    this.hint = options.hint;
    this.retryAfter = options.retryAfter;
  }
}

export function isAdapterError(error: unknown, code?: AdapterErrorCode): error is AdapterError {
  return (
    typeof error === 'object' &&
    error !== null &&
    (error as Partial<AdapterError>).isAdapterError === true &&
    (code === undefined || (error as AdapterError).code === code)
  );
}
