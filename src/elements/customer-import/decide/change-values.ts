import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerStatus } from '../../../model/customer.ts';
import { countryName } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { SectionText } from '../context.ts';
import type { ChangeField, FieldChanges } from './dry-run-result.ts';

export interface ChangeContext {
  text: SectionText<'importRun'>;
  locale: string;
  /** A group by its id, as far as its name is known. */
  groupName: (id: string) => string;
}

export const changeLabel = (field: ChangeField, text: ChangeContext['text']): string =>
  text(`change_${field}`);

/** One field from what to what: an address or a group comes from nothing, tags and metadata piece by piece. */
export function changeValue({ field, before, after }: FieldChanges, context: ChangeContext): unknown {
  const { text, groupName } = context;
  switch (field) {
    case 'tags':
      return pieces(listOf(before), listOf(after), text);
    case 'metadata':
      return metadata(recordOf(before), recordOf(after), text);
    case 'address':
      return added(addressLine(recordOf(after), context.locale), text);
    case 'group':
      return added(groupName(String(after)), text);
    case 'deleted_at':
      return text('restored');
    case 'accepts_marketing':
      return fromTo(yesNo(before, text), yesNo(after, text), text);
    case 'status':
      return fromTo(statusName(before, text), statusName(after, text), text);
    default:
      return fromTo(textOf(before), textOf(after), text);
  }
}

function fromTo(before: string, after: string, text: ChangeContext['text']): TemplateResult {
  return html`<span class="visually-hidden">${text('from')}</span> ${value(before, 'before', text)}
    <span class="change-arrow" aria-hidden="true">${icons.arrow}</span>
    <span class="visually-hidden">${text('to')}</span> ${value(after, 'after', text)}`;
}

function value(shown: string, kind: string, text: ChangeContext['text']): TemplateResult {
  return shown === ''
    ? html`<span class="${kind} none">
        <span aria-hidden="true">–</span><span class="visually-hidden">${text('nothingThere')}</span>
      </span>`
    : html`<bdi class=${kind} title=${shown}>${shown}</bdi>`;
}

function added(shown: string, text: ChangeContext['text']): TemplateResult {
  return html`<span class="piece added" title=${shown}>
    <span aria-hidden="true">+</span><span class="visually-hidden">${text('added')}</span><bdi>${shown}</bdi>
  </span>`;
}

function pieces(before: string[], after: string[], text: ChangeContext['text']): TemplateResult {
  const gone = before.filter((one) => !after.includes(one));
  return html`${after.filter((one) => !before.includes(one)).map((one) => added(one, text))}
  ${gone.map(
    (one) =>
      html`<span class="piece removed" title=${one}>
        <span aria-hidden="true">−</span><span class="visually-hidden">${text('removed')}</span
        ><bdi>${one}</bdi>
      </span>`,
  )}`;
}

function metadata(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  text: ChangeContext['text'],
): TemplateResult {
  const keys = Object.keys(after).filter((key) => textOf(before[key]) !== textOf(after[key]));
  return html`${keys.map(
    (key) =>
      html`<span class="piece">
        <span class="piece-key"><bdi title=${key}>${key}</bdi>:</span>
        ${key in before ? fromTo(textOf(before[key]), textOf(after[key]), text) : added(textOf(after[key]), text)}
      </span>`,
  )}
  ${keys.length ? nothing : '…'}`;
}

/** "12 Main Street, 1010 Vienna, Austria" */
function addressLine(address: Record<string, unknown>, locale: string): string {
  const said = (key: string): string => textOf(address[key]);
  return [
    said('company'),
    said('address_line_1'),
    said('address_line_2'),
    [said('postal_code'), said('city')].filter(Boolean).join(' '),
    said('state'),
    said('country') && countryName(locale, said('country')),
  ]
    .filter(Boolean)
    .join(', ');
}

function yesNo(value: unknown, text: ChangeContext['text']): string {
  return typeof value === 'boolean' ? text(value ? 'yes' : 'no') : textOf(value);
}

function statusName(value: unknown, text: ChangeContext['text']): string {
  const known: Record<string, CustomerStatus> = { active: 'active', inactive: 'inactive', guest: 'guest' };
  const status = known[textOf(value)];
  return status ? text(`status_${status}`) : textOf(value);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
