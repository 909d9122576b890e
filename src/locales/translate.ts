/** A text, or one text per plural category of `Intl.PluralRules`, chosen by `count`. `{name}` is replaced. */
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type TextValues = Record<string, string | number>;

const pluralRules = new Map<string, Intl.PluralRules>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function cached<T>(cache: Map<string, T>, locale: string, make: () => T): T {
  const found = cache.get(locale) ?? make();
  cache.set(locale, found);
  return found;
}

/** Numbers among the values are written the locale's way; `count` also chooses the plural. */
export function translate(locale: string, text: Text, values: TextValues = {}): string {
  const template = typeof text === 'string' ? text : pluralForm(locale, text, Number(values.count ?? 0));
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (typeof value === 'string') return value;
    return cached(numberFormats, locale, () => new Intl.NumberFormat(locale)).format(value);
  });
}

function pluralForm(locale: string, forms: Exclude<Text, string>, count: number): string {
  const rule = cached(pluralRules, locale, () => new Intl.PluralRules(locale)).select(count);
  return forms[rule] ?? forms.other ?? '';
}
