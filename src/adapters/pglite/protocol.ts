import type { AdapterErrorCode, AdapterErrorOptions } from '../../adapter/errors.ts';

/** What a worker needs to open its database, before anything else is said. */
export interface OpenMessage {
  name: string;
  snapshotUrl: string;
}

/** From a page to the worker that holds the database, over a channel that all pages of the origin share. */
export type PageMessage =
  | { to: 'database'; is: 'hello' }
  | {
      to: 'database';
      is: 'call';
      id: string;
      userId: string | null;
      name: string;
      args: Record<string, unknown>;
    }
  | { to: 'database'; is: 'cancel'; id: string };

export type DatabaseMessage =
  /** `worker` tells a worker that took over from one that had been ready before. */
  | { to: 'pages'; is: 'ready'; worker: string }
  | { to: 'pages'; is: 'broken'; message: string }
  | { to: 'pages'; is: 'answer'; id: string; answer: unknown }
  | { to: 'pages'; is: 'error'; id: string; error: PlainError };

/** An AdapterError as it crosses from the worker: errors lose their own fields on the way. */
export interface PlainError extends Omit<AdapterErrorOptions, 'cause'> {
  code: AdapterErrorCode;
  message: string;
}

export const channelName = (name: string): string => `customer-elements/${name}`;
