import { html, nothing, type TemplateResult } from 'lit';
import type { ImportOptions } from '../../../model/import.ts';
import { icons } from '../../../parts/icons.ts';
import type { ImportContext, ImportStepView } from '../context.ts';
import { numberTiles } from '../number-tiles.ts';
import { fromFailures, groupProblems } from '../problem-groups.ts';
import { problemList } from '../problem-list.ts';
import type { RunStep } from '../run/run-step.ts';
import { stepFoot } from '../step-foot.ts';
import { AgainChoice, plainRefusals } from './again-choice.ts';
import { ChangeList } from './change-list.ts';
import { DryRunner } from './dry-run.ts';
import type { DryRunResult } from './dry-run-result.ts';
import { GroupChoice } from './group-choice.ts';
import { fieldRules, matchChoice, policyChoice, type DecisionChange } from './policy-choice.ts';

type Decisions = ImportContext['flow']['decisions'];

/** What is to become of customers who are here already, and what the backend says would happen then. */
export class DecideStep implements ImportStepView {
  readonly #context: ImportContext;
  readonly #run: RunStep;
  readonly #dryRun: DryRunner;
  readonly #group: GroupChoice;
  readonly #again: AgainChoice;
  readonly #changes: ChangeList;
  /** The check that the decisions were made for. */
  #of: unknown;
  #fileOf: unknown;

  constructor(context: ImportContext, run: RunStep) {
    this.#context = context;
    this.#run = run;
    this.#dryRun = new DryRunner(context);
    this.#changes = new ChangeList(context.host);
    this.#group = new GroupChoice(context, () => this.#ask());
    this.#again = new AgainChoice(context, () => this.#ask());
  }

  enter(): void {
    const { flow } = this.#context;
    // Another file may have other columns, and another check other records.
    if (this.#fileOf !== flow.open) {
      flow.decisions = { policy: 'both' };
      this.#group.forget();
    }
    if (this.#of !== flow.overview) {
      this.#again.forget();
      this.#forgetMissingColumn();
    }
    this.#fileOf = flow.open;
    this.#of = flow.overview;
    this.#ask();
  }

