import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { GetAccessToken } from '../../adapter/configure.ts';

export interface SupabaseShortcut {
  url: string;
  key: string;
  siteId: string;
  getAccessToken: GetAccessToken;
}

/** The one way from an element to an adapter: for pages of plain HTML. supabase-js is fetched only here. */
export async function adapterFromAttributes(shortcut: SupabaseShortcut): Promise<CustomerAdapter> {
  const { createSupabaseAdapterFromUrl } = await import('../../adapters/supabase/from-url.ts');
  return createSupabaseAdapterFromUrl(shortcut);
}

/** What is wrong with the attributes, as advice to the developer; empty where nothing is. */
export function adviceOn(shortcut: {
  [Name in keyof SupabaseShortcut]: SupabaseShortcut[Name] | undefined;
}): string[] {
  const { url, key, siteId, getAccessToken } = shortcut;
  const advice: string[] = [];
  if (!url) advice.push('set supabase-url to the address of the project, https://<project>.supabase.co');
  else if (!isHttpUrl(url)) advice.push(`supabase-url must be an http or https address, not "${url}"`);
  if (!key) advice.push('set supabase-key to the anon or publishable key of the project');
  else if (isServiceKey(key))
    advice.push('supabase-key is the service role key, which must never reach a page');
  if (!siteId) advice.push('set site-id to the id of the shop');
  else if (!isUuid(siteId)) advice.push(`site-id must be a uuid, not "${siteId}"`);
  if (!getAccessToken) {
    advice.push('set getAccessToken, on the provider or by configure({ getAccessToken })');
  }
  return advice;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

function isServiceKey(key: string): boolean {
  if (key.startsWith('sb_secret_')) return true;
  try {
    const claims: unknown = JSON.parse(atob((key.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')));
    return (claims as { role?: unknown }).role === 'service_role';
  } catch {
    return false;
  }
}
