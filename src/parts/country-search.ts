import { countryCodes } from './countries.ts';
import { countryName } from './format.ts';

export interface Country {
  /** ISO 3166-1 alpha-2 */
  code: string;
  name: string;
}

const sorted = new Map<string, readonly Country[]>();

/** Every country there is, by its name in the reader's language. */
export function countriesIn(locale: string): readonly Country[] {
  let countries = sorted.get(locale);
  if (!countries) {
    const { compare } = new Intl.Collator(locale);
    countries = countryCodes
      .map((code) => ({ code, name: countryName(locale, code) }))
      .sort((a, b) => compare(a.name, b.name));
    sorted.set(locale, countries);
  }
  return countries;
}

/** Those whose name has the text in it, or whose code it is; names that begin with it first. */
export function searchCountries(locale: string, search: string): readonly Country[] {
  const wanted = plain(search.trim(), locale);
  const found = countriesIn(locale).filter(
    ({ code, name }) => plain(name, locale).includes(wanted) || code.toLowerCase() === wanted,
  );
  const rank = ({ code, name }: Country) =>
    code.toLowerCase() === wanted ? 0 : plain(name, locale).startsWith(wanted) ? 1 : 2;
  return wanted ? found.sort((a, b) => rank(a) - rank(b)) : found;
}

/** The one country that a text is the name or the code of. */
export function countryNamed(locale: string, text: string): Country | undefined {
  const wanted = plain(text.trim(), locale);
  if (!wanted) return undefined;
  return countriesIn(locale).find(
    ({ code, name }) => plain(name, locale) === wanted || code.toLowerCase() === wanted,
  );
}

const plain = (text: string, locale: string): string =>
  text
    .toLocaleLowerCase(locale)
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '');
