import { html, nothing, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { mostCells } from '../../../import/limits.ts';
import { formatNumber } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import { saveFile } from '../../../parts/save-file.ts';
import type { ImportContext, ImportStepView, SectionText } from '../context.ts';
import { templateCsv } from '../csv-files.ts';
import type { PastImports } from '../report/past-imports.ts';
import { readingChoices } from '../file-line.ts';
import { Pasting } from './pasting.ts';

const kinds =
  '.csv,.tsv,.tab,.txt,.xlsx,text/csv,text/tab-separated-values,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Where a file comes in: by drop, by button, by pasting; above it, why the last one could not be read. */
export class PickStep implements ImportStepView {
  readonly #context: ImportContext;
  readonly #past: PastImports;
  readonly #shared: SectionText<'shared'>;
  readonly #fileInput = createRef<HTMLInputElement>();
  readonly #pasteButton = createRef<HTMLButtonElement>();
  readonly #textInput = createRef<HTMLTextAreaElement>();
  #isDropping = false;
  #isPasting = false;
  #severalDropped = 0;

  constructor(context: ImportContext, past: PastImports) {
    this.#context = context;
    this.#past = past;
    this.#shared = context.textsOf('shared');
    new Pasting(context.host, {
      isWanted: () => context.flow.step === 'pick' && context.flow.share === undefined,
      onFile: (file) => this.#take(file),
      onText: (text) => this.#takeText(text),
    });
  }

  enter(): void {
    this.#isPasting = false;
    this.#severalDropped = 0;
  }

  render(): TemplateResult {
    const { flow } = this.#context;
    if (flow.share !== undefined) return this.#renderReading(flow.share);
    return html`
      ${flow.error ? this.#renderError() : nothing}
      ${this.#severalDropped ? this.#renderSeveral(this.#severalDropped) : nothing}
      ${flow.overview ? this.#renderOpen(flow.overview.fileName) : nothing} ${this.#past.renderUnfinished()}
      ${this.#isPasting ? this.#renderPaste() : this.#renderDrop()} ${this.#past.render()}
    `;
  }

  #renderReading(share: number): TemplateResult {
    const { flow, text } = this.#context;
    const said = text('reading', { name: flow.file?.name ?? '' });
    return html`<div class="running">
      <h3 tabindex="-1">${said}</h3>
      <progress max="1" .value=${share} aria-label=${said}></progress>
      <div class="actions">
        <button class="button" type="button" @click=${() => flow.cancelReading()}>
          ${this.#shared('cancel')}
        </button>
      </div>
    </div>`;
  }

  #renderDrop(): TemplateResult {
    const { text } = this.#context;
    return html`
      <div
        class="drop ${this.#isDropping ? 'over' : ''}"
        part="drop"
        @dragover=${(event: DragEvent) => this.#onDragOver(event)}
        @dragleave=${(event: DragEvent) => this.#onDragLeave(event)}
        @drop=${(event: DragEvent) => this.#onDrop(event)}
      >
        <span class="drop-icon">${icons.upload}</span>
        <h3 class="drop-title" tabindex="-1">${text('dropHere')}</h3>
        <p class="muted">${text('pickHint')}</p>
        <div class="drop-actions">
          <button class="button primary" type="button" @click=${() => this.#fileInput.value?.click()}>
            ${text('choose')}
          </button>
          <button
            ${ref(this.#pasteButton)}
            class="button"
            type="button"
            @click=${() => void this.#openPaste()}
          >
            ${text('paste')}
          </button>
          <button
            class="button quiet"
            type="button"
            @click=${() => saveFile('customers-template.csv', templateCsv())}
          >
            ${text('template')}
          </button>
        </div>
        <p class="limits">${this.#limits()}</p>
        <input
          ${ref(this.#fileInput)}
          type="file"
          hidden
          accept=${kinds}
          aria-label=${text('choose')}
          @change=${(event: Event) => this.#onChosen(event.currentTarget as HTMLInputElement)}
        />
      </div>
    `;
  }

  #limits(): string {
    const { text, locale } = this.#context;
    return text('limits', { cells: formatNumber(locale(), mostCells) });
  }

  #renderPaste(): TemplateResult {
    const { text } = this.#context;
    return html`
      <form
        class="paste"
        @submit=${(event: Event) => {
          event.preventDefault();
          this.#takeText(this.#textInput.value?.value ?? '');
        }}
      >
        <h3 tabindex="-1"><label for="pasted">${text('pasteTitle')}</label></h3>
        <p class="muted" id="pasted-hint">${text('pasteHint')}</p>
        <textarea
          ${ref(this.#textInput)}
          id="pasted"
          class="field"
          rows="8"
          aria-describedby="pasted-hint"
          spellcheck="false"
          autocomplete="off"
          wrap="off"
          required
        ></textarea>
        <div class="actions">
          <button class="button" type="button" @click=${() => void this.#closePaste()}>
            ${this.#shared('cancel')}
          </button>
          <button class="button primary" type="submit">${text('pasteRead')}</button>
        </div>
      </form>
    `;
  }

  #renderOpen(name: string): TemplateResult {
    const { flow, text } = this.#context;
    return html`
      <div class="notice">
        ${icons.table}
        <p class="grow">${text('stillOpen', { name })}</p>
        <button class="button" type="button" data-action="next" @click=${() => flow.goTo('map')}>
          ${text('goOn')}
        </button>
      </div>
    `;
  }

  #renderSeveral(count: number): TemplateResult {
    return html`<div class="notice alarming" role="alert">
      ${icons.warning}
      <p>${this.#context.text('oneFile', { count })}</p>
    </div>`;
  }

  #renderError(): TemplateResult {
    const { flow, text } = this.#context;
    const { error, file, reading } = flow;
    if (!error || !file) return html``;
    // What looks like no list may be one that was read the wrong way.
    const isText = error.code === 'no_email_column' || error.code === 'binary' || error.code === 'quote_open';
    const choices = isText
      ? readingChoices(
          text,
          { encoding: reading.encoding ?? 'utf-8', delimiter: reading.delimiter ?? ',' },
          (change) => void flow.openFile(file, { ...reading, ...change }),
        )
      : [];
    return html`
      <div class="notice alarming" role="alert">
        ${icons.warning}
        <div>
          <p class="strong">${text('errorTitle')}</p>
          <p>
            <bdi class="file-name">${file.name}</bdi>:
            ${text(`error_${error.code}`, { detail: error.detail })}
          </p>
          ${choices.length ? html`<p class="file-line">${text('readAs')} ${choices}</p>` : nothing}
        </div>
      </div>
    `;
  }

  #onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#setDropping(true);
  }

  #onDragLeave(event: DragEvent): void {
    const zone = event.currentTarget as Element;
    if (!(event.relatedTarget instanceof Node) || !zone.contains(event.relatedTarget))
      this.#setDropping(false);
  }

  #onDrop(event: DragEvent): void {
    event.preventDefault();
    const files = event.dataTransfer?.files;
    this.#severalDropped = files && files.length > 1 ? files.length : 0;
    this.#setDropping(false);
    if (files?.length === 1 && files[0]) this.#take(files[0]);
  }

  #setDropping(isDropping: boolean): void {
    this.#isDropping = isDropping;
    this.#context.host.requestUpdate();
  }

  #onChosen(input: HTMLInputElement): void {
    const file = input.files?.[0];
    // The same file chosen again, after a correction, is a change too.
    input.value = '';
    if (file) this.#take(file);
  }

  async #openPaste(): Promise<void> {
    this.#isPasting = true;
    this.#context.host.requestUpdate();
    await this.#context.host.updateComplete;
    this.#textInput.value?.focus();
  }

  async #closePaste(): Promise<void> {
    this.#isPasting = false;
    this.#context.host.requestUpdate();
    await this.#context.host.updateComplete;
    this.#pasteButton.value?.focus();
  }

  #takeText(text: string): void {
    if (text.trim() === '') return void this.#textInput.value?.focus();
    this.#take(new File([text], this.#context.text('pastedName'), { type: 'text/plain' }));
  }

  #take(file: File): void {
    void this.#context.flow.openFile(file);
  }
}
