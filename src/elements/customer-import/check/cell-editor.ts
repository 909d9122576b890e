import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

export interface CellEditor {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** Whether what was typed is kept, and whether the focus is to stay in the grid. */
  onEnd: (keeps: boolean, focus: boolean) => void;
  /** To the next cell, or the one before. */
  onMove: (by: 1 | -1) => void;
}

/** A field over a cell: Enter and Tab keep what is typed, Escape takes it back. */
export function cellEditor({ label, value, onInput, onEnd, onMove }: CellEditor): TemplateResult {
  const isLong = value.length > 60 || value.includes('\n');
  const input = (event: Event): void => onInput((event.currentTarget as HTMLInputElement).value);
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') onEnd(false, true);
    else if (event.key === 'Enter' && !event.shiftKey) onEnd(true, true);
    else if (event.key === 'Tab') {
      onEnd(true, true);
      onMove(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
  };
  // Whoever clicks elsewhere means what was typed.
  const blur = (): void => onEnd(true, false);
  return isLong
    ? html`<textarea
        class="field cell-editor"
        rows="4"
        aria-label=${label}
        .value=${live(value)}
        @input=${input}
        @keydown=${key}
        @blur=${blur}
      ></textarea>`
    : html`<input
        class="field cell-editor"
        autocomplete="off"
        spellcheck="false"
        aria-label=${label}
        .value=${live(value)}
        @input=${input}
        @keydown=${key}
        @blur=${blur}
      />`;
}
