export type { GetAccessToken } from '../../adapter/configure.ts';
export { createSupabaseAdapterFromUrl, type SupabaseAdapterFromUrlOptions } from './from-url.ts';
export { createSupabaseAdapter, type SupabaseAdapterOptions } from './supabase-adapter.ts';
