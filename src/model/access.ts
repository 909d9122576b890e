import * as z from 'zod/mini';
import './schema.ts';

export const roles = ['viewer', 'editor', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Who is asking, what that person may do on this site, and how the site writes money and time. */
export const accessSchema = z.object({
  api_version: z.int(),
  role: roleSchema,
  user_id: z.string(),
  display_name: z.string(),
  /** ISO 4217 */
  currency: z.string(),
  /** IANA name */
  time_zone: z.string(),
  /** Whether the site has any group: no group filter where there is none. */
  has_groups: z.boolean(),
});
export type Access = z.infer<typeof accessSchema>;
