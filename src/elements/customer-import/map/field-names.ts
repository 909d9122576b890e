import type { ColumnTarget, TargetField } from '../../../import/columns.ts';
import type { SectionText } from '../context.ts';
import type { ImportText } from '../import-text.ts';
import { choiceOf, type TargetChoice } from './targets.ts';

export interface NameTexts {
  text: ImportText;
  mapping: SectionText<'mapping'>;
}

/** "City, address 2" */
export function fieldName({ text, mapping }: NameTexts, field: TargetField, address?: number): string {
  const name = text(`field_${field}`);
  return address === undefined ? name : mapping('fieldOfAddress', { field: name, number: address });
}

export interface ChoiceGroup {
  label: string;
  choices: { value: TargetChoice; label: string }[];
}

const ownAddress = [
  'company',
  'address_line_1',
  'address_line_2',
  'city',
  'state',
  'postal_code',
  'country',
  'address',
] as const;
const onAddress = ['first_name', 'last_name', 'full_name', 'phone'] as const;
const furtherAddress = [
  ...onAddress,
  'company',
  'address_line_1',
  'address_line_2',
  'city',
  'state',
  'postal_code',
  'country',
  'default_billing',
  'default_shipping',
] as const;

/** Further addresses that every column is offered. */
const mostAddresses = 10;

/** All that a column can become, in groups: with one address more than the file has so far. */
export function choiceGroups(texts: NameTexts, targets: readonly ColumnTarget[]): ChoiceGroup[] {
  const { mapping } = texts;
  let last = 1;
  const own = new Set<TargetField>();
  for (const target of targets) {
    if (target.kind !== 'field') continue;
    if (target.address === undefined) own.add(target.field);
    else last = Math.max(last, target.address);
  }
  const group = (label: string, fields: readonly TargetField[], address?: number): ChoiceGroup => ({
    label,
    choices: fields.map((field) => ({
      value: choiceOf({
        kind: 'field',
        field,
        fallback: false,
        ...(address === undefined ? {} : { address }),
      }),
      label: fieldName(texts, field, address === 1 ? undefined : address),
    })),
  });
  // Of the record's own address only files say these that keep it in a row of its own.
  const flags = (['default_billing', 'default_shipping'] as const).filter((flag) => own.has(flag));
  return [
    group(mapping('group_person'), ['first_name', 'last_name', 'full_name']),
    group(mapping('group_contact'), ['email', 'phone']),
    group(mapping('group_address'), [...ownAddress, ...flags]),
    group(mapping('group_more'), ['tags', 'accepts_marketing', 'status']),
    group(mapping('group_onAddress'), onAddress, 1),
    ...Array.from({ length: Math.min(last, mostAddresses) }, (_, index) => index + 2).map((number) =>
      group(mapping('group_addressNumber', { number }), furtherAddress, number),
    ),
    {
      label: mapping('group_none'),
      choices: [
        { value: 'metadata', label: mapping('choice_metadata') },
        { value: 'ignored', label: mapping('choice_ignored') },
      ],
    },
  ];
}
