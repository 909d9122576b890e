import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerNote } from '../../model/detail.ts';
import { formatDate, formatInstant, isolated } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { DetailContext } from './context.ts';
import { linkedText } from './linked-text.ts';
import type { NoteEdit } from './note-edits.ts';
import { noteForm, type NoteFormView } from './note-form.ts';
import { rowsFoot, type RowsFootView } from './rows-foot.ts';

export interface NoteRowView {
  note: CustomerNote;
  isBusy: boolean;
  /** What a person is making of it, and where that is written. */
  edit: { edit: NoteEdit; form: NoteFormView } | undefined;
}

export interface NotesView extends RowsFootView {
  context: DetailContext;
  notes: readonly NoteRowView[];
  /** Absent for those who only read. */
  form: NoteFormView | undefined;
  edit: (note: CustomerNote) => void;
  pin: (note: CustomerNote) => void;
  remove: (note: CustomerNote) => void;
  /** Of a note that changed meanwhile. */
  takeTheirs: (edit: NoteEdit) => void;
  /** Of a note that was deleted meanwhile: what was typed becomes a new one. */
  addAgain: (edit: NoteEdit) => void;
}

export function notes(view: NotesView): TemplateResult {
  const { text } = view.context;
  // One template for both: the field somebody writes the first note in stays, and with it the focus.
  return html`
    ${view.form ? noteForm(view.form) : nothing}
    ${
      view.notes.length
        ? html`<ul class="rows" tabindex="-1" aria-label=${text('notes')}>
              ${view.notes.map((note) => row(view, note))}
            </ul>
            ${rowsFoot(view)}`
        : html`<p class="nothing-yet" tabindex="-1">${text(view.form ? 'noNotesYet' : 'noNotes')}</p>`
    }
  `;
}

function row(view: NotesView, { note, isBusy, edit }: NoteRowView): TemplateResult {
  const { text, locale, timeZone } = view.context;
  const { created_at: written } = note;
  return html`
    <li class="note-row" part="note" data-note=${note.id} aria-busy=${isBusy ? 'true' : nothing}>
      <div class="note-head">
        <bdi class="author">${note.user_name}</bdi>
        <time class="quiet" datetime=${written} title=${formatInstant(locale, written, timeZone)}
          >${formatDate(locale, written, timeZone)}</time
        >
        ${note.pinned ? html`<span class="pinned">${icons.pin}${text('pinned')}</span>` : nothing}
        ${view.form && !edit ? actions(view, note, isBusy) : nothing}
      </div>
      ${
        edit
          ? html`${conflict(view, edit.edit)}${noteForm(edit.form)}`
          : // What a person wrote keeps its lines, and nothing in it is read as markup.
            html`<div class="note-text" dir="auto">${linkedText(note.content)}</div>`
      }
    </li>
  `;
}

function actions(view: NotesView, note: CustomerNote, isBusy: boolean): TemplateResult {
  const { text } = view.context;
  const button = (
    name: string,
    label: string,
    icon: TemplateResult,
    act: (note: CustomerNote) => void,
    isPressed?: boolean,
  ) => html`
    <button
      class="button quiet icon"
      type="button"
      data-action=${name}
      aria-label=${label}
      title=${label}
      aria-pressed=${isPressed === undefined ? nothing : isPressed ? 'true' : 'false'}
      aria-disabled=${isBusy ? 'true' : 'false'}
      @click=${() => !isBusy && act(note)}
    >
      ${icon}
    </button>
  `;
  return html`
    <span class="row-actions">
      ${button('pin', text('pin'), icons.pin, view.pin, note.pinned)}
      ${button('edit', text('editNote'), icons.pencil, view.edit)}
      ${button('delete', text('deleteNote'), icons.bin, view.remove)}
    </span>
  `;
}

/** What somebody else made of it, above what one is writing oneself. */
function conflict(view: NotesView, edit: NoteEdit): TemplateResult | typeof nothing {
  const { text, locale, timeZone } = view.context;
  if (edit.isGone) {
    return html`
      <div class="note-conflict" role="alert">
        <p>${text('noteGone')}</p>
        <button class="button" type="button" @click=${() => view.addAgain(edit)}>${text('addAsNew')}</button>
      </div>
    `;
  }
  if (!edit.theirs) return nothing;
  const { note, change } = edit.theirs;
  const who = change
    ? text('noteChangedBy', {
        by: isolated(change.by),
        when: formatDate(locale, change.at, timeZone),
      })
    : text('noteChanged');
  return html`
    <div class="note-conflict" role="alert">
      <p>${who}</p>
      <blockquote class="note-text" dir="auto">${note.content}</blockquote>
      <button class="button" type="button" @click=${() => view.takeTheirs(edit)}>
        ${text('takeTheirs')}
      </button>
    </div>
  `;
}
