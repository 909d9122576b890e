import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../../../parts/icons.ts';
import { saveFile } from '../../../parts/save-file.ts';
import type { ImportContext, ImportStepView } from '../context.ts';
import { templateCsv } from '../csv-files.ts';
import type { PastImports } from '../report/past-imports.ts';

/** Where a file comes in: by drop or by button; above it, why the last one could not be read. */
export class PickStep implements ImportStepView {
  readonly #context: ImportContext;
  readonly #past: PastImports;
  readonly #shared;
  #isDropping = false;

  constructor(context: ImportContext, past: PastImports) {
    this.#context = context;
    this.#past = past;
    this.#shared = context.textsOf('shared');
  }

  render(): TemplateResult {
    const { flow } = this.#context;
    if (flow.share !== undefined) return this.#renderReading(flow.share);
    return html`${flow.error ? this.#renderError() : nothing} ${this.#past.renderUnfinished()}
    ${this.#renderDrop()} ${this.#past.render()}`;
  }

  #renderReading(share: number): TemplateResult {
    const { flow, text } = this.#context;
    const said = text('reading', { name: flow.file?.name ?? '' });
    return html`<div class="running">
      <h3 tabindex="-1">${said}</h3>
      <progress max="1" .value=${share} aria-label=${said}></progress>
      <div class="actions">
        <button class="button" type="button" @click=${() => flow.restart()}>${this.#shared('cancel')}</button>
      </div>
    </div>`;
  }

  #renderDrop(): TemplateResult {
    const { flow, text } = this.#context;
    return html`
      <div
        class="drop ${this.#isDropping ? 'over' : ''}"
        part="drop"
        @dragover=${(event: DragEvent) => {
          if (!event.dataTransfer?.types.includes('Files')) return;
          event.preventDefault();
          this.#drop(true);
        }}
        @dragleave=${(event: DragEvent) => {
          const zone = event.currentTarget as Element;
          if (!(event.relatedTarget instanceof Node) || !zone.contains(event.relatedTarget))
            this.#drop(false);
        }}
        @drop=${(event: DragEvent) => {
          event.preventDefault();
          this.#drop(false);
          const file = event.dataTransfer?.files[0];
          if (file) void flow.openFile(file);
        }}
      >
        <span class="drop-icon">${icons.upload}</span>
        <h3 class="drop-title" tabindex="-1">${text('dropHere')}</h3>
        <p class="muted">${text('pickHint')}</p>
        <div class="drop-actions">
          <button class="button primary" type="button" @click=${openFileDialog}>${text('choose')}</button>
          <button
            class="button quiet"
            type="button"
            @click=${() => saveFile('customers-template.csv', templateCsv())}
          >
            ${text('template')}
          </button>
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
            if (file) void flow.openFile(file);
          }}
        />
      </div>
    `;
  }

  #drop(isDropping: boolean): void {
    this.#isDropping = isDropping;
    this.#context.host.requestUpdate();
  }

  #renderError(): TemplateResult {
    const { flow, text } = this.#context;
    const { error, file } = flow;
    if (!error) return html``;
    return html`
      <div class="notice alarming" role="alert">
        ${icons.warning}
        <div>
          <p class="strong">${text('errorTitle')}</p>
          <p>
            ${file ? html`<bdi class="file-name">${file.name}</bdi>: ` : nothing}${text(
              `error_${error.code}`,
              { detail: error.detail },
            )}
          </p>
        </div>
      </div>
    `;
  }
}

function openFileDialog(event: Event): void {
  const zone = (event.currentTarget as Element).closest('.drop');
  zone?.querySelector('input')?.click();
}
