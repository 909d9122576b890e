import { html, nothing, type TemplateResult } from 'lit';
import type { FileReading } from '../../import/read-file.ts';
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
        text: willText(reading, this.#context),
        next: reading.rows.length ? text('nextStep') : undefined,
      })}
    `;
  }
}

function loading({ text }: ImportContext): TemplateResult {
  return html`
    <div class="loading" aria-busy="true" aria-label=${text('loading')} role="status">
      ${skeletonLine('long')} ${skeletonLine('medium')}
    </div>
  `;
}

function willText(reading: FileReading, { text }: ImportContext): TemplateResult {
  const count = reading.rows.length;
  const leftOut = reading.problems.length;
  return html`${count ? text('will_both', { count }) : text('nothing')}
  ${leftOut ? text('willLeave', { count: leftOut }) : nothing}`;
}
