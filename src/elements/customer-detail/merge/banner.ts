import { html, nothing, type TemplateResult } from 'lit';
import type { Duplicate, DuplicateReason } from '../../../model/duplicates.ts';
import { displayName } from '../../../model/names.ts';
import { formatList, isolated } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { DetailText, DetailTextKey } from '../context.ts';

const reasonTexts: Record<DuplicateReason, DetailTextKey> = {
  phone: 'reasonPhone',
  name_postcode: 'reasonNamePostcode',
  email: 'reasonEmail',
};

export const reasonList = (text: DetailText, locale: string, { reasons }: Duplicate): string =>
  formatList(
    locale,
    reasons.map((reason) => text(reasonTexts[reason])),
  );

export interface BannerView {
  text: DetailText;
  locale: string;
  duplicate: Duplicate;
  /** How many others might be the same person. */
  more: number;
  /** Absent for who may not merge. */
  compare: (() => void) | undefined;
  dismiss: () => void;
}

/** "Might be the same person as …", above the numbers. */
export function banner({ text, locale, duplicate, more, compare, dismiss }: BannerView): TemplateResult {
  const customer = isolated(displayName(duplicate.customer));
  return html`
    <div class="duplicate">
      ${icons.people}
      <span class="duplicate-text">
        ${text('maybeSame', { customer, reasons: reasonList(text, locale, duplicate) })}
        ${more ? text('maybeSameMore', { count: more }) : nothing}
      </span>
      ${
        compare
          ? html`<button class="button" type="button" data-action="compare" @click=${compare}>
              ${text('compare')}
            </button>`
          : nothing
      }
      <button class="button quiet" type="button" data-action="dismiss" @click=${dismiss}>
        ${text('notSamePerson')}
      </button>
    </div>
  `;
}
