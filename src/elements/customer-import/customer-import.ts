import { initialState, Task, TaskStatus } from '@lit/task';
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { accessOf, forgetAccess, lowerRole } from '../../adapter/access.ts';
import { ReadError } from '../../import/read-error.ts';
import type { FileReading } from '../../import/read-file.ts';
import { readInWorker } from '../../import/read-in-worker.ts';
import { importing } from '../../locales/en/customer-import.ts';
import { shared } from '../../locales/en/shared.ts';
import type { ImportPolicy } from '../../model/import.ts';
import type { Receipt } from '../../model/receipt.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine, skeletonStyles } from '../../parts/skeleton.ts';
import { saveFile } from '../../parts/save-file.ts';
import { stateBlock, stateBlockStyles } from '../../parts/state-block.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import { templateCsv } from './csv-files.ts';
import { importStyles } from './customer-import.styles.ts';
import { ImportRun } from './import-run.ts';
import type { ImportState } from './import-state.ts';
import type { ImportText } from './import-text.ts';
import { leftOutCsv } from './left-out-csv.ts';
import { pickStep } from './pick-step.ts';
import { reportStep } from './report-step.ts';
import { reviewStep } from './review-step.ts';
import { runningStep } from './running-step.ts';

/**
 * A file becomes customers: choose it, see what its columns become and what is wrong with its rows, run, read the
 * receipt. It reads our own column names and Shopify's exports and templates. Nothing is written before the person
 * has said so; the same file twice adds nobody.
 *
 * @tag customer-import
 *
 * @attr {boolean} running - Set while rows are being written. Read-only; a host that would close or remove the element
 *   then should ask first.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @fires {CustomEvent<{fileName: string, rows: number, policy: string}>} import-start - The person has said so.
 *   Cancelable: prevented, nothing is sent and the file stays on the screen.
 * @fires {CustomEvent<{receipt: object}>} import-finished - It has ended, also by being stopped, with its receipt.
 * @fires {CustomEvent} customers-changed - It has added or updated customers.
 *
 * @csspart drop - Where a file is dropped.
 * @csspart file - The line that says what the file is.
 * @csspart numbers - The numbers side by side.
 * @csspart column - One column of the file.
 * @csspart problems - The rows that are left out, by kind.
 * @csspart progress - The bar.
 */
export class CustomerImport extends CustomersElement {
  static override styles = [tokens, controls, skeletonStyles, stateBlockStyles, importStyles];

  protected static override readonly texts = { importing, shared };

  static override properties: PropertyDeclarations = {
    running: { type: Boolean, reflect: true },
    state: { state: true },
    policy: { state: true },
    isDropping: { state: true },
  };

  /** Whether rows are being written right now. */
  declare running: boolean;
  declare protected state: ImportState;
  declare protected policy: ImportPolicy;
  declare protected isDropping: boolean;

