import { emailKey, isEmail } from '../model/email.ts';

/** Characters without a width, and marks that only steer the direction of text. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The address that was surely meant: without what can't be seen, `mailto:`, a name around it, blanks inside. Offered,
 * never made unasked. Undefined where there is none, or two.
 */
export function repairEmail(cell: string): string | undefined {
  if (cell.length > 1000) return undefined;
  const plain = cell.normalize('NFKC').replace(invisible, '');
  const inBrackets = /^[^<>]*<([^<>]+)>[\s;,.]*$/.exec(plain);
  const address = (inBrackets?.[1] ?? plain)
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/\?.*$/, '')
    .replace(/^["'<(]+|["'>),;:.]+$/g, '')
    .replace(/\s*(?:\(at\)|\[at\]|\{at\})\s*/i, '@')
    .replace(/\s*(?:\(dot\)|\[dot\]|\{dot\})\s*/gi, '.')
    .replace(/\s*@\s*/, '@')
    .replace(/\s*\.\s*/g, '.');
  if (/[\s,;]/.test(address)) return undefined;
  const repaired = emailKey(withAsciiDomain(address));
  return isEmail(repaired) ? repaired : undefined;
}

/** `müller.de` as mail servers know it. */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (at < 1 || /^[\u0000-\u007f]*$/.test(domain) || /[/?#:@]/.test(domain)) return address;
  const url = URL.canParse(`http://${domain}/`) ? new URL(`http://${domain}/`) : undefined;
  return url ? address.slice(0, at + 1) + url.hostname : address;
}
