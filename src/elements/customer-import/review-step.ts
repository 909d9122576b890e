import { html, nothing, type TemplateResult } from 'lit';
import type { FileReading } from '../../import/read-file.ts';
import type { Messages } from '../../locales/messages.ts';
import type { ImportPolicy } from '../../model/import.ts';
import { columnCards } from './column-cards.ts';
import type { ImportText } from './import-text.ts';
import { fromProblem, groupProblems } from './problem-groups.ts';
import { problemList } from './problem-list.ts';
import { numberTiles } from './number-tiles.ts';

export interface ReviewStep {
  reading: FileReading;
  policy: ImportPolicy;
  text: ImportText;
  known: Messages['importing'];
  locale: string;
  onPolicy: (policy: ImportPolicy) => void;
  onAnother: () => void;
  onStart: () => void;
}

const policies = ['both', 'create', 'update'] as const;

/** What the file is, what its columns become, what is wrong with it, and in one sentence what will happen. */
export function reviewStep(step: ReviewStep): TemplateResult {
  const { reading, text, known, locale, onAnother } = step;
  const duplicates = reading.problems.filter(({ code }) => code === 'duplicate').length;
  const warned = new Set(reading.warnings.map(({ row }) => row)).size;
  return html`
    <div class="file">
      <div class="file-text">
        <h3 tabindex="-1">
          <span class="visually-hidden">${text('reviewTitle')}</span>
          <bdi class="file-name">${reading.fileName}</bdi>
        </h3>
        <p class="muted" part="file">${fileLine(reading, text)}</p>
      </div>
      <button class="button quiet" type="button" @click=${onAnother}>${text('another')}</button>
    </div>
    ${numberTiles(
      [
        { label: text('toImport'), value: reading.rows.length, tone: 'strong' },
        { label: text('duplicates'), value: duplicates },
        { label: text('errors'), value: reading.problems.length - duplicates, tone: 'alarming' },
        { label: text('toKnow'), value: warned },
      ],
      locale,
    )}
    <section>
      <h4>${text('columns')}</h4>
      ${columnCards(reading.columns, reading.records, text)}
    </section>
    ${
      reading.problems.length
        ? html`<section>
            <h4>${text('leftOut')}</h4>
            ${problemList(groupProblems(reading.problems.map(fromProblem)), text, known)}
          </section>`
        : nothing
    }
    ${
      reading.warnings.length
        ? html`<section>
            <h4>${text('worthKnowing')}</h4>
            <p class="muted">${text('worthKnowingHint')}</p>
            ${problemList(groupProblems(reading.warnings.map(fromProblem)), text, known)}
          </section>`
        : nothing
    }
    ${reading.rows.length ? policyChoice(step) : nothing} ${footer(step)}
  `;
}

/** "Shopify export · 47 rows · UTF-8 · comma" */
function fileLine({ platform, records, encoding, delimiter, sheet }: FileReading, text: ImportText): unknown {
  const parts = [
    platformText(platform, text),
    text('rows', { count: records }),
    ...(encoding ? [encoding.replace(/^utf/, 'UTF').replace(/^windows/, 'Windows')] : []),
    ...(delimiter ? [text(`delimiter_${delimiter}`)] : []),
    ...(sheet === null ? [] : [sheet]),
  ];
  // Each by itself, or Latin names would pull the numbers about in a right-to-left line.
  return parts.map((part, index) => html`${index ? ' · ' : nothing}<bdi>${part}</bdi>`);
}

function platformText(platform: FileReading['platform'], text: ImportText): string {
  if (!platform) return text('platformNone');
  const key = `platform_${platform.id}`;
  return key === 'platform_shopify_export' || key === 'platform_shopify_template' ? text(key) : platform.name;
}

function policyChoice({ policy, text, onPolicy }: ReviewStep): TemplateResult {
  return html`
    <fieldset class="policy">
      <legend>${text('policy')}</legend>
      ${policies.map(
        (choice) => html`
          <label>
            <input
              type="radio"
              name="policy"
              value=${choice}
              .checked=${choice === policy}
              @change=${() => onPolicy(choice)}
            />
            <span>
              ${text(`policy_${choice}`)}
              <span class="muted">${text(`policyHint_${choice}`)}</span>
            </span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

function footer({ reading, policy, text, onStart, onAnother }: ReviewStep): TemplateResult {
  const count = reading.rows.length;
  const leftOut = reading.problems.length;
  return html`
    <div class="footer">
      <p>
        ${count ? text(`will_${policy}`, { count }) : text('nothing')}
        ${leftOut ? text('willLeave', { count: leftOut }) : nothing}
      </p>
      ${
        count
          ? html`<button class="button primary" type="button" @click=${onStart}>
              ${text('start', { count })}
            </button>`
          : html`<button class="button primary" type="button" @click=${onAnother}>${text('another')}</button>`
      }
    </div>
  `;
}
