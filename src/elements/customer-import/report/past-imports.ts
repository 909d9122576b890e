import { initialState, Task, TaskStatus } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import { isAdapterError } from '../../../adapter/errors.ts';
import type { Access } from '../../../model/access.ts';
import type { OperationSummary } from '../../../model/operations.ts';
import { formatDate, formatInstant } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { ImportContext } from '../context.ts';
import { keptImportsOf, type KeptImport } from '../run/kept-imports.ts';
import type { RunStep } from '../run/run-step.ts';
import { UnfinishedImports, type UnfinishedImport } from '../run/unfinished-imports.ts';
import { PastReport } from './past-report.ts';
import { UndoRun } from './undo-run.ts';

const pageSize = 5;

/** Imports of before, below where a file is picked: those to go on with first, then the history. */
export class PastImports {
  readonly #context: ImportContext;
  readonly #task: Task<readonly [CustomerAdapter | undefined, Access | undefined, number]>;
  readonly #undo: UndoRun;
  readonly #unfinished: UnfinishedImports;
  readonly #report: PastReport;
  #rows: OperationSummary[] = [];
  #next: string | null = null;
  #more: string | undefined;
  #version = 0;

  constructor(context: ImportContext, run: RunStep) {
    this.#context = context;
    this.#undo = new UndoRun(context, () => this.reload());
    this.#report = new PastReport(context);
    this.#unfinished = new UnfinishedImports(context, run, this.#undo, () => this.reload());
    this.#task = new Task(context.host, {
      args: () => {
        const { flow, source, access } = context;
        const adapter = source();
        const isShown = flow.step === 'pick' && flow.share === undefined && adapter?.capabilities.history;
        return [isShown ? adapter : undefined, access(), this.#version] as const;
      },
      task: async ([adapter, access], { signal }) => {
        if (!adapter || !access) return initialState;
        await this.#load(adapter, access, signal);
        return true;
      },
    });
  }

  /** Asks again: one has ended, or was taken back. */
  reload(): void {
    this.#version++;
    this.#more = undefined;
    this.#context.host.requestUpdate();
  }

  /** Those that stopped come before anything else that can be done. */
  renderUnfinished(): TemplateResult | typeof nothing {
    const { source } = this.#context;
    if (!source()?.capabilities.history) return nothing;
    return html`${this.#unfinished.render()} ${this.#undo.render()}`;
  }

  render(): TemplateResult | typeof nothing {
    const { flow, textsOf, source } = this.#context;
    const text = textsOf('importRun');
    if (!source()?.capabilities.history || flow.share !== undefined) return nothing;
    const ended = this.#rows.filter(({ status }) => status !== 'running');
    const isFailed = this.#task.status === TaskStatus.ERROR;
    return html`
      ${
        isFailed
          ? html`<div class="notice past-failed" role="alert">
              ${icons.warning}
              <p>${text('historyFailed', { reason: this.#context.errorText(this.#task.error) })}</p>
              <button class="button" type="button" @click=${() => this.reload()}>
                ${textsOf('shared')('retry')}
              </button>
            </div>`
          : nothing
      }
      ${
        ended.length
          ? html`<section class="past">
              <h4>${text('history')}</h4>
              <ul part="history">
                ${ended.map((row) => this.#row(row))}
              </ul>
              ${
                this.#next === null
                  ? nothing
                  : html`<button class="button" type="button" @click=${() => this.#showMore()}>
                      ${text('historyMore')}
                    </button>`
              }
            </section>`
          : nothing
      }
      ${this.#undo.renderQuestion()}
    `;
  }

  #row(row: OperationSummary): TemplateResult {
    const { textsOf, locale, access } = this.#context;
    const text = textsOf('importRun');
    const zone = access()?.time_zone ?? 'UTC';
    const when = row.finishedAt ?? row.startedAt;
    const isOpen = this.#report.isOf(row.id);
    return html`<li class="past-import" data-id=${row.id}>
      <div class="past-head">
        <div class="past-text">
          <p><bdi class="strong">${nameOf(row) || text('unnamed')}</bdi>${this.#badge(row)}</p>
          <p class="muted">
            <bdi>${row.by}</bdi> ·
            <time datetime=${when} title=${formatInstant(locale(), when, zone)}
              >${formatDate(locale(), when, zone)}</time
            >
            · ${this.#numbers(row)}
          </p>
        </div>
        <div class="past-actions">
          <button
            class="button quiet"
            type="button"
            aria-expanded=${isOpen ? 'true' : 'false'}
            @click=${() => this.#report.toggle(row)}
          >
            ${text('report')}
          </button>
          ${
            this.#undo.mayUndo(row)
              ? html`<button class="button quiet" type="button" @click=${() => void this.#undo.ask(row)}>
                  ${text('undo')}
                </button>`
              : nothing
          }
        </div>
      </div>
      ${isOpen ? this.#report.render() : nothing}
    </li>`;
  }

  #badge({ status, undoneBy }: OperationSummary): unknown {
    const text = this.#context.textsOf('importRun');
    if (undoneBy) return html`<span class="past-state">${text('stateUndone')}</span>`;
    return status === 'cancelled' ? html`<span class="past-state">${text('stateStopped')}</span>` : nothing;
  }

  #numbers({ created, changed, skipped, failed }: OperationSummary): string {
    const text = this.#context.textsOf('importRun');
    const left = skipped + failed;
    return [
      text('historyCreated', { count: created }),
      ...(changed ? [text('historyChanged', { count: changed })] : []),
      ...(left ? [text('historyLeftOut', { count: left })] : []),
    ].join(', ');
  }

  #showMore(): void {
    this.#more = this.#next ?? undefined;
    this.#version++;
    this.#context.host.requestUpdate();
  }

  async #load(adapter: CustomerAdapter, access: Access, signal: AbortSignal): Promise<void> {
    const cursor = this.#more;
    const request = { kinds: ['import'], limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const page = await adapter.listOperations(request, { signal });
    this.#rows = cursor === undefined ? page.rows : [...this.#rows, ...page.rows];
    this.#next = page.next;
    if (cursor === undefined) this.#unfinished.show(await unfinished(adapter, access, page.rows, signal));
  }
}

const nameOf = ({ options }: Pick<OperationSummary, 'options'>): string =>
  typeof options.fileName === 'string' ? options.fileName : '';

/** What this person has begun and nobody has ended: kept in this browser, or known to the backend alone. */
async function unfinished(
  adapter: CustomerAdapter,
  access: Access,
  recent: readonly OperationSummary[],
  signal: AbortSignal,
): Promise<UnfinishedImport[]> {
  const imports = keptImportsOf(adapter, access);
  const kept = (await imports?.list()) ?? [];
  const found: UnfinishedImport[] = [];
  for (const one of kept) {
    const operation = await standing(adapter, one, signal);
    if (operation === 'ended') await imports?.remove(one.id);
    else {
      const { id, fileName, asked, options } = one;
      const done = operation === 'unknown' ? 0 : answeredOf(operation);
      found.push({ id, fileName, asked, done, options, kept: one, hasBegun: operation !== 'unknown' });
    }
  }
  for (const row of recent) {
    const isMine = row.mine ?? row.by === access.display_name;
    if (row.status !== 'running' || !isMine || found.some(({ id }) => id === row.id)) continue;
    const { id, asked, options } = row;
    found.push({ id, fileName: nameOf(row), asked, done: answeredOf(row), options, hasBegun: true });
  }
  return found;
}

/** A start that never got through left nothing behind, and can be sent again. */
async function standing(
  adapter: CustomerAdapter,
  { id }: KeptImport,
  signal: AbortSignal,
): Promise<OperationSummary | 'ended' | 'unknown'> {
  try {
    const operation = await adapter.getOperation({ id }, { signal });
    return operation.status === 'running' ? operation : 'ended';
  } catch (error) {
    if (isAdapterError(error, 'not_found')) return 'unknown';
    throw error;
  }
}

const answeredOf = ({ created, changed, unchanged, skipped, failed }: OperationSummary): number =>
  created + changed + unchanged + skipped + failed;