  render(): TemplateResult {
    const { flow, text, textsOf } = this.#context;
    const { overview } = flow;
    if (!overview) return html``;
    const decide = (change: DecisionChange): void => this.#decide(change);
    return html`
      <h3 tabindex="-1">${textsOf('importRun')('decideTitle')}</h3>
      ${
        overview.counts.ready
          ? html`
              <div class="decisions">
                ${policyChoice(this.#context, decide)}
                <div class="decision-row">
                  ${matchChoice(this.#context, overview, decide)} ${this.#group.render()}
                </div>
                ${fieldRules(this.#context, overview, decide)}
              </div>
              ${this.#preview()} ${this.#foot()}
            `
          : stepFoot(this.#context, { text: text('nothing') })
      }
    `;
  }

  #decide(change: DecisionChange): void {
    const { flow } = this.#context;
    const merged = { ...flow.decisions, ...change };
    flow.decisions = Object.fromEntries(
      Object.entries(merged).filter(([, value]) => value !== undefined),
    ) as Decisions;
    this.#ask();
  }

  /** The column that customers are found by may have become something else. */
  #forgetMissingColumn(): void {
    const { externalIdKey } = this.#context.flow.decisions;
    const columns = this.#context.flow.overview?.columns ?? [];
    const isThere = columns.some(
      ({ target, header }) => target.kind === 'metadata' && header === externalIdKey,
    );
    if (externalIdKey !== undefined && !isThere) this.#decide({ match: undefined, externalIdKey: undefined });
  }

  get #isSupported(): boolean {
    return this.#context.source()?.capabilities.dryRun ?? false;
  }

  #ask(): void {
    const { flow, host } = this.#context;
    this.#takeGroup();
    host.requestUpdate();
    if (!this.#isSupported || !flow.overview?.counts.ready) return;
    const options: ImportOptions = { ...flow.decisions };
    this.#dryRun.ask({ options, again: this.#again.chosen, joins: this.#group.newGroup?.id });
  }

  #takeGroup(): void {
    const { flow } = this.#context;
    const { id } = this.#group;
    flow.decisions = { ...flow.decisions };
    if (id === undefined) delete flow.decisions.group;
    else flow.decisions.group = id;
  }

  #preview(): TemplateResult {
    const { textsOf, locale, errorText } = this.#context;
    const text = textsOf('importRun');
    const { state, progress, result, error } = this.#dryRun;
    if (!this.#isSupported) return html`<p class="notice preview-none">${text('previewUnsupported')}</p>`;
    const { done = 0, total = 0 } = progress ?? {};
    return html`
      <section class="preview" aria-busy=${state === 'running' ? 'true' : 'false'}>
        <h4>${text('preview')}</h4>
        ${
          state === 'running'
            ? html`<div class="preview-progress">
                <p class="progress-line">
                  <span role="status"
                    >${progress?.state === 'waiting' ? textsOf('importing')('waiting') : text('previewing')}</span
                  >
                  <span class="muted">${textsOf('importing')('progress', { handled: done, total })}</span>
                </p>
                <progress
                  part="progress"
                  max=${total || 1}
                  .value=${done}
                  aria-label=${text('previewing')}
                ></progress>
                <button class="button" type="button" @click=${() => this.#cancelPreview()}>
                  ${text('previewCancel')}
                </button>
              </div>`
            : nothing
        }
        ${
          state === 'failed'
            ? html`<div class="notice alarming" role="alert">
                ${icons.warning}
                <div>
                  <p>${text('previewFailed', { reason: errorText(error) })}</p>
                  <button class="button" type="button" @click=${() => this.#dryRun.goOn()}>
                    ${textsOf('shared')('retry')}
                  </button>
                </div>
              </div>`
            : nothing
        }
        ${
          state === 'cancelled'
            ? html`<p class="notice">
                <span>${text('previewCancelled')}</span>
                <button class="link" type="button" @click=${() => this.#askAgain()}>
                  ${text('previewAgain')}
                </button>
              </p>`
            : nothing
        }
        ${state === 'done' && result ? this.#result(result, locale()) : nothing}
        ${this.#again.render(state === 'done' ? result : undefined)}
      </section>
    `;
  }

  #result(result: DryRunResult, locale: string): TemplateResult {
    const { text, textsOf, known } = this.#context;
    const said = textsOf('importRun');
    const { created, changed, unchanged, skipped, failed } = result.counts;
    const conflicting = result.refused.get('conflicting')?.length ?? 0;
    const refusals = plainRefusals(result);
    return html`
      ${numberTiles(
        [
          { label: said('tileNew'), value: created, tone: 'strong' },
          { label: said('tileChanged'), value: changed, tone: 'strong' },
          { label: text('unchanged'), value: unchanged },
          { label: said('tileLeftOut'), value: skipped + failed - conflicting },
          { label: said('tileConflicting'), value: conflicting, tone: 'alarming' },
        ],
        locale,
      )}
      ${
        changed
          ? html`<section>
              <h4>${said('changes')}</h4>
              ${this.#changes.render(
                result,
                {
                  text: said,
                  locale,
                  groupName: (id) => this.#group.nameOf(id) ?? id,
                },
                text,
              )}
            </section>`
          : nothing
      }
      ${
        refusals.length
          ? html`<section>
              <h4>${text('leftOut')}</h4>
              ${problemList(
                groupProblems(
                  fromFailures(
                    refusals.map(({ row, code, field, message }) => ({
                      row,
                      code,
                      message,
                      outcome: 'skipped' as const,
                      ...(field === undefined ? {} : { field }),
                    })),
                    [],
                  ).map((one, index) => ({ ...one, value: refusals[index]?.label })),
                ),
                text,
                known(),
              )}
            </section>`
          : nothing
      }
    `;
  }

  #foot(): TemplateResult {
    const { flow, text, textsOf } = this.#context;
    const said = textsOf('importRun');
    const { counts } = flow.overview ?? { counts: { ready: 0, invalid: 0, duplicate: 0, left_out: 0 } };
    const judged = counts.invalid + counts.duplicate + counts.left_out;
    const leaves = (count: number): unknown => (count ? text('willLeave', { count }) : nothing);
    const { state, result } = this.#dryRun;
    const start = (): void => void this.#start();
    if (state !== 'done' || !result) {
      return stepFoot(this.#context, {
        text: html`${text(`will_${flow.decisions.policy ?? 'both'}`, { count: counts.ready })}
        ${leaves(judged)}`,
        next: text('start', { count: counts.ready }),
        onNext: start,
        isBusy: state === 'running',
      });
    }
    const { created, changed, unchanged, skipped, failed } = result.counts;
    const count = created + changed;
    return stepFoot(this.#context, {
      text: html`
        ${count ? said('will', { count, created, changed }) : said('willNothing')}
        ${unchanged && count ? said('willStay', { count: unchanged }) : nothing}
        ${leaves(judged + skipped + failed)}
      `,
      next: count ? text('start', { count }) : said('startAnyway'),
      onNext: start,
    });
  }

  #cancelPreview(): void {
    this.#dryRun.cancel();
    this.#context.host.shadowRoot?.querySelector<HTMLElement>('.step h3')?.focus();
  }

  #askAgain(): void {
    this.#dryRun.forget();
    this.#ask();
    this.#context.host.shadowRoot?.querySelector<HTMLElement>('.step h3')?.focus();
  }

  async #start(): Promise<void> {
    const { flow, ask } = this.#context;
    const { overview, file } = flow;
    if (!overview || !file) return;
    const detail = {
      fileName: file.name,
      rows: overview.counts.ready,
      policy: flow.decisions.policy ?? 'both',
    };
    if (!ask('import-start', detail)) return;
    await this.#run.start({
      decisions: flow.decisions,
      newGroup: this.#group.newGroup,
      again: new Map(this.#again.chosen),
      expected: this.#dryRun.state === 'done' ? this.#dryRun.result : undefined,
    });
  }
}
