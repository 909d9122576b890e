import { html, nothing, type TemplateResult } from 'lit';
import type { ReadError } from '../../import/read-error.ts';
import { icons } from '../../parts/icons.ts';
import type { ImportText } from './import-text.ts';

export interface PickStep {
  text: ImportText;
  error: ReadError | undefined;
  fileName: string | undefined;
  isDropping: boolean;
  onFile: (file: File) => void;
  onTemplate: () => void;
  onDragging: (isDropping: boolean) => void;
}

/** Where a file comes in: by drop or by button; above it, why the last one could not be read. */
export function pickStep(step: PickStep): TemplateResult {
  const { text, error, isDropping, onFile, onTemplate, onDragging } = step;
  return html`
    ${error ? readFailure(text, error, step.fileName) : nothing}
    <div
      class="drop ${isDropping ? 'over' : ''}"
      part="drop"
      @dragover=${(event: DragEvent) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        onDragging(true);
      }}
      @dragleave=${(event: DragEvent) => {
        const zone = event.currentTarget as Element;
        if (!(event.relatedTarget instanceof Node) || !zone.contains(event.relatedTarget)) onDragging(false);
      }}
      @drop=${(event: DragEvent) => {
        event.preventDefault();
        onDragging(false);
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      }}
    >
      <span class="drop-icon">${icons.upload}</span>
      <h3 class="drop-title" tabindex="-1">${text('dropHere')}</h3>
      <p class="muted">${text('pickHint')}</p>
      <div class="drop-actions">
        <button class="button primary" type="button" @click=${openFileDialog}>${text('choose')}</button>
        <button class="button quiet" type="button" @click=${onTemplate}>${text('template')}</button>
      </div>
      <input
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        aria-label=${text('choose')}
        @change=${(event: Event) => {
          const input = event.currentTarget as HTMLInputElement;
          const file = input.files?.[0];
          // The same file chosen again, after a correction, is a change too.
          input.value = '';
          if (file) onFile(file);
        }}
      />
    </div>
  `;
}

function openFileDialog(event: Event): void {
  const zone = (event.currentTarget as Element).closest('.drop');
  zone?.querySelector('input')?.click();
}

function readFailure(text: ImportText, error: ReadError, fileName: string | undefined): TemplateResult {
  return html`
    <div class="notice alarming" role="alert">
      ${icons.warning}
      <div>
        <p class="strong">${text('errorTitle')}</p>
        <p>
          ${fileName ? html`<bdi class="file-name">${fileName}</bdi>: ` : nothing}${text(
            `error_${error.code}`,
            {
              detail: error.detail,
            },
          )}
        </p>
      </div>
    </div>
  `;
}
