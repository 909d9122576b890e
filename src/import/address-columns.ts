import { fieldNamed, isHouseNumber } from './aliases.ts';
import { plainHeader, type TargetField } from './columns.ts';

/** What an address can have of its own. */
const addressFields: ReadonlySet<TargetField> = new Set([
  'first_name',
  'last_name',
  'full_name',
  'phone',
  'company',
  'address_line_1',
  'address_line_2',
  'city',
  'state',
  'postal_code',
  'country',
]);

const billing =
  'billing|bill to|invoice|invoicing|rechnung|rechnungsadresse|rechnungs|facturation|facturación|factuur|factuuradres|fatturazione|cobrança|faturamento|home|primary|default';
const shipping =
  'shipping|ship to|delivery|lieferung|lieferadresse|liefer|livraison|envío|envio|entrega|verzending|bezorgadres|afleveradres|spedizione|dostawa|work';

const plainWords = (words: string): string => words.split('|').map(plainHeader).join('|');
const kinds = new RegExp(`^(?:(${plainWords(billing)})|(${plainWords(shipping)})) (?:address )?(.+)$`);
const numberedBefore = /^(?:address|adresse|dirección|direccion|indirizzo|adres|endereco) (\d{1,2}) (.+)$/;
const numberedBehind = /^(?:address|adresse|direccion|indirizzo|adres|endereco) (.+?) (\d{1,2})$/;

/** The address that a header names, and which part of it: groups sort in the order they count. */
export function addressPartNamed(header: string): { group: string; field: TargetField } | undefined {
  const plain = plainHeader(header);
  const before = numberedBefore.exec(plain);
  const behind = numberedBehind.exec(plain);
  const kind = kinds.exec(plain);
  const [group, rest] = kind
    ? [kind[1] ? 'a billing' : 'b shipping', kind[3]]
    : before
      ? [`c ${before[1]?.padStart(2, '0')}`, before[2]]
      : behind
        ? [`c ${behind[2]?.padStart(2, '0')}`, behind[1]]
        : [undefined, undefined];
  if (!group || !rest) return undefined;
  const field = partNamed(rest);
  return field ? { group, field } : undefined;
}

function partNamed(rest: string): TargetField | undefined {
  if (rest === 'name') return 'full_name';
  if (rest === 'line' || rest === 'line 1') return 'address_line_1';
  if (rest === 'line 2' || rest === 'street line 2') return 'address_line_2';
  if (rest === 'region') return 'state';
  if (isHouseNumber(rest)) return undefined;
  const field = fieldNamed(rest);
  return field && addressFields.has(field) ? field : undefined;
}
