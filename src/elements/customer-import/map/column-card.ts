import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ColumnTarget } from '../../../import/columns.ts';
import { readDate, type DateOrder } from '../../../import/dates.ts';
import type { ColumnReading } from '../../../import/session.ts';
import { formatDay, formatPercentage } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import { holdsDates, questionOf, type Question } from './asking.ts';
import { fieldName, type ChoiceGroup, type NameTexts } from './field-names.ts';
import { choiceOf, columnsOf, mannerOf, type Manner, type TargetChoice } from './targets.ts';

export interface ColumnCardView extends NameTexts {
  column: ColumnReading;
  /** Where all columns go as the person wants it, also while the check of it is still going on. */
  targets: readonly ColumnTarget[];
  headers: readonly string[];
  groups: readonly ChoiceGroup[];
  records: number;
  platform: string;
  locale: string;
  /** Somebody has looked at it and left it so. */
  isConfirmed: boolean;
  dateOrder: DateOrder | undefined;
  choose: (choice: TargetChoice) => void;
  share: (manner: Manner) => void;
  invert: (inverted: boolean) => void;
  order: (order: DateOrder | undefined) => void;
  confirm: () => void;
}

/** One column: its header, three of its values, what it becomes, how sure we are and why. */
export function columnCard(view: ColumnCardView): TemplateResult {
  const { column, records, locale, mapping } = view;
  const { samples, filled, reason } = column;
  const question = view.isConfirmed ? undefined : questionOf(column);
  const isSecret = reason === 'secret';
  const share = filled > 0 && filled < records ? shareText(locale, filled, records) : undefined;
  return html`
    <li
      class="column ${question ? 'asks' : ''} ${isSecret ? 'locked' : ''} ${targetOfColumn(view).kind}"
      part="column"
      data-column=${column.index}
    >
      <div class="column-head">
        <bdi class="column-header" title=${headerOf(view)}>${headerOf(view)}</bdi>
        ${share ? html`<span class="column-filled">${mapping('filled', { share })}</span>` : nothing}
      </div>
      <div class="column-samples">
        ${
          isSecret
            ? icons.lock
            : samples.length
              ? samples.map((sample) => html`<bdi title=${sample}>${sample}</bdi>`)
              : html`<span>${mapping('empty')}</span>`
        }
      </div>
      ${isSecret ? nothing : targetSelect(view)} ${isSecret ? nothing : furtherChoices(view)}
      <p class="column-why">${whyText(view, question)}</p>
      ${question && question !== 'dates' ? answers(view, question) : nothing}
    </li>
  `;
}

const targetOfColumn = ({ targets, column }: ColumnCardView): ColumnTarget =>
  targets[column.index] ?? column.target;

export function headerOf({ column, mapping }: Pick<ColumnCardView, 'column' | 'mapping'>): string {
  return column.header || mapping('nameless', { number: column.index + 1 });
}

function targetSelect(view: ColumnCardView): TemplateResult {
  const { column, groups, mapping, choose } = view;
  const target = targetOfColumn(view);
  const chosen = choiceOf(target);
  const isOffered = groups.some(({ choices }) => choices.some(({ value }) => value === chosen));
  return html`
    <select
      class="field column-target"
      aria-label=${mapping('becomes', { column: headerOf(view) })}
      @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}
    >
      ${
        isOffered || target.kind !== 'field'
          ? nothing
          : html`<option value=${chosen} .selected=${live(true)}>
              ${fieldName(view, target.field, target.address)}
            </option>`
      }
      ${groups.map(
        ({ label, choices }) => html`
          <optgroup label=${label}>
            ${choices.map(
              (choice) =>
                // Without a name there is nothing to keep it under.
                html`<option
                  value=${choice.value}
                  ?disabled=${choice.value === 'metadata' && column.header === ''}
                  .selected=${live(choice.value === chosen)}
                >
                  ${choice.label}
                </option>`,
            )}
          </optgroup>
        `,
      )}
    </select>
  `;
}

/** What only some targets have to say: who speaks first, what a yes means, how dates are read. */
function furtherChoices(view: ColumnCardView): unknown {
  const target = targetOfColumn(view);
  if (target.kind === 'field')
    return [
      mannerSelect(view),
      target.field === 'accepts_marketing'
        ? small(
            view.mapping('yesMeans'),
            target.inverted ? 'refuses' : 'agrees',
            [
              ['agrees', view.mapping('yesMeans_agrees')],
              ['refuses', view.mapping('yesMeans_refuses')],
            ] as const,
            (value) => view.invert(value === 'refuses'),
          )
        : nothing,
    ];
  return target.kind === 'metadata' && holdsDates(view.column) ? dateSelect(view) : nothing;
}

