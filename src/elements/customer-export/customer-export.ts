import { initialState, Task, TaskStatus } from '@lit/task';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { accessOf, lowerRole } from '../../adapter/access.ts';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { AdapterError, isAdapterError } from '../../adapter/errors.ts';
import { mostSheetRows } from '../../export/limits.ts';
import { exporting } from '../../locales/en/customer-export.ts';
import { shared } from '../../locales/en/shared.ts';
import type { Access } from '../../model/access.ts';
import { dayOf } from '../../model/days.ts';
import { defaultExportFields, type ExportField } from '../../model/export.ts';
import type { CustomerFilters } from '../../model/filters.ts';
import type { CustomerChoice } from '../../model/operations.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { formAlertStyles } from '../../parts/fields/form-alert.ts';
import { formatNumber } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { saveFile } from '../../parts/save-file.ts';
import { skeletonLine, skeletonStyles } from '../../parts/skeleton.ts';
import { stateBlock, stateBlockStyles } from '../../parts/state-block.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import { Surface, surfaceStyles } from '../../parts/surface.ts';
import { audienceChoice, Audiences, type Audience, type AudienceName } from './audiences.ts';
import { ColumnsChoice } from './columns-choice.ts';
import type { ExportContext } from './context.ts';
import { exportStyles } from './customer-export.styles.ts';
import { ExportJob, type ExportState } from './export-job.ts';
import { cancelledView, doneView, failedView, runningView } from './outcome.ts';
import {
  acceptFields,
  exportFormats,
  readPreferences,
  writePreferences,
  type ExportFormat,
} from './preferences.ts';
import { chooseFile } from './save-target.ts';

/**
 * Makes a file of customers: the selected ones, all that match the filters, or everybody; CSV or XLSX, with the columns
 * that a person chooses, in their order. Twenty or a million, it is written to the disk as it comes: where the browser
 * lets a page write files, into the one that the person chooses, else into the browser's private storage and from there
 * to the downloads.
 *
 * Who is meant is settled when it starts. A connection that drops is waited for, and nobody stands in the file twice.
 *
 * @tag customer-export
 *
 * @attr {boolean} open - The dialog is there while it is set; inline, the export always is. A dialog that is closed
 *   while an export runs goes on with it.
 * @attr {'dialog'|'inline'} presentation - Default `inline`.
 * @attr {number} count - How many `customers` means, where that is known: it isn't counted again.
 * @attr {string} formats - What is offered, of `csv xlsx`; absent, both.
 * @attr {string} fields - The columns chosen at first, as `first_name last_name email`; absent, names, e-mail, phone,
 *   status, orders and total spent. As a property a list.
 * @attr {string} storage-key - Under which the person's columns and format are remembered.
 * @attr {string} locale - BCP 47; absent, the nearest `lang`.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @csspart surface - The dialog, or the section.
 * @csspart header - Its title.
 * @csspart footer - Its buttons.
 * @csspart progress - The bar of an export that runs.
 *
 * @fires {CustomEvent<{customers: object, fields: string[], format: string}>} export-start - About to start.
 *   Cancelable: prevented, no file is made and the choice stays.
 * @fires {CustomEvent<{done: number, total: number}>} export-progress - So many customers are in the file.
 * @fires {CustomEvent<{receipt: object, fileName: string}>} export-finished - It has ended; `fileName` is undefined
 *   where it was stopped.
 * @fires {CustomEvent} export-close - About to close. Cancelable: prevented, it stays open.
 * @fires {CustomEvent} export-closed - It has closed.
 */
export class CustomerExportElement extends CustomersElement {
  static override styles = [
    tokens,
    controls,
    skeletonStyles,
    stateBlockStyles,
    surfaceStyles,
    formAlertStyles,
    exportStyles,
  ];

  protected static override readonly texts = { exporting, shared };

