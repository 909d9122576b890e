import { html, nothing, type TemplateResult } from 'lit';
import type { Receipt } from '../../model/receipt.ts';
import { formatNumber } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { ImportContext, ImportStepView } from './context.ts';
import { ImportRun, type ImportProgress } from './import-run.ts';
import type { ImportText } from './import-text.ts';
import { WholeFile } from './whole-file.ts';

/** Writes the rows: starts when it is entered, and ends in the report. */
export class RunStep implements ImportStepView {
  readonly #context: ImportContext;
  #run: ImportRun | undefined;
  #progress: ImportProgress = { handled: 0, total: 0, rate: undefined, isWaiting: false };
  #isStopping = false;
  #error: unknown;

  constructor(context: ImportContext) {
    this.#context = context;
  }

  enter(): void {
    const { flow, host, source } = this.#context;
    const { reading } = WholeFile.of(this.#context);
    const adapter = source();
    if (!adapter || !reading) return;
    this.#progress = { handled: 0, total: reading.records, rate: undefined, isWaiting: false };
    this.#isStopping = false;
    this.#run = new ImportRun(adapter, reading, flow.decisions.policy ?? 'both', (progress) => {
      this.#progress = progress;
      host.requestUpdate();
    });
    flow.isRunning = true;
    void this.#goOn();
  }

  render(): TemplateResult {
    const { errorText, locale, text } = this.#context;
    return runningStep({
      progress: this.#progress,
      isStopping: this.#isStopping,
      failure: this.#error === undefined ? undefined : errorText(this.#error),
      locale: locale(),
      text,
      onStop: () => this.#stop(),
      onGoOn: () => void this.#goOn(),
    });
  }

  async #goOn(): Promise<void> {
    const run = this.#run;
    this.#error = undefined;
    this.#context.host.requestUpdate();
    try {
      const receipt = await run?.run();
      if (receipt && run === this.#run) this.#onReceipt(receipt);
    } catch (error) {
      if (run !== this.#run) return;
      this.#isStopping = false;
      this.#error = error;
      this.#context.host.requestUpdate();
    }
  }

  #stop(): void {
    this.#run?.stop();
    this.#isStopping = true;
    // Nothing is on its way any more that would lead to the receipt.
    if (this.#error !== undefined) void this.#goOn();
    else this.#context.host.requestUpdate();
  }

  #onReceipt(receipt: Receipt): void {
    const { flow, tell } = this.#context;
    flow.isRunning = false;
    flow.receipt = receipt;
    flow.goTo('report');
    tell('import-finished', { receipt });
    if (receipt.created + receipt.changed > 0) tell('customers-changed');
  }
}

interface RunningStep {
  progress: ImportProgress;
  isStopping: boolean;
  /** Why it stands still, in plain words. */
  failure: string | undefined;
  locale: string;
  text: ImportText;
  onStop: () => void;
  onGoOn: () => void;
}

/** A bar, how much, how fast, how long still; where it stands still, what to do. */
function runningStep({
  progress,
  isStopping,
  failure,
  locale,
  text,
  onStop,
  onGoOn,
}: RunningStep): TemplateResult {
  const { handled, total } = progress;
  const said = text('progress', { handled, total });
  return html`
    <div class="running">
      <h3 tabindex="-1">${failure ? text('runFailed') : text('runningTitle')}</h3>
      <progress part="progress" max=${total} .value=${handled} aria-label=${text('runningTitle')}>
        ${said}
      </progress>
      <p class="progress-line">
        <span>${said}</span>
        <span class="muted">${failure ? nothing : paceText(progress, locale, text)}</span>
      </p>
      ${
        failure
          ? html`<div class="notice alarming" role="alert">
              ${icons.warning}
              <p>${text('runFailedText', { reason: failure })}</p>
            </div>`
          : html`<p class="muted" role="status">
              ${progress.isWaiting ? text('waiting') : isStopping ? text('stopping') : text('runningHint')}
            </p>`
      }
      <div class="actions">
        ${
          failure
            ? html`
                <button class="button" type="button" @click=${onStop}>${text('stopHere')}</button>
                <button class="button primary" type="button" @click=${onGoOn}>${text('goOn')}</button>
              `
            : html`<button class="button" type="button" ?disabled=${isStopping} @click=${onStop}>
                ${isStopping ? text('stopping') : text('stop')}
              </button>`
        }
      </div>
    </div>
  `;
}

function paceText({ handled, total, rate }: ImportProgress, locale: string, text: ImportText): string {
  if (!rate) return '';
  const seconds = Math.ceil((total - handled) / rate);
  const left =
    seconds < 90
      ? text('secondsLeft', { count: seconds })
      : text('minutesLeft', { count: Math.round(seconds / 60) });
  return [text('rate', { rate: formatNumber(locale, Math.round(rate)) }), left].join(' · ');
}
