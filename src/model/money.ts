const fractionDigits = new Map<string, number>();

/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. An unknown code counts as 2. */
export function currencyDigits(currency: string): number {
  let digits = fractionDigits.get(currency);
  if (digits === undefined) {
    try {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency });
      digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    } catch {
      digits = 2;
    }
    fractionDigits.set(currency, digits);
  }
  return digits;
}

/** Minor units as the number people speak of: 1234 is 12.34 in EUR, 1234 in JPY, 1.234 in KWD. */
export function toMajorUnits(minor: number, currency: string): number {
  return minor / 10 ** currencyDigits(currency);
}

/**
 * An amount as a person types it in a locale, in minor units. `undefined` where it is no amount, or has more
 * decimals than the currency: nothing is rounded in silence.
 */
export function parseMoney(text: string, currency: string, locale: string): number | undefined {
  const { decimal, digits } = numberSigns(locale);
  let plain = text.trim().replace(/\p{Nd}/gu, (digit) => digits.get(digit) ?? digit);
  const currencyWritten = /\p{Sc}|[\s'’\u00a0\u202f\u200e\u200f\u061c]/gu;
  plain = plain.replace(currencyWritten, '').replaceAll(currency, '');
  const parts = plain.split(decimal);
  if (parts.length > 2) return undefined;
  const whole = withoutGrouping(parts[0] ?? '', decimal);
  const fraction = parts[1] ?? '';
  if (whole === undefined || !/^\d*$/.test(fraction) || !(whole || fraction)) return undefined;
  const places = currencyDigits(currency);
  if (fraction.replace(/0+$/, '').length > places) return undefined;
  const minor = Number(whole + fraction.padEnd(places, '0').slice(0, places));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** Groups must be of two or three digits, so that "12.5" typed where "." groups is refused, not read as 125. */
function withoutGrouping(whole: string, decimal: string): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  const sign = decimal === '.' ? ',' : decimal === ',' ? '.' : '[.,٬]';
  const grouped = new RegExp(`^\\d{1,3}(${sign === '.' ? '\\.' : sign}\\d{2,3})*$`);
  return grouped.test(whole) && /\d{3}$/.test(whole) ? whole.replace(/\D/g, '') : undefined;
}

const signs = new Map<string, { decimal: string; digits: Map<string, string> }>();

function numberSigns(locale: string): { decimal: string; digits: Map<string, string> } {
  let known = signs.get(locale);
  if (!known) {
    const format = new Intl.NumberFormat(locale, { useGrouping: false });
    const decimal = format.formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
    const digits = new Map(
      [...format.format(9876543210)].reverse().map((digit, value) => [digit, String(value)]),
    );
    known = { decimal, digits };
    signs.set(locale, known);
  }
  return known;
}
