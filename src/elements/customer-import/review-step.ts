import { html, nothing, type TemplateResult } from 'lit';
import type { FileReading } from '../../import/read-file.ts';
import type { ImportPolicy } from '../../model/import.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import type { ImportContext, ImportStepView } from './context.ts';
import { numberTiles } from './number-tiles.ts';
import { fromProblem, groupProblems } from './problem-groups.ts';
import { problemList } from './problem-list.ts';
import { stepFoot } from './step-foot.ts';
import { WholeFile } from './whole-file.ts';

/** What is wrong with the rows of the file, by kind. */
export class ReviewStep implements ImportStepView {
  readonly #context: ImportContext;

  constructor(context: ImportContext) {
    this.#context = context;
  }

  render(): TemplateResult {
    const { text } = this.#context;
    const { reading } = WholeFile.of(this.#context);
    return html`
      <h3 tabindex="-1">${text('reviewTitle')}</h3>
      ${reading ? this.#renderProblems(reading) : loading(this.#context)}
    `;
  }

  #renderProblems(reading: FileReading): TemplateResult {
    const { text, known, locale } = this.#context;
    const duplicates = reading.problems.filter(({ code }) => code === 'duplicate').length;
    const warned = new Set(reading.warnings.map(({ row }) => row)).size;
    return html`
      ${numberTiles(
        [
          { label: text('toImport'), value: reading.rows.length, tone: 'strong' },
          { label: text('duplicates'), value: duplicates },
          { label: text('errors'), value: reading.problems.length - duplicates, tone: 'alarming' },
          { label: text('toKnow'), value: warned },
        ],
        locale(),
      )}
      ${
        reading.problems.length
          ? html`<section>
              <h4>${text('leftOut')}</h4>
              ${problemList(groupProblems(reading.problems.map(fromProblem)), text, known())}
            </section>`
          : nothing
      }
      ${
        reading.warnings.length
          ? html`<section>
              <h4>${text('worthKnowing')}</h4>
              <p class="muted">${text('worthKnowingHint')}</p>
              ${problemList(groupProblems(reading.warnings.map(fromProblem)), text, known())}
            </section>`
          : nothing
      }
      ${stepFoot(this.#context, {
        text: willText(reading, undefined, this.#context),
        next: reading.rows.length ? text('nextStep') : undefined,
      })}
    `;
  }
}

const policies = ['both', 'create', 'update'] as const;

/** What becomes of customers who are here already, and the button that starts. */
export class PolicyStep implements ImportStepView {
  readonly #context: ImportContext;

  constructor(context: ImportContext) {
    this.#context = context;
  }

  render(): TemplateResult {
    const { text } = this.#context;
    const { reading } = WholeFile.of(this.#context);
    return html`
      <h3 tabindex="-1" id="policy-title">${text('policy')}</h3>
      ${reading ? this.#renderPolicies(reading) : loading(this.#context)}
    `;
  }

  #renderPolicies(reading: FileReading): TemplateResult {
    const { flow, text } = this.#context;
    const { policy = 'both' } = flow.decisions;
    return html`
      <div class="policy" role="radiogroup" aria-labelledby="policy-title">
        ${policies.map(
          (choice) => html`
            <label>
              <input
                type="radio"
                name="policy"
                value=${choice}
                .checked=${choice === policy}
                @change=${() => this.#choose(choice)}
              />
              <span>
                ${text(`policy_${choice}`)}
                <span class="muted">${text(`policyHint_${choice}`)}</span>
              </span>
            </label>
          `,
        )}
      </div>
      ${stepFoot(this.#context, {
        text: willText(reading, policy, this.#context),
        next: text('start', { count: reading.rows.length }),
        onNext: () => this.#start(reading, policy),
      })}
    `;
  }

  #choose(policy: ImportPolicy): void {
    const { flow, host } = this.#context;
    flow.decisions = { ...flow.decisions, policy };
    host.requestUpdate();
  }

  #start(reading: FileReading, policy: ImportPolicy): void {
    const detail = { fileName: reading.fileName, rows: reading.rows.length, policy };
    if (this.#context.ask('import-start', detail)) this.#context.flow.goTo('run');
  }
}

function loading({ text }: ImportContext): TemplateResult {
  return html`
    <div class="loading" aria-busy="true" aria-label=${text('loading')} role="status">
      ${skeletonLine('long')} ${skeletonLine('medium')}
    </div>
  `;
}

function willText(
  reading: FileReading,
  policy: ImportPolicy | undefined,
  { text }: ImportContext,
): TemplateResult {
  const count = reading.rows.length;
  const leftOut = reading.problems.length;
  return html`${count ? text(`will_${policy ?? 'both'}`, { count }) : text('nothing')}
  ${leftOut ? text('willLeave', { count: leftOut }) : nothing}`;
}