  #run: ImportRun | undefined;
  #focusStep = false;
  readonly #access = new Task(this, {
    args: () => [this.source] as const,
    task: ([adapter]) => (adapter ? accessOf(adapter) : initialState),
  });
  readonly #reading = new Task(this, {
    autoRun: false,
    args: (): readonly [File | undefined] => [undefined],
    task: ([file], { signal }) => (file ? this.#read(file, signal) : initialState),
  });
  readonly #running = new Task(this, {
    autoRun: false,
    args: (): readonly [ImportRun | undefined] => [this.#run],
    task: ([run]) => (run ? run.run() : initialState),
    onComplete: (receipt) => this.#onReceipt(receipt),
    onError: (error) => this.#onRunFailed(error),
  });

  constructor() {
    super();
    this.running = false;
    this.state = { step: 'pick' };
    this.policy = 'both';
    this.isDropping = false;
  }

  /** Reads a file as if the person had chosen it; resolves when it is on the screen. */
  async readFile(file: File): Promise<void> {
    if (this.running) return;
    await this.#reading.run([file]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.running) window.addEventListener('beforeunload', keepPage);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // The run itself goes on: what was begun should end in a receipt, and the element may only be moving.
    window.removeEventListener('beforeunload', keepPage);
  }

  protected override updated(): void {
    if (!this.#focusStep) return;
    this.#focusStep = false;
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  readonly #text: ImportText = (key, values) => this.text('importing', key, values);

  /** Moves to a step, and the focus with it: the button that led here is gone. */
  #goTo(state: ImportState): void {
    this.#focusStep = state.step !== this.state.step && state.step !== 'reading';
    this.state = state;
  }

  async #read(file: File, signal: AbortSignal): Promise<FileReading | undefined> {
    const fileName = file.name;
    this.#goTo({ step: 'reading', fileName, share: 0 });
    try {
      const reading = await readInWorker(file, {
        fileName,
        signal,
        onProgress: (read, size) => {
          if (!signal.aborted) this.state = { step: 'reading', fileName, share: read / size };
        },
      });
      if (!signal.aborted) this.#goTo({ step: 'review', reading });
      return reading;
    } catch (error) {
      if (signal.aborted) return undefined;
      this.#goTo({
        step: 'pick',
        fileName,
        error: error instanceof ReadError ? error : new ReadError('unreadable', String(error)),
      });
      return undefined;
    }
  }

  #giveUpReading(): void {
    this.#reading.abort();
    this.#goTo({ step: 'pick' });
  }

  #start(reading: FileReading): void {
    const adapter = this.source;
    const detail = { fileName: reading.fileName, rows: reading.rows.length, policy: this.policy };
    if (!adapter || !this.emit('import-start', detail, { cancelable: true })) return;
    const progress = { handled: 0, total: reading.records, rate: undefined, isWaiting: false };
    this.#run = new ImportRun(adapter, reading, this.policy, (next) => {
      if (this.state.step === 'running') this.state = { ...this.state, progress: next };
    });
    this.#goTo({ step: 'running', reading, progress, isStopping: false });
    this.#setRunning(true);
    void this.#running.run();
  }

  #goOn(): void {
    if (this.state.step !== 'running') return;
    this.state = { ...this.state, error: undefined };
    void this.#running.run();
  }

  #stop(): void {
    if (this.state.step !== 'running') return;
    this.#run?.stop();
    const stoodStill = this.state.error !== undefined;
    this.state = { ...this.state, isStopping: true, error: undefined };
    // Nothing is on its way any more that would lead to the receipt.
    if (stoodStill) void this.#running.run();
  }

  #onReceipt(receipt: Receipt): void {
    if (this.state.step !== 'running') return;
    this.#setRunning(false);
    this.#goTo({ step: 'report', reading: this.state.reading, receipt });
    this.emit('import-finished', { receipt });
    if (receipt.created + receipt.changed > 0) this.emit('customers-changed');
  }

  #onRunFailed(error: unknown): void {
    if (this.state.step === 'running') this.state = { ...this.state, isStopping: false, error };
  }

  #setRunning(running: boolean): void {
    this.running = running;
    if (running) window.addEventListener('beforeunload', keepPage);
    else window.removeEventListener('beforeunload', keepPage);
  }

  #download(receipt: Receipt, reading: FileReading): void {
    const csv = leftOutCsv(receipt.failures, reading.problems, this.#text, this.language.messages.importing);
    saveFile(`${reading.fileName.replace(/\.[^.]*$/, '')}-left-out.csv`, csv);
  }

  protected override render(): unknown {
    const adapter = this.source;
    // A run that was begun is shown to its end, whatever becomes of the adapter or the role.
    if (this.state.step === 'running' || this.state.step === 'report') return this.#renderStep();
    if (!adapter) return stateBlock({ icon: icons.upload, title: this.text('shared', 'noAdapter') });
    if (!adapter.capabilities.import) {
      return stateBlock({ icon: icons.upload, title: this.#text('unsupported') });
    }
    if (this.#access.status === TaskStatus.ERROR) return this.#renderAccessFailure(this.#access.error);
    const role = lowerRole(this.#access.value?.role, this.provided?.role);
    if (!this.#access.value) {
      return html`<div class="loading" aria-busy="true" aria-label=${this.#text('loading')} role="status">
        ${skeletonLine('long')} ${skeletonLine('medium')}
      </div>`;
    }
    if (role === 'viewer') {
      return stateBlock({
        icon: icons.person,
        title: this.#text('notAllowed'),
        text: this.#text('notAllowedText'),
      });
    }
    return this.#renderStep();
  }

  #renderAccessFailure(error: unknown): TemplateResult {
    return stateBlock({
      icon: icons.warning,
      title: this.#text('accessFailed'),
      text: this.errorText(error),
      alert: true,
      actions: html`<button
        class="button"
        type="button"
        @click=${() => {
          if (this.source) forgetAccess(this.source);
          void this.#access.run();
        }}
      >
        ${this.text('shared', 'retry')}
      </button>`,
    });
  }

  #renderStep(): TemplateResult {
    const { state } = this;
    const text = this.#text;
    const { locale } = this.language;
    const known = this.language.messages.importing;
    switch (state.step) {
      case 'pick':
        return pickStep({
          text,
          error: state.error,
          fileName: state.fileName,
          isDropping: this.isDropping,
          onFile: (file) => void this.readFile(file),
          onTemplate: () => saveFile('customers-template.csv', templateCsv()),
          onDragging: (isDropping) => (this.isDropping = isDropping),
        });
      case 'reading':
        return html`<div class="running">
          <p role="status">${text('reading', { name: state.fileName })}</p>
          <progress
            max="1"
            .value=${state.share}
            aria-label=${text('reading', { name: state.fileName })}
          ></progress>
          <div class="actions">
            <button class="button" type="button" @click=${() => this.#giveUpReading()}>
              ${this.text('shared', 'cancel')}
            </button>
          </div>
        </div>`;
      case 'review':
        return reviewStep({
          reading: state.reading,
          policy: this.policy,
          text,
          known,
          locale,
          onPolicy: (policy) => (this.policy = policy),
          onAnother: () => this.#goTo({ step: 'pick' }),
          onStart: () => this.#start(state.reading),
        });
      case 'running':
        return runningStep({
          progress: state.progress,
          isStopping: state.isStopping,
          failure: state.error === undefined ? undefined : this.errorText(state.error),
          locale,
          text,
          onStop: () => this.#stop(),
          onGoOn: () => this.#goOn(),
        });
      case 'report':
        return reportStep({
          reading: state.reading,
          receipt: state.receipt,
          locale,
          text,
          known,
          onDownload: () => this.#download(state.receipt, state.reading),
          onNext: () => this.#goTo({ step: 'pick' }),
        });
    }
  }
}

/** The browser's own question before a page with a running import is left. */
function keepPage(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
