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
  const bare = text.replace(/\p{Currency_Symbol}/gu, '').replaceAll(currency, '');
  return parseDecimal(bare, currencyDigits(currency), locale);
}

/** A whole number as a person types it in a locale, with grouping and digits of its own or without. */
export function parseCount(text: string, locale: string): number | undefined {
  return parseDecimal(text, 0, locale);
}

/** A percentage as a person types it in a locale, with its sign or without; at most two decimals. */
export function parsePercentage(text: string, locale: string): number | undefined {
  const hundredths = parseDecimal(text.replace(/[%٪﹪％]/g, ''), 2, locale);
  return hundredths === undefined ? undefined : hundredths / 100;
}

/** A number without a sign, times ten to the power of `places`. */
function parseDecimal(text: string, places: number, locale: string): number | undefined {
  const { decimal, digits } = numberSigns(locale);
  const plain = text
    .replace(/\p{Decimal_Number}/gu, (digit) => digits.get(digit) ?? digit)
    .replace(/[\s'’\u200e\u200f\u061c]/g, '');
  const [grouped = '', fraction = '', ...more] = plain.split(decimal);
  const whole = ungrouped(grouped, decimal);
  if (whole === undefined || more.length || !/^\d*$/.test(fraction) || !(whole || fraction)) return undefined;
  if (fraction.replace(/0+$/, '').length > places) return undefined;
  const value = Number(whole + fraction.padEnd(places, '0').slice(0, places));
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Groups are of two or three digits, so that "12.5" typed where "." groups is refused, not read as 125. */
function ungrouped(text: string, decimal: string): string | undefined {
  if (/^\d*$/.test(text)) return text;
  const grouping = decimal === ',' ? /^\d{1,3}(\.\d{3})+$/ : /^\d{1,3}([,٬]\d{2,3})*[,٬]\d{3}$/;
  return grouping.test(text) ? text.replace(/\D/g, '') : undefined;
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