function mannerSelect(view: ColumnCardView): unknown {
  const { column, targets, headers, mapping } = view;
  const target = targetOfColumn(view);
  if (target.kind !== 'field') return nothing;
  const sharing = columnsOf(targets, choiceOf(target));
  if (sharing.length < 2) return nothing;
  const manner = mannerOf(target);
  const other = sharing.find((index) => index !== column.index) ?? column.index;
  const name = { column: headers[manner === 'first' ? other : (sharing[0] ?? other)] ?? '' };
  return small(
    mapping('manner'),
    manner,
    [
      ['first', mapping('manner_first')],
      ['fallback', mapping('manner_fallback', name)],
      ['appended', mapping('manner_appended', name)],
    ] as const,
    view.share,
  );
}

function dateSelect({ column, dateOrder, locale, mapping, order }: ColumnCardView): TemplateResult {
  const example = (as: DateOrder): string => {
    const day = column.samples.map((sample) => readDate(sample, as)).find(Boolean);
    return day ? formatDay(locale, day.slice(0, 10)) : '';
  };
  const known = dateOrder ?? column.dateOrder ?? 'keep';
  return small(
    mapping('dates'),
    known,
    [
      ['keep', mapping(known === 'keep' ? 'dates_ask' : 'dates_keep')],
      ['day_first', mapping('dates_day_first', { date: example('day_first') })],
      ['month_first', mapping('dates_month_first', { date: example('month_first') })],
    ] as const,
    (value) => order(value === 'keep' ? undefined : value),
  );
}

function small<Value extends string>(
  label: string,
  value: Value,
  options: readonly (readonly [Value, string])[],
  choose: (value: Value) => void,
): TemplateResult {
  return html`
    <label class="column-further">
      <span>${label}</span>
      <select
        class="field"
        @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value as Value)}
      >
        ${options.map(
          ([key, shown]) => html`<option value=${key} .selected=${live(key === value)}>${shown}</option>`,
        )}
      </select>
    </label>
  `;
}

function whyText(view: ColumnCardView, question: Question | undefined): unknown {
  const { column, locale, mapping, platform } = view;
  const { reason, suggestion, confidence } = column;
  const isChanged = choiceOf(targetOfColumn(view)) !== choiceOf(column.target);
  if (isChanged) return sure(mapping('why_user'));
  if (question === 'suggestion' && suggestion) {
    return doubtful(mapping('why_suggestion', { field: fieldName(view, suggestion) }));
  }
  if (question === 'dates') return doubtful(mapping('why_date'));
  if (reason === 'platform') return sure(mapping('why_platform', { platform }));
  if (reason === 'values' || reason === 'likeness') {
    const why = mapping(`why_${reason}`, { share: formatPercentage(locale, Math.round(confidence * 100)) });
    return question ? doubtful(why) : sure(why);
  }
  if (reason === 'open') return mapping('why_open');
  if (reason === 'secret' || reason === 'nameless') return mapping(`why_${reason}`);
  return sure(mapping(`why_${reason}`));
}

const sure = (why: string): TemplateResult => html`${icons.check}<span>${why}</span>`;
const doubtful = (why: string): TemplateResult => html`${icons.warning}<span>${why}</span>`;

function answers(view: ColumnCardView, question: Question): TemplateResult {
  const { column, mapping, choose, confirm } = view;
  const { suggestion } = column;
  const use = question === 'suggestion' && suggestion;
  return html`
    <div class="column-answers">
      ${
        use
          ? html`<button class="button" type="button" @click=${() => choose(use)}>
              ${mapping('use', { field: fieldName(view, use) })}
            </button>`
          : nothing
      }
      <button class="button ${use ? 'quiet' : ''}" type="button" @click=${confirm}>
        ${mapping(use ? 'leave' : 'right')}
      </button>
    </div>
  `;
}

/** A whole per cent, never 0 where there is something. */
const shareText = (locale: string, part: number, whole: number): string =>
  formatPercentage(locale, Math.max(1, Math.floor((part / whole) * 100)));
