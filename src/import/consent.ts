const yes = new Set(
  'yes y true t 1 x on ja j oui o si sí sì s sim ano tak evet да はい 是 نعم subscribed opted-in granted'.split(
    ' ',
  ),
);
const no = new Set(
  'no n false f 0 off nein non não nao ne nie hayır нет いいえ 否 لا unsubscribed never_subscribed opted-out denied'.split(
    ' ',
  ),
);

/** Consent as a file words it; undefined where it says nothing that is understood. */
export function readConsent(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase().replace(/\s+/g, '_');
  if (yes.has(word)) return true;
  if (no.has(word)) return false;
  return undefined;
}
