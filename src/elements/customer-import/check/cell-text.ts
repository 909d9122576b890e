import { html, type TemplateResult } from 'lit';

/** Characters of a cell that a row draws. */
const mostDrawn = 160;
/** Characters of a cell that are shown where there is room for the whole. */
export const mostShown = 10_000;

// Each has a picture of its own in Unicode, so that a person sees what stands in the way.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/** A cell as a row shows it: the beginning, on one line. */
export function cellStart(cell: string): string {
  const start = cell.length > mostDrawn ? `${wholeLetters(cell, mostDrawn)}…` : cell;
  return withPictures(start);
}

/** A cell as it can be read: its lines, and what has no shape as a picture or a name. */
export function cellWhole(cell: string, showsInvisible: boolean): string {
  const text = withPictures(cell.length > mostShown ? wholeLetters(cell, mostShown) : cell);
  return showsInvisible ? named(text) : text;
}

/** A value inside a sentence, of either direction. */
export const quoted = (value: string): TemplateResult => html`<bdi class="value">${cellStart(value)}</bdi>`;

/** U+200B for what can't be seen: it is why an e-mail that looks right is none. */
export const named = (text: string): string =>
  text.replace(invisible, (found) => {
    const code = found.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });

const withPictures = (text: string): string =>
  text
    .replace(controls, (found) => String.fromCharCode(0x2400 + found.charCodeAt(0)))
    .replaceAll('\u007f', '\u2421');

/** The beginning of a text, never with half a letter at its end. */
function wholeLetters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}
