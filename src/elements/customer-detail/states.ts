import { html, type TemplateResult } from 'lit';
import { isAdapterError } from '../../adapter/errors.ts';
import { formatDate } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import { stateBlock } from '../../parts/state-block.ts';
import type { DetailContext } from './context.ts';

/** Where tabs and their content will stand. */
export function loadingState({ text }: DetailContext): TemplateResult {
  return html`
    <div class="loading" role="status">
      <span class="visually-hidden">${text('loading')}</span>
      <div class="loading-tabs">${[1, 2, 3].map(() => html`<span>${skeletonLine('medium')}</span>`)}</div>
      ${[1, 2, 3, 4].map(
        () =>
          html`<div class="fact">
            <span>${skeletonLine('medium')}</span><span>${skeletonLine('long')}</span>
          </div>`,
      )}
    </div>
  `;
}

export interface FailedView {
  context: DetailContext;
  error: unknown;
  /** What it means, in plain words. */
  message: string;
  retryLabel: string;
  retry: () => void;
  /** Opens the customer that a merged one became part of. */
  goTo: (customerId: string) => void;
  /** Takes a deletion back; absent for those who may not. */
  restore: (() => void) | undefined;
}

/** Gone, or not to be had just now: which of them, and what can be done. */
export function failedState(view: FailedView): TemplateResult {
  return isAdapterError(view.error, 'not_found') ? goneState(view) : errorState(view);
}

/** The word that stands in the name's place. */
export function failedTitle({ text }: DetailContext, error: unknown): string {
  if (!isAdapterError(error, 'not_found')) return text('customer');
  return text(
    error.mergedInto
      ? 'mergedTitle'
      : error.reason === 'erased'
        ? 'erasedTitle'
        : error.reason === 'deleted'
          ? 'deletedTitle'
          : 'missingTitle',
  );
}

function goneState({ context, error, goTo, restore }: FailedView): TemplateResult {
  const { text, locale, timeZone } = context;
  const { mergedInto, deletedAt, reason } = isAdapterError(error) ? error : {};
  if (mergedInto) {
    return stateBlock({
      icon: icons.people,
      title: text('mergedTitle'),
      text: text('mergedText'),
      actions: html`<button
        class="button primary"
        type="button"
        data-action="go"
        @click=${() => goTo(mergedInto)}
      >
        ${text('openRemaining')}
      </button>`,
    });
  }
  if (reason === 'erased' && deletedAt) {
    return stateBlock({
      icon: icons.person,
      title: text('erasedTitle'),
      text: text('erasedText', { when: formatDate(locale, deletedAt, timeZone) }),
    });
  }
  const isDeleted = reason === 'deleted';
  const since = deletedAt ? text('deletedText', { when: formatDate(locale, deletedAt, timeZone) }) : '';
  return stateBlock({
    icon: isDeleted ? icons.bin : icons.person,
    title: text(isDeleted ? 'deletedTitle' : 'missingTitle'),
    text: isDeleted ? since : text('missingText'),
    actions:
      isDeleted && restore
        ? html`<button class="button" type="button" data-action="restore" @click=${restore}>
            ${text('restore')}
          </button>`
        : undefined,
  });
}

function errorState({ context: { text }, error, message, retryLabel, retry }: FailedView): TemplateResult {
  const code = isAdapterError(error) ? error.code : undefined;
  return stateBlock({
    icon: icons.warning,
    alert: true,
    title: text('errorTitle'),
    text: message,
    actions: html`<button class="button" type="button" data-action="retry" @click=${retry}>
      ${retryLabel}
    </button>`,
    ...(code ? { reference: text('errorReference', { reference: code }) } : {}),
  });
}
