const words = (text: string): Set<string> => new Set(text.split(' '));

const yes = words(
  'yes y true t 1 x on ja j oui o si sí sì s sim ano tak evet да はい 是 نعم subscribed opted-in opted_in opt-in granted ' +
    'active confirmed 購読中 已订阅 abonniert abonné inscrit suscrito iscritto wahr vrai verdadero vero ✓ ✔',
);
const no = words(
  'no n false f 0 off nein non não nao ne nie hayır нет いいえ 否 لا unsubscribed never_subscribed not_subscribed ' +
    'opted-out opted_out opt-out denied non-subscribed nonsubscribed suppressed cleaned bounced complained spam blocked ' +
    'blacklisted abgemeldet désabonné falsch faux falso ✗ ✘',
);
/** Nobody has asked, or nobody has answered. */
const silent = words(
  'unknown unset not_set none n/a na not_specified unspecified pending unconfirmed ? - null',
);

/** Consent as a file words it: `null` where it says nothing, undefined where it isn't understood. */
export function readConsent(cell: string): boolean | null | undefined {
  const word = cell.trim().toLowerCase().replace(/\s+/g, '_');
  if (yes.has(word)) return true;
  if (no.has(word)) return false;
  return word === '' || silent.has(word) ? null : undefined;
}