  static override properties: PropertyDeclarations = {
    customers: { attribute: false },
    filters: { attribute: false },
    count: { type: Number },
    open: { type: Boolean, reflect: true },
    presentation: { type: String },
    formats: { type: String },
    fields: { converter: { fromAttribute: (text: string | null) => text?.split(/[\s,]+/).filter(Boolean) } },
    storageKey: { type: String, attribute: 'storage-key' },
    audience: { state: true },
    format: { state: true },
    chosen: { state: true },
    job: { state: true },
    isAsking: { state: true },
    announcement: { state: true },
  };

  /** Who is meant at first: ids, or filters and whom to leave out. Absent: everybody. */
  declare customers: CustomerChoice | undefined;
  /** What the list is narrowed to, offered beside the selected ones. */
  declare filters: CustomerFilters | undefined;
  declare count: number | undefined;
  declare open: boolean;
  declare presentation: 'dialog' | 'inline';
  declare formats: string;
  declare fields: readonly ExportField[] | undefined;
  declare storageKey: string | undefined;
  declare protected audience: AudienceName | undefined;
  declare protected format: ExportFormat;
  /** The columns, in their order. */
  declare protected chosen: readonly ExportField[];
  declare protected job: ExportState | undefined;
  /** The browser asks for the file's place. */
  declare protected isAsking: boolean;
  declare protected announcement: string;

