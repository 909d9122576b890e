import type { en } from './en/index.ts';
import type { Text } from './translate.ts';

/** The texts of one language: a section per element, a key per text. English is the shape all others follow. */
export type Messages = { readonly [Section in keyof typeof en]: MessagesOf<(typeof en)[Section]> };
export type MessagesOf<Section> = { readonly [Key in keyof Section]: Text };
export type Section = keyof Messages;

/** The English texts of the sections that an element draws with: they come with it, other languages are fetched whole. */
export type OwnTexts = Partial<Messages>;

const loaders: Record<string, () => Promise<Messages>> = {
  de: async () => (await import('./de/index.ts')).de,
  ar: async () => (await import('./ar/index.ts')).ar,
};
const loaded = new Map<string, Messages>();

/** The languages that texts exist in, the first being the fallback. */
export const languages: readonly string[] = ['en', ...Object.keys(loaders)];

/** The texts for a BCP 47 tag if they are here already, else undefined. A language we don't have is answered in English. */
export function loadedMessages(locale: string, english: Messages): Messages | undefined {
  const language = languageOf(locale);
  return language === 'en' ? english : loaded.get(language);
}

/** Fetches the texts for a BCP 47 tag; a language we don't have is answered in English. */
export async function loadMessages(locale: string, english: Messages): Promise<Messages> {
  const language = languageOf(locale);
  const messages = loaded.get(language) ?? (await loaders[language]?.());
  if (!messages) return english;
  loaded.set(language, messages);
  return messages;
}

function languageOf(locale: string): string {
  const language = locale.toLowerCase().split('-')[0] ?? 'en';
  return language in loaders ? language : 'en';
}
