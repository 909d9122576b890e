import { html, type TemplateResult } from 'lit';
import type { FieldProblem } from '../../model/problems.ts';
import { textInput } from '../../parts/fields/text-field.ts';
import { icons } from '../../parts/icons.ts';
import type { FormContext } from './context.ts';

/** A detail of the shop's own as it is written: whatever its value is, one edits a text. */
export interface MetadataRow {
  name: string;
  text: string;
}

export function rowsOf(metadata: Readonly<Record<string, unknown>>): MetadataRow[] {
  return Object.entries(metadata).map(([name, value]) => ({ name, text: valueText(value) }));
}

export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** A value that was a number, a list or the like stays one where its text still reads as one. */
export function metadataOf(
  rows: readonly MetadataRow[],
  before: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = rows
    .filter(({ name, text }) => name.trim() || text.trim())
    .map(({ name, text }) => [
      name.trim(),
      valueOf(text, Object.hasOwn(before, name.trim()) ? before[name.trim()] : ''),
    ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function valueOf(text: string, before: unknown): unknown {
  if (typeof before === 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** By the place of a row: a value without a name, a name for the second time. */
export function rowProblems(rows: readonly MetadataRow[]): Record<number, FieldProblem> {
  const problems: Record<number, FieldProblem> = {};
  const names = new Set<string>();
  rows.forEach(({ name, text }, place) => {
    const key = name.trim();
    if (!key && text.trim()) problems[place] = { code: 'nameless' };
    if (key && names.has(key)) problems[place] = { code: 'named_twice' };
    names.add(key);
  });
  return problems;
}

export interface MetadataRowsView {
  context: FormContext;
  rows: readonly MetadataRow[];
  /** What is wrong with a row, by its place. */
  errors: Readonly<Record<number, string>>;
  change: (rows: MetadataRow[]) => void;
}

export function metadataRows({ context, rows, errors, change }: MetadataRowsView): TemplateResult {
  const { text } = context;
  const write = (place: number, edit: Partial<MetadataRow>) =>
    change(rows.map((row, index) => (index === place ? { ...row, ...edit } : row)));
  const cell = (part: 'name' | 'text', place: number, value: string) => {
    const label = text(part === 'name' ? 'detailNameOf' : 'detailValueOf', { count: place + 1 });
    const error = part === 'name' ? errors[place] : undefined;
    const id = metadataId(part, place);
    return html`<div class="form-field">
      <label class="visually-hidden" for=${id}>${label}</label>
      ${textInput({
        id,
        label,
        value,
        error,
        placeholder: text(part === 'name' ? 'detailName' : 'detailValue'),
        change: (typed) => write(place, { [part]: typed }),
      })}
      ${error ? html`<p class="form-error" id="${id}-error">${icons.warning}<span>${error}</span></p>` : ''}
    </div>`;
  };
  return html`
    <fieldset class="metadata">
      <legend class="form-label">${context.field('metadata')}</legend>
      ${rows.map(
        (row, place) =>
          html`<div class="metadata-row">
            ${cell('name', place, row.name)} ${cell('text', place, row.text)}
            <button
              class="button quiet icon"
              type="button"
              aria-label=${text('removeDetail', { count: place + 1 })}
              @click=${(event: Event) => {
                const fieldset = (event.currentTarget as HTMLElement).closest('fieldset');
                change(rows.filter((_, index) => index !== place));
                fieldset?.querySelector<HTMLElement>('.add-detail')?.focus();
              }}
            >
              ${icons.cross}
            </button>
          </div>`,
      )}
      <button
        class="button quiet add-detail"
        type="button"
        @click=${() => change([...rows, { name: '', text: '' }])}
      >
        ${icons.plus} ${text('addDetail')}
      </button>
    </fieldset>
  `;
}

export const metadataId = (part: 'name' | 'text', place: number): string => `field-metadata-${part}-${place}`;
