import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerRecord } from '../../../model/detail.ts';
import type { MergePreview } from '../../../model/duplicates.ts';
import { displayName } from '../../../model/names.ts';
import { avatar } from '../../../parts/avatar.ts';
import { formatList, isolated } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { DetailContext, DetailText } from '../context.ts';
import {
  chosenId,
  fieldLabels,
  fieldsToChoose,
  leadingEmail,
  type ChoosableField,
  type Choices,
} from './choices.ts';

export interface ComparisonView {
  context: DetailContext;
  /** Whose detail is open: its column is the first, whichever stays. */
  subject: CustomerRecord;
  preview: MergePreview;
  choices: Choices;
  keep: (id: string) => void;
  take: (field: ChoosableField, id: string) => void;
}

/** Both side by side: who stays, what is chosen of whom, and what that does. */
export function comparison(view: ComparisonView): TemplateResult {
  const { context, subject, preview, choices } = view;
  const { text } = context;
  const both = preview.keep.id === subject.id ? [preview.keep, preview.gone] : [preview.gone, preview.keep];
  const fields = fieldsToChoose(preview);
  return html`
    <div class="merge-grid" role="group" aria-label=${text('mergeWhichStays')}>
      <span class="merge-corner"></span>
      ${both.map((customer) => header(view, customer))}
    </div>
    ${fields.map(
      (field) => html`
        <div class="merge-grid merge-row" role="radiogroup" aria-label=${text(fieldLabels[field])}>
          <span class="merge-label" aria-hidden="true">${text(fieldLabels[field])}</span>
          ${both.map((customer) => choice(view, customer, field))}
        </div>
      `,
    )}
    ${fields.length ? nothing : html`<p class="merge-hint">${text('mergeSameFields')}</p>`}
    ${
      preview.blockers.includes('two_accounts')
        ? html`<p class="merge-problem" role="alert">${icons.warning}${text('mergeTwoAccounts')}</p>`
        : consequences(context, preview, choices)
    }
  `;
}

function header(
  { context: { text }, preview, keep }: ComparisonView,
  customer: CustomerRecord,
): TemplateResult {
  const stays = customer.id === preview.keep.id;
  return html`<label class="merge-head ${stays ? 'stays' : ''}">
    <span class="merge-who">
      ${avatar(customer)}
      <bdi class="merge-name">${displayName(customer)}</bdi>
    </span>
    <span class="merge-stays">
      <input
        type="radio"
        name="stays"
        value=${customer.id}
        .checked=${stays}
        aria-label="${text('mergeStays')}: ${displayName(customer)}, ${customer.email}"
        @change=${() => keep(customer.id)}
      />
      ${text(stays ? 'mergeStays' : 'mergeBecomesPart')}
    </span>
  </label>`;
}

function choice(view: ComparisonView, customer: CustomerRecord, field: ChoosableField): TemplateResult {
  const { context, preview, choices, take } = view;
  const isChosen = chosenId(preview, choices, field) === customer.id;
  return html`<label class="merge-choice ${isChosen ? 'chosen' : ''}">
    <input
      type="radio"
      name="merge-${field}"
      value=${customer.id}
      .checked=${isChosen}
      @change=${() => take(field, customer.id)}
    />
    <bdi>${shown(context.text, customer, field)}</bdi>
  </label>`;
}

function shown(text: DetailText, customer: CustomerRecord, field: ChoosableField): string {
  if (field === 'accepts_marketing') return text(customer[field] ? 'marketingYes' : 'marketingNo');
  if (field === 'status') return text(customer.status === 'active' ? 'mergeActive' : 'mergeInactive');
  return customer[field] || text('none');
}

function consequences(
  { text, locale }: DetailContext,
  preview: MergePreview,
  choices: Choices,
): TemplateResult {
  const { keep, moving } = preview;
  const things = (
    [
      ['orderCount', moving.orders],
      ['noteCount', moving.notes],
      ['addressCount', moving.addresses],
      ['groupCount', moving.groups],
    ] as const
  ).filter(([, count]) => count > 0);
  return html`
    <ul class="merge-consequences">
      <li>
        ${
          things.length
            ? text('mergeMoves', {
                things: formatList(
                  locale,
                  things.map(([key, count]) => text(key, { count })),
                ),
              })
            : text('mergeMovesNothing')
        }
      </li>
      <li>${text('mergeAllTags')}</li>
      <li>
        ${text('mergeLeads', {
          email: isolated(leadingEmail(preview, choices)),
          customer: isolated(displayName(keep)),
        })}
      </li>
      <li>${text('mergeUndoable')}</li>
    </ul>
  `;
}
