import { html, type TemplateResult } from 'lit';
import { countryName } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { DetailContext } from './context.ts';
import { none } from './info.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What each field was and what it became: "Status: active → inactive". */
export function changedFields(context: DetailContext, before: Fields, after: Fields): TemplateResult {
  return html`
    <dl class="entry-fields">
      ${Object.keys(after).map((name) => {
        if (name === 'tags') return tagChange(context, listOf(before.tags), listOf(after.tags));
        if (name === 'metadata')
          return metadataChange(context, objectOf(before.metadata), objectOf(after.metadata));
        return line(fieldName(context, name), change(context, name, before[name], after[name]));
      })}
    </dl>
  `;
}

const line = (name: unknown, value: unknown): TemplateResult => html`
  <div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>
`;

function change(context: DetailContext, name: string, before: unknown, after: unknown): TemplateResult {
  if (name === 'address_added') return html`${icons.check}`;
  return html`
    <span class="was">${shown(context, name, before)}</span>
    <span class="arrow"
      >${icons.arrow}<span class="visually-hidden">${context.textOf('timeline', 'became')}</span></span
    >
    <span>${shown(context, name, after)}</span>
  `;
}

/** Tags that came and went; those that stayed say nothing. */
function tagChange(
  context: DetailContext,
  before: readonly string[],
  after: readonly string[],
): TemplateResult {
  const { textOf } = context;
  const came = after.filter((tag) => !before.includes(tag));
  const went = before.filter((tag) => !after.includes(tag));
  const tags = (list: string[], sign: string, word: string) =>
    list.map(
      (tag) => html`
        <span class="pill tag-change ${sign === '+' ? '' : 'gone'}" title=${tag}>
          <span aria-hidden="true">${sign}</span><span class="visually-hidden">${word}</span>
          <bdi class="pill-text">${tag}</bdi>
        </span>
      `,
    );
  return line(
    textOf('fields', 'tags'),
    came.length || went.length
      ? [tags(came, '+', textOf('timeline', 'added')), tags(went, '−', textOf('timeline', 'removed'))]
      : after.map((tag) => html`<bdi>${tag}</bdi> `),
  );
}

/** Each entry of the metadata by itself. */
function metadataChange(context: DetailContext, before: Fields, after: Fields): TemplateResult[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => line(html`<bdi>${name}</bdi>`, change(context, '', before[name], after[name])));
}

const fieldNames = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'avatar_url',
  'status',
  'accepts_marketing',
  'content',
  'label',
  'is_default_billing',
  'is_default_shipping',
  'company',
  'address_line_1',
  'address_line_2',
  'country',
  'city',
  'state',
  'postal_code',
] as const;

function fieldName(context: DetailContext, name: string): unknown {
  if (name === 'email_verified') return context.text('verified');
  if (name === 'has_account') return context.text('account');
  if (name === 'address_added') return context.textOf('timeline', 'address_added');
  const known = fieldNames.find((field) => field === name);
  return known ? context.textOf('fields', known) : html`<bdi>${name}</bdi>`;
}

const statusNames: Readonly<Record<string, 'statusActive' | 'statusInactive' | 'statusGuest'>> = {
  active: 'statusActive',
  inactive: 'statusInactive',
  guest: 'statusGuest',
};

function shown(context: DetailContext, name: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return none(context);
  if (typeof value === 'boolean') return context.textOf('timeline', value ? 'yes' : 'no');
  if (typeof value !== 'string') return html`<bdi>${longText(context, JSON.stringify(value))}</bdi>`;
  const status = name === 'status' && Object.hasOwn(statusNames, value) ? statusNames[value] : undefined;
  if (status) return context.textOf('table', status);
  if (name === 'country') return countryName(context.locale, value);
  return html`<bdi>${longText(context, value)}</bdi>`;
}

/** In characters: what is longer is shown whole when a person asks for it. */
const shownLength = 240;

export function longText({ textOf }: DetailContext, text: string): TemplateResult {
  if (text.length <= shownLength) return html`<span class="whole">${text}</span>`;
  // By characters: a cut inside of one leaves a sign that is none.
  const beginning = [...text.slice(0, shownLength)].slice(0, -1).join('');
  return html`
    <details class="long">
      <summary>
        <span class="beginning">${beginning}…</span>
        <span class="show-all">${textOf('timeline', 'showAll')}</span>
      </summary>
      <span class="whole">${text}</span>
    </details>
  `;
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const objectOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};
