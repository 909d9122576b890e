import { trim } from '../model/email.ts';
import type { ImportAddress } from '../model/import.ts';

/** A street of several lines: the first is line 1, the others are line 2. */
export function splitLines(address: {
  address_line_1?: string | undefined;
  address_line_2?: string | undefined;
}): void {
  const line = address.address_line_1;
  if (!line || address.address_line_2 !== undefined || !/[\r\n]/.test(line)) return;
  const lines = line
    .split(/[\r\n]+/)
    .map(trim)
    .filter(Boolean);
  if (lines.length < 2) return;
  address.address_line_1 = lines[0];
  address.address_line_2 = lines.slice(1).join(', ');
}

export type AddressDraft = { [Key in keyof ImportAddress]: ImportAddress[Key] | undefined };

/** An address that can be made; undefined where line 1, city or country is missing. */
export function wholeAddress(draft: Partial<AddressDraft>): ImportAddress | undefined {
  if (!draft.address_line_1 || !draft.city || !draft.country) return undefined;
  const filled = Object.entries(draft).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled) as ImportAddress;
}

type Place = Partial<Pick<AddressDraft, 'address_line_1' | 'postal_code' | 'country'>>;

/** Whether two addresses are the same place, as the database compares them. */
export function isSamePlace(a: Place, b: Place): boolean {
  const fold = (text: string | undefined): string =>
    (text ?? '')
      .normalize('NFKD')
      .replace(/\p{Mark}/gu, '')
      .toLowerCase();
  return (
    a.country === b.country &&
    fold(a.postal_code) === fold(b.postal_code) &&
    fold(a.address_line_1) === fold(b.address_line_1)
  );
}
