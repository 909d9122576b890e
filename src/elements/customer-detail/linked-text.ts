import { html, type TemplateResult } from 'lit';

export type TextPiece = { text: string; href?: string };

/** Splits a text at the web addresses in it; what else a person may have written stays text. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(/\bhttps?:\/\/[^\s<>"“”«»]+/gi)) {
    const address = withoutClosing(found);
    const href = webAddress(address);
    if (!href) continue;
    if (index > end) pieces.push({ text: text.slice(end, index) });
    pieces.push({ text: address, href });
    end = index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

export function linkedText(text: string): TemplateResult[] {
  return piecesOf(text).map((piece) =>
    piece.href === undefined
      ? html`${piece.text}`
      : html`<a href=${piece.href} target="_blank" rel="noopener noreferrer nofollow">${piece.text}</a>`,
  );
}

/** A sentence's full stop, or the bracket that the address stands in, is not part of it. */
function withoutClosing(address: string): string {
  let length = address.length;
  let loneBrackets = address.split(')').length - address.split('(').length;
  for (; length > 0; length--) {
    const last = address.charAt(length - 1);
    if (last === ')' && loneBrackets > 0) loneBrackets--;
    else if (!`.,;:!?']}…`.includes(last)) break;
  }
  return address.slice(0, length);
}

function webAddress(text: string): string | undefined {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
