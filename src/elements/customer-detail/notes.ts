import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerNote } from '../../model/detail.ts';
import { formatDate, formatInstant } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { DetailContext } from './context.ts';
import { linkedText } from './linked-text.ts';
import { noteForm, type NoteFormView } from './note-form.ts';
import { rowsFoot, type RowsFootView } from './rows-foot.ts';

export interface NotesView extends RowsFootView {
  context: DetailContext;
  notes: readonly CustomerNote[];
  /** Absent for those who only read. */
  form: NoteFormView | undefined;
}

export function notes(view: NotesView): TemplateResult {
  const { text } = view.context;
  const form = view.form ? noteForm(view.form) : nothing;
  if (!view.notes.length)
    return html`${form}
      <p class="nothing-yet">${text('noNotes')}</p>`;
  return html`
    ${form}
    <ul class="rows" tabindex="-1" aria-label=${text('notes')}>
      ${view.notes.map((note) => row(view.context, note))}
    </ul>
    ${rowsFoot(view)}
  `;
}

function row({ text, locale, timeZone }: DetailContext, note: CustomerNote): TemplateResult {
  const { created_at: written } = note;
  // What a person wrote keeps its lines, and nothing in it is read as markup.
  return html`
    <li class="note-row" part="note">
      <div class="note-head">
        <bdi class="author">${note.user_name}</bdi>
        <time class="quiet" datetime=${written} title=${formatInstant(locale, written, timeZone)}
          >${formatDate(locale, written, timeZone)}</time
        >
        ${note.pinned ? html`<span class="pinned">${icons.pin}${text('pinned')}</span>` : nothing}
      </div>
      <div class="note-text" dir="auto">${linkedText(note.content)}</div>
    </li>
  `;
}
