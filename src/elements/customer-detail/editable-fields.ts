import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerRecord } from '../../model/detail.ts';
import { isTrue, type FieldContext, type FieldText, type FieldTextKey } from '../../parts/fields/field.ts';
import { shownPhone } from '../../parts/fields/phone-field.ts';
import { textInput, type TextFieldView } from '../../parts/fields/text-field.ts';
import type { DetailText } from './context.ts';

/** `name` stands for both names; a detail of the shop's own is named by what follows `metadata.`. */
export type EditableName =
  'name' | 'email' | 'phone' | 'avatar_url' | 'status' | 'accepts_marketing' | `metadata.${string}`;
/** What stands in the field, or in the two of a name. */
export type Written = readonly string[];

interface EditorView {
  context: FieldContext;
  text: DetailText;
  written: Written;
  error: string | undefined;
  change: (written: Written) => void;
}

/** How one field is edited in place. */
export interface EditorKind {
  focusId: string;
  label: (text: FieldText) => string;
  isOffered: (customer: CustomerRecord) => boolean;
  read: (customer: CustomerRecord) => Written;
  fields: (written: Written, customer: CustomerRecord) => Partial<CustomerFields>;
  render: (view: EditorView) => unknown;
  /** A value as it is read; `undefined` where there is none. */
  show: (value: unknown, text: DetailText) => string | undefined;
}

export function editorKinds(name: string): EditorKind {
  if (name.startsWith('metadata.')) return metadataKind(name.slice('metadata.'.length));
  return kinds[name] ?? otherKind(name);
}

const idOf = (name: string): string => `edit-${name}`;
const asText = (value: unknown): string | undefined =>
  value === null || value === undefined || value === ''
    ? undefined
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** What is read with the error below, by the one id that it has. */
function input(
  { written, error, change }: EditorView,
  name: string,
  label: string,
  extra: Partial<TextFieldView> = {},
  place = 0,
): TemplateResult {
  const id = idOf(name);
  const view: TextFieldView = {
    id,
    label,
    value: written[place] ?? '',
    change: (value) => change(written.map((one, index) => (index === place ? value : one))),
    ...extra,
  };
  return html`<label class="visually-hidden" for=${id}>${label}</label>${textInput({ ...view, error })}`;
}

function textKind(name: 'email' | 'phone' | 'avatar_url', extra: Partial<TextFieldView>): EditorKind {
  return {
    focusId: idOf(name),
    label: (text) => text(name),
    isOffered: () => true,
    read: (customer) => [name === 'phone' ? shownPhone(customer.phone ?? '') : (customer[name] ?? '')],
    fields: ([value = ''], customer) => {
      const isAsShown = name === 'phone' && value === shownPhone(customer.phone ?? '');
      return { [name]: isAsShown ? customer.phone : value };
    },
    render: (view) => input(view, name, view.context.text(name), extra),
    show: (value) => (name === 'phone' ? asText(value) && shownPhone(String(value)) : asText(value)),
  };
}

function choice(
  { written: [value = ''], error, change }: EditorView,
  name: string,
  label: string,
  choices: readonly (readonly [string, string])[],
): TemplateResult {
  return html`<select
    class="field"
    id=${idOf(name)}
    aria-label=${label}
    aria-invalid=${isTrue(error)}
    @change=${(event: Event) => change([(event.currentTarget as HTMLSelectElement).value])}
  >
    ${choices.map(([key, text]) => html`<option value=${key} .selected=${live(key === value)}>${text}</option>`)}
  </select>`;
}

const kinds: Readonly<Record<string, EditorKind>> = {
  name: {
    focusId: idOf('first_name'),
    label: (text) => text('name'),
    isOffered: () => true,
    read: ({ first_name, last_name }) => [first_name, last_name],
    fields: ([first_name = '', last_name = '']) => ({ first_name, last_name }),
    render: (view) => {
      const { text } = view.context;
      return html`${input(view, 'first_name', text('first_name'), { placeholder: text('first_name') })}${input(
        view,
        'last_name',
        text('last_name'),
        { placeholder: text('last_name') },
        1,
      )}`;
    },
    show: asText,
  },
  email: textKind('email', { type: 'email', isLeftToRight: true }),
  phone: textKind('phone', { type: 'tel', isLeftToRight: true }),
  avatar_url: textKind('avatar_url', { type: 'url', isLeftToRight: true }),
  status: {
    focusId: idOf('status'),
    label: (text) => text('status'),
    isOffered: ({ is_guest: isGuest }) => !isGuest,
    read: ({ status }) => [status],
    fields: ([status = 'active']) => ({ status: status as CustomerFields['status'] }),
    render: (view) =>
      choice(view, 'status', view.context.text('status'), [
        ['active', view.text('statusActive')],
        ['inactive', view.text('statusInactive')],
      ]),
    show: (value, text) => text(value === 'active' ? 'statusActive' : 'statusInactive'),
  },
  accepts_marketing: {
    focusId: idOf('accepts_marketing'),
    label: (text) => text('accepts_marketing'),
    isOffered: () => true,
    read: ({ accepts_marketing: agrees }) => [String(agrees)],
    fields: ([agrees]) => ({ accepts_marketing: agrees === 'true' }),
    render: (view) =>
      choice(view, 'accepts_marketing', view.context.text('accepts_marketing'), [
        ['true', view.text('marketingYes')],
        ['false', view.text('marketingNo')],
      ]),
    show: (value, text) => text(value ? 'marketingYes' : 'marketingNo'),
  },
};

function metadataKind(key: string): EditorKind {
  return {
    focusId: idOf('detail'),
    label: () => key,
    isOffered: () => true,
    read: ({ metadata }) => [asText(metadata[key]) ?? ''],
    fields: ([text = ''], { metadata }) => ({
      metadata: { ...metadata, [key]: typeof metadata[key] === 'string' ? text : parsed(text) },
    }),
    render: (view) => input(view, 'detail', key),
    show: asText,
  };
}

/** What others changed meanwhile, and is edited elsewhere. */
function otherKind(name: string): EditorKind {
  return {
    focusId: idOf(name),
    label: (text) => text(name as FieldTextKey),
    isOffered: () => false,
    read: () => [],
    fields: () => ({}),
    render: () => '',
    show: asText,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