  #job: ExportJob | undefined;
  #goesTo: string | undefined;
  readonly #surface = new Surface(this, () => this.#presentation);
  readonly #audiences = new Audiences(this, {
    source: () => this.source,
    isShown: () => this.#isShown && this.#access.value !== undefined,
    customers: () => this.customers,
    filters: () => this.filters,
    count: () => this.count,
  });
  readonly #columns = new ColumnsChoice(this, {
    context: () => this.#context,
    fields: () => this.chosen,
    defaults: () => this.#defaults,
    choose: (fields) => {
      this.chosen = fields;
      this.#remember();
    },
    announce: (text) => (this.announcement = text),
  });
  readonly #access = new Task<readonly [CustomerAdapter | undefined, boolean], Access>(this, {
    args: () => [this.source, this.#isShown] as const,
    task: async ([adapter, isShown]) => {
      if (!adapter || !isShown) return initialState;
      if (!adapter.capabilities.export) throw new AdapterError('unsupported', 'Nobody is exported here.');
      return accessOf(adapter);
    },
  });

  constructor() {
    super();
    this.open = false;
    this.presentation = 'inline';
    this.formats = '';
    this.format = 'csv';
    this.chosen = defaultExportFields;
    this.isAsking = false;
    this.announcement = '';
    this.addEventListener('keydown', (event) => this.#onKeydown(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.#onUnload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.#onUnload);
  }

  /** Whether a file is being written. */
  get running(): boolean {
    return this.#job?.isRunning === true;
  }

  /** Moves the focus into the dialog; it goes back when that closes. */
  override focus(): void {
    this.#surface.focus();
  }

  /** Closes for a person, as the close button does. An export that runs goes on. */
  close(): void {
    if (this.#presentation === 'inline') return;
    if (!this.emit('export-close', undefined, { cancelable: true })) return;
    this.open = false;
    void this.updateComplete.then(() => this.emit('export-closed'));
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('presentation') && !['dialog', 'inline'].includes(this.presentation)) {
      console.warn(`customer-elements: an export is dialog or inline, not ${this.presentation}.`);
    }
    if (changed.has('fields') || changed.has('storageKey')) this.#takeUp();
    if (changed.has('formats') && !this.#formats.includes(this.format))
      this.format = this.#formats[0] ?? 'csv';
    const isAnother =
      changed.has('customers') || changed.has('filters') || (changed.has('open') && this.open);
    if (isAnother) {
      this.audience = undefined;
      // What has ended is read when somebody asks for another.
      if (!this.running) this.#forget();
    }
  }

  protected override updated(): void {
    const goal = this.#goesTo;
    this.#goesTo = undefined;
    if (goal) this.renderRoot.querySelector<HTMLElement>(goal)?.focus();
  }

  get #presentation(): 'dialog' | 'inline' {
    return this.presentation === 'dialog' ? 'dialog' : 'inline';
  }

  get #isShown(): boolean {
    return this.#presentation === 'inline' || this.open;
  }

  get #formats(): readonly ExportFormat[] {
    const asked = (this.formats ?? '').split(/[\s,]+/);
    const known = exportFormats.filter((format) => asked.includes(format));
    return known.length ? known : exportFormats;
  }

  get #defaults(): readonly ExportField[] {
    const fields = acceptFields(this.fields ?? []);
    return fields.length ? fields : defaultExportFields;
  }

  get #audience(): Audience | undefined {
    const all = this.#audiences.all;
    return all.find(({ name }) => name === this.audience) ?? all[0];
  }

  get #context(): ExportContext {
    return { text: (key, values) => this.text('exporting', key, values), locale: this.language.locale };
  }

  #takeUp(): void {
    const { fields, format } = this.storageKey ? readPreferences(this.storageKey) : {};
    this.chosen = fields ?? this.#defaults;
    if (format && this.#formats.includes(format)) this.format = format;
  }

  #remember(): void {
    const { storageKey, chosen, format } = this;
    if (storageKey) writePreferences(storageKey, { fields: [...chosen], format });
  }

  #forget(): void {
    this.#job = undefined;
    this.job = undefined;
  }

  #begin(): void {
    const audience = this.#audience;
    if (audience && this.chosen.length) void this.#start(audience.customers, this.format);
  }

  async #start(customers: CustomerChoice, format: ExportFormat): Promise<void> {
    const adapter = this.source;
    const access = this.#access.value;
    const fields = this.chosen;
    if (!adapter || !access || this.running || this.isAsking) return;
    if (!this.emit('export-start', { customers, fields: [...fields], format }, { cancelable: true })) return;
    const fileName = `customers-export-${dayOf(new Date(), access.time_zone)}.${format}`;
    this.isAsking = true;
    const target = await chooseFile(fileName, format);
    this.isAsking = false;
    if (target === 'taken back') return;
    const { currency } = access;
    const request = { adapter, customers, fields, format, currency, fileName, target };
    const job = new ExportJob(request, (state) => this.#onJob(job, state));
    this.#job = job;
    this.job = job.state;
    this.#goesTo = '.goal';
    await job.begin();
  }

  #onJob(job: ExportJob, state: ExportState): void {
    if (job !== this.#job) return;
    const before = this.job?.name;
    this.job = state;
    // What runs is drawn as what is prepared, and keeps the focus.
    const isSame = before === state.name || (before === 'preparing' && state.name === 'running');
    if (!isSame && this.#hasFocus) this.#goesTo = '.goal';
    if (state.name === 'running') {
      const { done, total } = state.progress;
      this.emit('export-progress', { done, total });
    } else if (state.name === 'done') {
      if (state.file) saveFile(state.fileName, state.file);
      this.emit('export-finished', { receipt: state.receipt, fileName: state.fileName });
    } else if (state.name === 'cancelled' && state.receipt) {
      this.emit('export-finished', { receipt: state.receipt, fileName: undefined });
    }
  }

  /** The button that had it may go with what it was of. */
  get #hasFocus(): boolean {
    return this.shadowRoot?.activeElement != null;
  }

  #anew(): void {
    this.#forget();
    this.#goesTo = '.start';
  }

  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.running) event.preventDefault();
  };

  #onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || this.#presentation === 'inline' || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  protected override render(): unknown {
    if (!this.#isShown) return nothing;
    const { direction } = this.language;
    const content = html`
      <div class="content" dir=${direction}>
        <header class="head" part="header">
          <h2 id="title">${this.text('exporting', 'title')}</h2>
          ${
            this.#presentation === 'inline'
              ? nothing
              : html`<button
                  class="button quiet icon close"
                  type="button"
                  aria-label=${this.text('shared', 'close')}
                  @click=${() => this.close()}
                >
                  ${icons.cross}
                </button>`
          }
        </header>
        ${this.#renderContent()}
        <span class="visually-hidden" role="status">${this.announcement}</span>
      </div>
    `;
    return this.#surface.render(content, direction, () => this.close());
  }

  #renderContent(): TemplateResult {
    if (this.job) return this.#renderJob(this.job);
    const access = this.#access.value;
    if (this.#access.status === TaskStatus.ERROR)
      return this.#renderBody(this.#renderNoAccess(this.#access.error));
    if (!access) {
      return this.#renderBody(
        html`<div class="loading-fields" aria-busy="true">
          <span class="visually-hidden" role="status">${this.text('shared', 'loading')}</span>
          ${['a', 'b', 'c', 'd'].map(() => skeletonLine('long'))}
        </div>`,
      );
    }
    if (lowerRole(access.role, this.provided?.role) === 'viewer') {
      return this.#renderBody(
        stateBlock({
          icon: icons.download,
          title: this.text('exporting', 'mayOnlyRead'),
          text: this.text('exporting', 'mayOnlyReadText'),
        }),
      );
    }
    return this.#renderChoice();
  }

  #renderBody(content: unknown): TemplateResult {
    return html`<div class="body">${content}</div>`;
  }

  #renderNoAccess(error: unknown): TemplateResult {
    const isUnsupported = isAdapterError(error, 'unsupported');
    return stateBlock({
      icon: icons.warning,
      alert: true,
      title: this.text('exporting', isUnsupported ? 'unsupported' : 'loadFailed'),
      text: isUnsupported ? '' : this.errorText(error),
      actions: isUnsupported
        ? nothing
        : html`<button
            class="button"
            type="button"
            data-action="retry"
            @click=${() => void this.#access.run()}
          >
            ${this.text('shared', 'retry')}
          </button>`,
    });
  }

  #renderChoice(): TemplateResult {
    const context = this.#context;
    const { text } = context;
    const audience = this.#audience;
    const total = audience?.total;
    const isNobody = total?.exact === true && total.value === 0;
    const isTooMany = this.format === 'xlsx' && (total?.value ?? 0) >= mostSheetRows;
    const cannot = isNobody || isTooMany || !this.chosen.length;
    const problem = isNobody ? text('nobody') : isTooMany ? this.#tooMany : '';
    return html`
      <div class="body">
        ${audienceChoice(context, this.#audiences.all, audience?.name ?? 'everybody', (name) => {
          this.audience = name;
        })}
        ${this.#formats.length > 1 ? this.#renderFormats(total?.value ?? 0) : nothing}
        ${this.#columns.render()}
      </div>
      <div class="foot" part="footer">
        <span class="problem" role="status">${problem}</span>
        ${
          this.#presentation === 'inline'
            ? nothing
            : html`<button class="button" type="button" data-action="cancel" @click=${() => this.close()}>
                ${this.text('shared', 'cancel')}
              </button>`
        }
        <button
          class="button primary start"
          type="button"
          aria-disabled=${cannot || this.isAsking ? 'true' : 'false'}
          @click=${() => cannot || this.#begin()}
        >
          ${total?.exact && total.value > 0 ? text('startCount', { count: total.value }) : text('start')}
        </button>
      </div>
    `;
  }

  get #tooMany(): string {
    return this.text('exporting', 'xlsxTooMany', {
      most: formatNumber(this.language.locale, mostSheetRows - 1),
    });
  }

  #renderFormats(total: number): TemplateResult {
    const { text, locale } = this.#context;
    const most = formatNumber(locale, mostSheetRows - 1);
    return html`
      <fieldset class="choice formats">
        <legend>${text('format')}</legend>
        ${this.#formats.map(
          (format) => html`
            <label class="option">
              <input
                type="radio"
                name="format"
                value=${format}
                .checked=${live(this.format === format)}
                @change=${() => {
                  this.format = format;
                  this.#remember();
                }}
              />
              <span class="grow">
                <span class="option-title">${text(format)}</span>
                <span class="option-hint">
                  ${
                    format === 'xlsx' && total >= mostSheetRows
                      ? text('xlsxTooMany', { most })
                      : text(`${format}Hint`, { most })
                  }
                </span>
              </span>
            </label>
          `,
        )}
      </fieldset>
    `;
  }

  #renderJob(state: ExportState): TemplateResult {
    const context = this.#context;
    switch (state.name) {
      case 'preparing':
      case 'running':
        return html`
          ${this.#renderBody(runningView(context, state.name === 'running' ? state.progress : undefined))}
          ${this.#renderRunningFoot(state)}
        `;
      case 'failed':
        return html`
          ${this.#renderBody(failedView(context, state.error, (error) => this.errorText(error)))}
          ${this.#renderFailedFoot()}
        `;
      case 'done':
        return html`${this.#renderBody(doneView(context, state))} ${this.#renderDoneFoot(state)}`;
      case 'cancelled':
        return html`${this.#renderBody(cancelledView(context))} ${this.#renderEndFoot()}`;
    }
  }

  #renderRunningFoot(state: ExportState): TemplateResult {
    const { text } = this.#context;
    const progress = state.name === 'running' ? state.progress : undefined;
    const isStopping = progress?.state === 'stopping';
    const isPaused = progress?.state === 'paused';
    return html`<div class="foot" part="footer">
      <button
        class="button"
        type="button"
        data-action="stop"
        aria-disabled=${isStopping ? 'true' : 'false'}
        @click=${() => void this.#job?.stop()}
      >
        ${text(isStopping ? 'stopping' : 'stop')}
      </button>
      ${
        progress && !isStopping
          ? html`<button
              class="button"
              type="button"
              data-action="pause"
              @click=${() => (isPaused ? this.#job?.resume() : this.#job?.pause())}
            >
              ${text(isPaused ? 'resume' : 'pause')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderFailedFoot(): TemplateResult {
    const { text } = this.#context;
    const job = this.#job;
    if (!job?.isHopeless) {
      return html`<div class="foot" part="footer">
        <button class="button" type="button" data-action="stop" @click=${() => void job?.stop()}>
          ${text('stop')}
        </button>
        <button class="button primary" type="button" data-action="go-on" @click=${() => void job?.goOn()}>
          ${text('goOn')}
        </button>
      </div>`;
    }
    const { customers, format } = job.request;
    return html`<div class="foot" part="footer">
      <button class="button" type="button" data-action="back" @click=${() => this.#anew()}>
        ${text('back')}
      </button>
      ${
        format === 'xlsx' && this.#formats.includes('csv')
          ? html`<button
              class="button primary"
              type="button"
              data-action="as-csv"
              @click=${() => {
                this.format = 'csv';
                void this.#start(customers, 'csv');
              }}
            >
              ${text('asCsv')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderDoneFoot({ file, fileName }: ExportState & { name: 'done' }): TemplateResult {
    const { text } = this.#context;
    return this.#renderEndFoot(
      file
        ? html`<button
            class="button"
            type="button"
            data-action="save"
            @click=${() => saveFile(fileName, file)}
          >
            ${text('saveAgain')}
          </button>`
        : nothing,
    );
  }

  #renderEndFoot(more: unknown = nothing): TemplateResult {
    const { text } = this.#context;
    return html`<div class="foot" part="footer">
      ${more}
      <button class="button" type="button" data-action="again" @click=${() => this.#anew()}>
        ${text('again')}
      </button>
      ${
        this.#presentation === 'inline'
          ? nothing
          : html`<button class="button primary" type="button" data-action="done" @click=${() => this.close()}>
              ${text('close')}
            </button>`
      }
    </div>`;
  }
}
