import { html, nothing, type TemplateResult } from 'lit';
import type { ImportOptions } from '../../../model/import.ts';
import { icons } from '../../../parts/icons.ts';
import { isolated } from '../../../parts/format.ts';
import type { ImportContext } from '../context.ts';
import type { UndoRun } from '../report/undo-run.ts';
import { fileFingerprint, partFingerprints, settingsFingerprint, settingsOf } from './fingerprint.ts';
import { keptImportsOf, type KeptImport } from './kept-imports.ts';
import type { RunStep } from './run-step.ts';

/** An import that stopped on its way. */
export interface UnfinishedImport {
  id: string;
  fileName: string;
  asked: number;
  done: number;
  options: ImportOptions;
  /** What this browser has kept of it. */
  kept?: KeptImport;
  /** Whether the backend knows of it. */
  hasBegun: boolean;
}

type Problem = 'otherFile' | 'otherSettings';

/** Imports that stopped: to go on with, with the file that waits here or the same one chosen again, or to be ended. */
export class UnfinishedImports {
  readonly #context: ImportContext;
  readonly #run: RunStep;
  readonly #undo: UndoRun;
  readonly #onEnded: () => void;
  #imports: readonly UnfinishedImport[] = [];
  /** The one whose file has to be chosen again. */
  #asksFor: string | undefined;
  #problem: Problem | undefined;
  /** A request about it is on its way. */
  #busy: string | undefined;
  #failure: { id: string; error: unknown } | undefined;

  constructor(context: ImportContext, run: RunStep, undo: UndoRun, onEnded: () => void) {
    this.#context = context;
    this.#run = run;
    this.#undo = undo;
    this.#onEnded = onEnded;
  }

  show(imports: readonly UnfinishedImport[]): void {
    this.#imports = imports;
    this.#context.host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    return this.#imports.length ? html`${this.#imports.map((one) => this.#one(one))}` : nothing;
  }

  #one(one: UnfinishedImport): TemplateResult {
    const { textsOf, errorText } = this.#context;
    const text = textsOf('importRun');
    const { id, fileName, asked, done, hasBegun } = one;
    const isBusy = this.#busy === id;
    const name = isolated(fileName || text('unnamed'));
    const asksForFile = this.#asksFor === id;
    return html`<section class="unfinished" data-id=${id} aria-label=${text('unfinished')}>
      <p class="strong">${text('stoppedAt', { name, done, total: asked })}</p>
      <p class="muted">${text(asksForFile ? 'fileGone' : 'stoppedHint', { name })}</p>
      ${
        asksForFile && this.#problem
          ? html`<p class="notice alarming" role="alert">
              ${icons.warning}<span>${text(this.#problem, { name })}</span>
            </p>`
          : nothing
      }
      ${
        this.#failure?.id === id
          ? html`<p class="notice alarming" role="alert">
              ${icons.warning}<span>${errorText(this.#failure.error)}</span>
            </p>`
          : nothing
      }
      <div class="actions">
        <button class="button" type="button" ?disabled=${isBusy} @click=${() => void this.#stop(one, false)}>
          ${this.#context.text('stopHere')}
        </button>
        ${
          hasBegun && done > 0 && this.#context.source()?.capabilities.undo
            ? html`<button
                class="button"
                type="button"
                ?disabled=${isBusy}
                @click=${() => void this.#stop(one, true)}
              >
                ${text('stopAndUndo')}
              </button>`
            : nothing
        }
        ${
          asksForFile
            ? html`<button class="button primary" type="button" ?disabled=${isBusy} @click=${openFileDialog}>
                  ${text('chooseAgain')}
                </button>
                <input
                  type="file"
                  hidden
                  aria-label=${text('chooseAgain')}
                  @change=${(event: Event) => this.#onFile(one, event)}
                />`
            : html`<button
                class="button primary"
                type="button"
                ?disabled=${isBusy}
                @click=${() => void this.#goOn(one)}
              >
                ${text('goOnNow')}
              </button>`
        }
      </div>
    </section>`;
  }

  async #goOn(one: UnfinishedImport): Promise<void> {
    const { source, access } = this.#context;
    const adapter = source();
    if (!adapter) return;
    this.#begin(one);
    const file = one.kept && (await keptImportsOf(adapter, access())?.file(one.kept));
    this.#busy = undefined;
    if (file && (await this.#isSame(one, file))) return this.#goOnWith(one, file);
    this.#asksFor = one.id;
    this.#problem = undefined;
    this.#context.host.requestUpdate();
  }

  #onFile(one: UnfinishedImport, event: Event): void {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (file) void this.#take(one, file);
  }

  async #take(one: UnfinishedImport, file: File): Promise<void> {
    this.#begin(one);
    const isSame = await this.#isSame(one, file);
    this.#busy = undefined;
    if (isSame) return this.#goOnWith(one, file);
    this.#problem = 'otherFile';
    this.#context.host.requestUpdate();
  }

  async #isSame({ options }: UnfinishedImport, file: Blob): Promise<boolean> {
    try {
      return (await fileFingerprint(file)) === partFingerprints(options.fileFingerprint).file;
    } catch {
      // It was there a moment ago; the browser may have cleared its storage.
      return false;
    }
  }

  async #goOnWith(one: UnfinishedImport, file: File): Promise<void> {
    const { flow } = this.#context;
    const { kept, options } = one;
    await flow.openFile(file, kept?.reading ?? {}, kept?.settings ?? {}, 'run');
    const { overview } = flow;
    // Why it can't be read any more stands where a file is picked.
    if (!overview) return;
    const again = new Map(kept?.again);
    const asRead = {
      ...(overview.encoding && { encoding: overview.encoding }),
      ...(overview.delimiter && { delimiter: overview.delimiter }),
      ...(overview.sheet && { sheet: overview.sheet }),
    };
    const now = await settingsFingerprint(asRead, settingsOf(overview), again);
    if (now !== partFingerprints(options.fileFingerprint).settings) {
      // Other rows under the same numbers would be refused at best.
      flow.restart();
      this.#asksFor = one.id;
      this.#problem = 'otherSettings';
      return;
    }
    this.#asksFor = undefined;
    await this.#run.resume({ id: one.id, asked: one.asked, options, again: [...again] });
  }

  async #stop(one: UnfinishedImport, takesBack: boolean): Promise<void> {
    const { source, access } = this.#context;
    const adapter = source();
    if (!adapter) return;
    this.#begin(one);
    try {
      if (one.hasBegun) await adapter.finishOperation({ id: one.id, cancelled: true });
      await keptImportsOf(adapter, access())?.remove(one.id);
      this.#imports = this.#imports.filter(({ id }) => id !== one.id);
    } catch (error) {
      this.#failure = { id: one.id, error };
    }
    this.#busy = undefined;
    this.#context.host.requestUpdate();
    if (this.#failure) return;
    this.#context.host.shadowRoot?.querySelector<HTMLElement>('.step h3')?.focus();
    if (takesBack) await this.#undo.start(one.id);
    else this.#onEnded();
  }

  #begin({ id }: UnfinishedImport): void {
    this.#busy = id;
    this.#failure = undefined;
    this.#context.host.requestUpdate();
  }
}

function openFileDialog(event: Event): void {
  (event.currentTarget as Element).parentElement?.querySelector('input')?.click();
}
