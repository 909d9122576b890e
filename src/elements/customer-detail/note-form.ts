import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DetailContext } from './context.ts';

export interface NoteFormView {
  context: DetailContext;
  /** Of the field. */
  label: string;
  /** Of the button. */
  action: string;
  /** How the keyboard does the same. */
  hint: string;
  text: string;
  isSaving: boolean;
  /** Why it could not be saved, in plain words. */
  failure: string | undefined;
  write: (text: string) => void;
  send: () => void;
  /** Takes back what was typed; absent for a new note, which just stays. */
  cancel?: (() => void) | undefined;
}

/** Where a note is written; Ctrl+Enter, or Cmd+Enter, saves it, Escape takes an edit back. */
export function noteForm(view: NoteFormView): TemplateResult {
  const { context, label, text, isSaving, failure, cancel } = view;
  const canSend = text.trim() !== '' && !isSaving;
  const onKeydown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && cancel && !event.isComposing) cancel();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) view.send();
    else return;
    event.preventDefault();
  };
  return html`
    <div class="note-form">
      <textarea
        class="field"
        rows="2"
        dir="auto"
        aria-label=${label}
        placeholder=${label}
        aria-keyshortcuts="Control+Enter"
        aria-invalid=${failure ? 'true' : nothing}
        ?readonly=${isSaving}
        .value=${live(text)}
        @input=${(event: Event) => view.write((event.currentTarget as HTMLTextAreaElement).value)}
        @keydown=${onKeydown}
      ></textarea>
      <div class="note-form-foot">
        ${failure ? html`<p role="alert">${failure}</p>` : html`<span class="quiet">${view.hint}</span>`}
        ${
          cancel
            ? html`<button class="button quiet" type="button" @click=${cancel}>
                ${context.text('cancelEdit')}
              </button>`
            : nothing
        }
        <button class="button" type="button" aria-disabled=${canSend ? 'false' : 'true'} @click=${view.send}>
          ${view.action}
        </button>
      </div>
    </div>
  `;
}
