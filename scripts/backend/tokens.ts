import { SignJWT } from 'jose';

/** Of the local backend only, and known to everyone: it listens on 127.0.0.1. */
export const jwtSecret = 'customer-elements-local-secret-of-32-characters-or-more';

const key = new TextEncoder().encode(jwtSecret);

export interface TokenClaims {
  /** The user's id; an API key has none. */
  sub?: string;
  role: 'anon' | 'authenticated' | 'service_role';
  email?: string;
  /** Seconds or a span as in '2h'; negative makes a token that has expired already. */
  expiresIn?: number | string;
}

/** A token as Supabase Auth would sign it. */
export function signToken({ sub, role, email, expiresIn = '30d' }: TokenClaims): Promise<string> {
  const expires = typeof expiresIn === 'number' ? Math.floor(Date.now() / 1000) + expiresIn : expiresIn;
  const token = new SignJWT({ role, ...(email === undefined ? {} : { email }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('supabase-local')
    .setIssuedAt(typeof expires === 'number' ? Math.min(expires, Math.floor(Date.now() / 1000)) : undefined)
    .setExpirationTime(expires);
  if (sub !== undefined) token.setSubject(sub).setAudience('authenticated');
  return token.sign(key);
}

/** The same on every machine and at every start, so that a page can have it in its source. */
export async function signKey(role: 'anon' | 'service_role'): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('supabase-local')
    .setIssuedAt(1_750_000_000)
    .setExpirationTime(2_380_000_000)
    .sign(key);
}
