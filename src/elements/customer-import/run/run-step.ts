import { html, nothing, type TemplateResult } from 'lit';
import { isAdapterError } from '../../../adapter/errors.ts';
import type { ImportOptions } from '../../../model/import.ts';
import type { Receipt } from '../../../model/receipt.ts';
import { OperationRun, type OperationProgress } from '../../../operations/operation-run.ts';
import { icons } from '../../../parts/icons.ts';
import type { ImportContext, ImportStepView } from '../context.ts';
import type { DryRunResult } from '../decide/dry-run-result.ts';
import type { NewGroup } from '../decide/group-choice.ts';
import { fileFingerprint, joinFingerprints, settingsFingerprint, settingsOf } from './fingerprint.ts';
import type { Again } from './import-batches.ts';
import { importPlan } from './import-plan.ts';
import { keptImportsOf, type KeptImport, type KeptImports } from './kept-imports.ts';
import { paceText } from './pace.ts';

export interface ImportIntent {
  decisions: Omit<ImportOptions, 'fileName' | 'fileFingerprint'>;
  newGroup: NewGroup | undefined;
  again: Again;
  /** What the dry run said, where there was one. */
  expected: DryRunResult | undefined;
}

/** The import itself: a bar, how much, how fast, how long still; where it stands still, what to do. */
export class RunStep implements ImportStepView {
  readonly #context: ImportContext;
  #run: OperationRun | undefined;
  #progress: OperationProgress = { done: 0, total: 0, rate: undefined, state: 'running' };
  #error: unknown;
  #expected: DryRunResult | undefined;
  #id = '';
  #kept: KeptImports | undefined;
  #keeping: Promise<void> = Promise.resolve();

  constructor(context: ImportContext) {
    this.#context = context;
  }

  /** What the dry run said of the import that runs or has ended. */
  get expected(): DryRunResult | undefined {
    return this.#expected;
  }

  /** Begins; resolves when it has ended or stands still. */
  async start({ decisions, newGroup, again, expected }: ImportIntent): Promise<void> {
    const { flow } = this.#context;
    const { file, overview } = flow;
    if (!file || !overview) return;
    const id = crypto.randomUUID();
    const asked = overview.records - overview.counts.continuation;
    const settings = settingsOf(overview);
    const reading = {
      ...(overview.encoding && { encoding: overview.encoding }),
      ...(overview.delimiter && { delimiter: overview.delimiter }),
      ...(overview.sheet && { sheet: overview.sheet }),
    };
    let options: ImportOptions | undefined;
    const settle = async (signal: AbortSignal): Promise<ImportOptions> => {
      if (options) return options;
      const group = newGroup ? await this.#makeGroup(newGroup, signal) : decisions.group;
      const fingerprint = joinFingerprints(
        await fileFingerprint(file),
        await settingsFingerprint(reading, settings, again),
      );
      options = {
        fileName: file.name.slice(-255),
        fileFingerprint: fingerprint,
        ...decisions,
        ...(group === undefined ? {} : { group }),
      };
      const kept = { id, fileName: file.name, fileType: file.type, asked, reading, settings, options };
      const startedAt = new Date().toISOString();
      this.#keeping = this.#kept?.keep(file, { ...kept, again: [...again], startedAt }) ?? this.#keeping;
      return options;
    };
    await this.#begin(id, asked, settle, again, expected);
  }

  /** Goes on with an import whose file is open again. */
  async resume({
    id,
    asked,
    options,
    again,
  }: Pick<KeptImport, 'id' | 'asked' | 'options' | 'again'>): Promise<void> {
    await this.#begin(id, asked, () => Promise.resolve(options), new Map(again), undefined);
  }

