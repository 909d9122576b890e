import type { Customer } from './customer.ts';

type Named = Pick<Customer, 'first_name' | 'last_name' | 'email'>;

/** First and last name in reading order, else the e-mail: also where the name has nothing to see or click. */
export function displayName(customer: Named): string {
  const name = `${customer.first_name.trim()} ${customer.last_name.trim()}`.trim();
  return /[^\s\p{Control}\p{Format}]/u.test(name) ? name : customer.email;
}

/**
 * One or two letters that stand for a person, '' where there is none to take. Emoji and marks are passed over.
 * One letter where a script's letters join (Arabic) or a sign is a word (Han, Hangul; there the family name's).
 */
export function initials(customer: Named): string {
  const first = firstLetter(customer.first_name);
  const last = firstLetter(customer.last_name);
  if (!first && !last) return firstLetter(customer.email);
  if (isSign(last) || isSign(first)) return last || first;
  if (isJoined(first) || isJoined(last)) return first || last;
  if (last) return first + last;
  const words = customer.first_name.trim().split(/\s+/);
  return words.length > 1 ? first + firstLetter(words.at(-1) ?? '') : first;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function firstLetter(text: string): string {
  for (const { segment } of graphemes.segment(text.trim())) {
    if (!/^[\p{Letter}\p{Number}]/u.test(segment)) continue;
    const upper = segment.toUpperCase();
    // "ß" becomes two letters.
    return upper.length === segment.length ? upper : segment;
  }
  return '';
}

function isSign(letter: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letter);
}

function isJoined(letter: string): boolean {
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(letter);
}
