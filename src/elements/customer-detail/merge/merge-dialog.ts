import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Customer } from '../../../model/customer.ts';
import type { CustomerRecord } from '../../../model/detail.ts';
import type { Duplicate, MergePreview } from '../../../model/duplicates.ts';
import { displayName } from '../../../model/names.ts';
import { avatar } from '../../../parts/avatar.ts';
import { isolated } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import { skeletonLine } from '../../../parts/skeleton.ts';
import type { DetailContext } from '../context.ts';
import { reasonList } from './banner.ts';
import type { ChoosableField, Choices } from './choices.ts';
import { comparison } from './comparison.ts';
import type { Pair } from './merging.ts';

export interface MergeDialogView {
  context: DetailContext;
  subject: CustomerRecord;
  attach: (element: HTMLDialogElement | undefined) => void;
  suggested: readonly Duplicate[];
  term: string;
  /** Absent while nothing was searched, or the search is under way. */
  found: readonly Customer[] | undefined;
  searchError: string | undefined;
  /** Absent while the other one is not chosen. */
  pair: Pair | undefined;
  preview: MergePreview | undefined;
  previewError: string | undefined;
  choices: Choices;
  /** Why it was not merged. */
  problem: string | undefined;
  isPending: boolean;
  search: (term: string) => void;
  choose: (id: string) => void;
  keep: (id: string) => void;
  take: (field: ChoosableField, id: string) => void;
  back: () => void;
  retry: () => void;
  merge: () => void;
  close: () => void;
}

/** First the other one is found, then the two are compared: one dialog, so that nothing is lost in between. */
export function mergeDialog(view: MergeDialogView): TemplateResult {
  const { text, direction } = view.context;
  const title = view.pair
    ? text('mergeTitle')
    : text('mergeFindTitle', { customer: isolated(displayName(view.subject)) });
  return html`
    <dialog
      ${ref((element) => view.attach(element as HTMLDialogElement | undefined))}
      class="merge panel"
      part="merge"
      dir=${direction}
      aria-labelledby="merge-title"
      @keydown=${(event: Event) => event.stopPropagation()}
      @cancel=${(event: Event) => {
        event.preventDefault();
        event.stopPropagation();
        view.close();
      }}
    >
      <h2 id="merge-title" tabindex="-1">${title}</h2>
      <div class="merge-body">${view.pair ? compared(view) : finder(view)}</div>
      ${actions(view)}
    </dialog>
  `;
}

function actions({ context: { text }, pair, preview, isPending, ...view }: MergeDialogView): TemplateResult {
  const canMerge = preview !== undefined && preview.blockers.length === 0;
  return html`
    <div class="merge-actions">
      ${
        pair
          ? html`<button class="button quiet start" type="button" data-action="again" @click=${view.back}>
              ${text('mergeAgain')}
            </button>`
          : nothing
      }
      <button class="button" type="button" data-action="cancel" @click=${view.close}>
        ${text('cancelEdit')}
      </button>
      ${
        pair
          ? html`<button
              class="button primary"
              type="button"
              data-action="merge"
              aria-disabled=${canMerge && !isPending ? 'false' : 'true'}
              @click=${() => (canMerge && !isPending ? view.merge() : undefined)}
            >
              ${text('mergeNow')}
            </button>`
          : nothing
      }
    </div>
  `;
}

function compared(view: MergeDialogView): TemplateResult {
  const { context, preview, previewError, problem } = view;
  const { text } = context;
  const alert = problem
    ? html`<p class="merge-problem" role="alert">${icons.warning}${problem}</p>`
    : nothing;
  if (preview) {
    const { choices, keep, take } = view;
    return html`${alert} ${comparison({ context, subject: view.subject, preview, choices, keep, take })}`;
  }
  if (previewError !== undefined) {
    return html`
      ${alert}
      <p class="merge-problem" role="alert">
        ${icons.warning}${text('mergePreviewFailed', { reason: previewError })}
      </p>
      <button class="button" type="button" data-action="retry" @click=${view.retry}>
        ${text('tryAgain')}
      </button>
    `;
  }
  return html`<div class="merge-loading" aria-busy="true">
    ${skeletonLine('long')}${skeletonLine('medium')}${skeletonLine('long')}
    <span class="visually-hidden">${text('loading')}</span>
  </div>`;
}

function finder(view: MergeDialogView): TemplateResult {
  const { context, suggested, term, found, searchError } = view;
  const { text, locale } = context;
  return html`
    <label class="merge-search">
      <span>${text('mergeSearch')}</span>
      <input
        class="field"
        type="search"
        autocomplete="off"
        placeholder=${text('mergeSearchHint')}
        .value=${term}
        @input=${(event: Event) => view.search((event.target as HTMLInputElement).value)}
      />
    </label>
    ${
      term.trim() === '' && suggested.length
        ? html`<h3>${text('mergeSuggested')}</h3>
            <ul class="merge-people">
              ${suggested.map((one) => person(view, one.customer, reasonList(text, locale, one)))}
            </ul>`
        : nothing
    }
    ${
      found?.length
        ? html`<h3>${text('mergeFound')}</h3>
            <ul class="merge-people">
              ${found.map((one) => person(view, one, one.phone ?? ''))}
            </ul>`
        : nothing
    }
    <p class="merge-hint" role="status">
      ${found?.length === 0 ? text('mergeNobody') : nothing}
      ${searchError === undefined ? nothing : text('mergeSearchFailed', { reason: searchError })}
    </p>
  `;
}

function person({ choose }: MergeDialogView, customer: Customer, note: string): TemplateResult {
  return html`<li>
    <button class="merge-person" type="button" data-id=${customer.id} @click=${() => choose(customer.id)}>
      ${avatar(customer)}
      <span class="merge-who">
        <bdi class="merge-name">${displayName(customer)}</bdi>
        <bdi class="merge-email">${customer.email}</bdi>
      </span>
      <span class="merge-note">${note}</span>
    </button>
  </li>`;
}