  render(): TemplateResult {
    const { text, textsOf, locale, errorText } = this.#context;
    const said = textsOf('importRun');
    const { done, total, state } = this.#progress;
    const failure = this.#error === undefined ? undefined : errorText(this.#error);
    const handled = text('progress', { handled: done, total });
    const title =
      failure === undefined
        ? state === 'paused'
          ? said('pausedTitle')
          : text('runningTitle')
        : text('runFailed');
    return html`
      <div class="running">
        <h3 tabindex="-1">${title}</h3>
        <progress part="progress" max=${total || 1} .value=${done} aria-label=${text('runningTitle')}>
          ${handled}
        </progress>
        <p class="progress-line">
          <span>${handled}</span>
          <span class="muted"
            >${failure === undefined ? paceText(this.#progress, text, locale()) : nothing}</span
          >
        </p>
        ${
          failure === undefined
            ? html`<p class="muted" role="status">${this.#hint()}</p>`
            : html`<div class="notice alarming" role="alert">
                ${icons.warning}
                <p>${text('runFailedText', { reason: failure })}</p>
              </div>`
        }
        <div class="actions">${failure === undefined ? this.#controls() : this.#standing()}</div>
      </div>
    `;
  }

  #controls(): TemplateResult {
    const { text, textsOf } = this.#context;
    const said = textsOf('importRun');
    const { state } = this.#progress;
    const isStopping = state === 'stopping';
    const isPaused = state === 'paused';
    return html`
      <button class="button" type="button" ?disabled=${isStopping} @click=${() => this.#run?.stop()}>
        ${isStopping ? text('stopping') : said('cancelRun')}
      </button>
      <button
        class="button ${isPaused ? 'primary' : ''}"
        type="button"
        ?disabled=${isStopping}
        @click=${() => (isPaused ? this.#run?.resume() : this.#run?.pause())}
      >
        ${isPaused ? said('resumeRun') : said('pauseRun')}
      </button>
    `;
  }

  #standing(): TemplateResult {
    const { text } = this.#context;
    return html`
      <button class="button" type="button" @click=${() => this.#stopHere()}>${text('stopHere')}</button>
      <button class="button primary" type="button" @click=${() => this.#goOn()}>${text('goOn')}</button>
    `;
  }

  #hint(): string {
    const { text, textsOf } = this.#context;
    const { state } = this.#progress;
    if (state === 'waiting') return text('waiting');
    if (state === 'stopping') return text('stopping');
    return textsOf('importRun')(
      state === 'paused' ? 'pausedHint' : this.#kept ? 'runningHintKept' : 'runningHint',
    );
  }

  async #begin(
    id: string,
    asked: number,
    options: (signal: AbortSignal) => Promise<ImportOptions>,
    again: Again,
    expected: DryRunResult | undefined,
  ): Promise<void> {
    const { flow, source, access, host } = this.#context;
    const adapter = source();
    if (!adapter || !flow.open) return;
    this.#id = id;
    this.#expected = expected;
    this.#kept = keptImportsOf(adapter, access());
    this.#progress = { done: 0, total: asked, rate: undefined, state: 'running' };
    this.#run = new OperationRun(
      importPlan(adapter, flow.open, { id, asked, options, again }),
      (progress) => {
        this.#progress = progress;
        host.requestUpdate();
      },
    );
    flow.isRunning = true;
    flow.goTo('run');
    await this.#drive();
  }

  async #drive(): Promise<void> {
    this.#error = undefined;
    this.#context.host.requestUpdate();
    try {
      const receipt = await this.#run?.run();
      if (receipt) this.#onReceipt(receipt);
    } catch (error) {
      this.#error = error;
      this.#context.host.requestUpdate();
    }
  }

  #goOn(): void {
    this.#focusTitle();
    void this.#drive();
  }

  #stopHere(): void {
    const { flow } = this.#context;
    if (!this.#run?.hasBegun) {
      // Refused from the start, so there is nothing to end: what was decided can be changed.
      void this.#keeping.then(() => this.#kept?.remove(this.#id));
      flow.isRunning = false;
      flow.goTo('decide');
      return;
    }
    this.#focusTitle();
    this.#run.stop();
    // Nothing is on its way any more that would lead to the receipt.
    void this.#drive();
  }

  #onReceipt(receipt: Receipt): void {
    const { flow, tell } = this.#context;
    void this.#keeping.then(() => this.#kept?.remove(this.#id));
    flow.receipt = receipt;
    flow.isRunning = false;
    flow.goTo('report');
    tell('import-finished', { receipt });
    if (receipt.created + receipt.changed > 0) tell('customers-changed');
  }

  /** A group of that name may have been made meanwhile: that is the one that was meant. */
  async #makeGroup({ id, operationId, name }: NewGroup, signal: AbortSignal): Promise<string> {
    try {
      const saved = await this.#context
        .source()
        ?.saveGroup({ id, operationId, fields: { name } }, { signal });
      return saved?.group.id ?? id;
    } catch (error) {
      const isThere = isAdapterError(error, 'conflict') && error.reason === 'exists';
      const there = isThere ? (error.current as { id?: unknown } | undefined)?.id : undefined;
      if (typeof there !== 'string') throw error;
      return there;
    }
  }

  /** The button that was pressed goes. */
  #focusTitle(): void {
    this.#context.host.shadowRoot?.querySelector<HTMLElement>('.running h3')?.focus();
  }
}
