import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DetailContext } from './context.ts';

export interface NoteFormView {
  context: DetailContext;
  text: string;
  isSaving: boolean;
  /** Why it could not be saved, in plain words. */
  failure: string | undefined;
  write: (text: string) => void;
  send: () => void;
}

/** Where a note is written; Ctrl+Enter, or Cmd+Enter, adds it. */
export function noteForm(view: NoteFormView): TemplateResult {
  const { context, text, isSaving, failure } = view;
  const canSend = text.trim() !== '' && !isSaving;
  const onKeydown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    view.send();
  };
  return html`
    <div class="note-form">
      <textarea
        class="field"
        rows="2"
        dir="auto"
        aria-label=${context.text('newNote')}
        placeholder=${context.text('newNote')}
        aria-keyshortcuts="Control+Enter"
        aria-invalid=${failure ? 'true' : nothing}
        ?readonly=${isSaving}
        .value=${live(text)}
        @input=${(event: Event) => view.write((event.currentTarget as HTMLTextAreaElement).value)}
        @keydown=${onKeydown}
      ></textarea>
      <div class="note-form-foot">
        ${failure ? html`<p role="alert">${failure}</p>` : html`<span class="quiet">${context.text('addNoteKeys')}</span>`}
        <button class="button" type="button" aria-disabled=${canSend ? 'false' : 'true'} @click=${view.send}>
          ${context.text('addNote')}
        </button>
      </div>
    </div>
  `;
}
