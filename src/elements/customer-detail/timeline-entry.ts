import { html, nothing, type TemplateResult } from 'lit';
import type { TimelineEntry } from '../../model/timeline.ts';
import { displayName } from '../../model/names.ts';
import { formatInstant, formatTime, isolated } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { DetailContext } from './context.ts';
import { changedFields, longText } from './timeline-fields.ts';
import { orderNumber, orderStatus, orderTotal, type OrdersView } from './orders.ts';

export type EntryView = Pick<OrdersView, 'context' | 'href' | 'open'>;

type EntryOf<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>;

interface Told {
  icon: TemplateResult;
  what: unknown;
  more?: unknown;
}

/** One thing that happened: what, by whom and when. */
export function timelineEntry(view: EntryView, entry: TimelineEntry): TemplateResult {
  const { context } = view;
  const { locale, timeZone, textOf } = context;
  const { icon, what, more = nothing } = told(view, entry);
  const by = (entry.kind === 'note' ? entry.author : undefined) ?? entry.origin?.by;
  return html`
    <li class="entry" part="timeline-entry">
      <span class="entry-icon">${icon}</span>
      <div class="entry-body">
        <p class="entry-what">${what}</p>
        ${more}
        <p class="entry-by">
          <time datetime=${entry.at} title=${formatInstant(locale, entry.at, timeZone)}
            >${formatTime(locale, entry.at, timeZone)}</time
          >
          ${by ? html`<span>${textOf('timeline', 'by', { by: isolated(by) })}</span>` : nothing}
          ${
            entry.of
              ? html`<span title=${entry.of.email}
                  >${textOf('timeline', 'of', { customer: isolated(displayName(entry.of)) })}</span
                >`
              : nothing
          }
        </p>
      </div>
    </li>
  `;
}

function told(view: EntryView, entry: TimelineEntry): Told {
  const { context } = view;
  const { textOf } = context;
  switch (entry.kind) {
    case 'created':
      return { icon: icons.person, what: created(context, entry) };
    case 'customer':
      return customerChange(context, entry);
    case 'address':
      return addressChange(context, entry);
    case 'group': {
      const said = isEmpty(entry.after) ? entry.before : entry.after;
      const group = isolated(wordOf(said.name));
      return { icon: icons.people, what: textOf('timeline', membership(entry, said.byHand), { group }) };
    }
    case 'note':
      return noteChange(context, entry);
    case 'order': {
      const { order } = entry;
      const number = textOf('timeline', 'orderPlaced', { number: isolated(order.order_number) });
      return {
        icon: icons.bag,
        what: html`${orderNumber(view, order, number)} ${orderTotal(context, order)}`,
        more: html`<p class="entry-more">${orderStatus(context, order)}</p>`,
      };
    }
    case 'email':
      return {
        icon: icons.mail,
        what: textOf('timeline', 'emailSent'),
        more: html`<p class="entry-more"><bdi>${wordOf(entry.after.subject)}</bdi></p>`,
      };
    case 'other':
      return { icon: icons.clock, what: textOf('timeline', 'other', { name: isolated(entry.name) }) };
  }
}

/** Of a group that a rule fills, what is said by hand counts before the rule. */
function membership({ after }: EntryOf<'group'>, byHand: unknown) {
  if (byHand === 'remove') return 'groupKeptOut';
  if (byHand === 'release') return 'groupLeftToRule';
  return isEmpty(after) ? 'groupLeft' : 'groupJoined';
}

function created({ textOf }: DetailContext, { origin }: EntryOf<'created'>): string {
  if (origin?.kind === 'checkout') return textOf('timeline', 'createdByCheckout');
  if (origin?.kind !== 'import') return textOf('timeline', 'created');
  return origin.fileName === null
    ? textOf('timeline', 'createdByNamelessImport')
    : textOf('timeline', 'createdByImport', { file: isolated(origin.fileName) });
}

function customerChange(context: DetailContext, entry: EntryOf<'customer'>): Told {
  const { textOf } = context;
  const { before, after, merged } = entry;
  if ('merged_from' in after) {
    if (after.merged_from === null) return { icon: icons.merge, what: textOf('timeline', 'mergeUndone') };
    const customer = merged ? isolated(displayName(merged)) : textOf('timeline', 'somebody');
    return { icon: icons.merge, what: textOf('timeline', 'merged', { customer }) };
  }
  if ('merged_into' in after) {
    const isUndone = after.merged_into === null;
    return { icon: icons.merge, what: textOf('timeline', isUndone ? 'mergeUndone' : 'mergedAway') };
  }
  if ('deleted_at' in after) {
    return after.deleted_at === null
      ? { icon: icons.restore, what: textOf('timeline', 'restored') }
      : { icon: icons.bin, what: textOf('timeline', 'deleted') };
  }
  return { icon: icons.pencil, what: changedBy(context, entry), more: changedFields(context, before, after) };
}

function changedBy({ textOf }: DetailContext, { origin }: EntryOf<'customer'>): string {
  switch (origin?.kind) {
    case 'import':
      return origin.fileName === null
        ? textOf('timeline', 'changedByNamelessImport')
        : textOf('timeline', 'changedByImport', { file: isolated(origin.fileName) });
    case 'checkout':
      return textOf('timeline', 'changedByCheckout');
    case 'promote':
      return textOf('timeline', 'promoted');
    case 'undo':
      return textOf('timeline', 'changedByUndo');
    default:
      return textOf('timeline', 'changed');
  }
}

function addressChange(context: DetailContext, entry: EntryOf<'address'>): Told {
  const { textOf } = context;
  const { before, after, about } = entry;
  const name = after.label ?? before.label ?? about;
  const label = typeof name === 'string' && name ? isolated(name) : undefined;
  const happened = isEmpty(before) ? 'addressAdded' : isEmpty(after) ? 'addressDeleted' : 'addressChanged';
  return {
    icon: icons.house,
    what: label ? textOf('timeline', happened, { label }) : textOf('timeline', 'someAddressChanged'),
    // All of its fields at once would hide the rest.
    more: happened === 'addressChanged' ? changedFields(context, before, after) : nothing,
  };
}

function noteChange(context: DetailContext, entry: EntryOf<'note'>): Told {
  const { textOf } = context;
  const { before, after, about, origin } = entry;
  const content = wordOf(after.content ?? before.content ?? about ?? '');
  const text =
    content && html`<div class="entry-more entry-text" dir="auto">${longText(context, content)}</div>`;
  if (isEmpty(before)) {
    const isBack = origin !== null && origin.kind !== 'add_note';
    return { icon: icons.note, what: textOf('timeline', isBack ? 'noteRestored' : 'noteAdded'), more: text };
  }
  if (isEmpty(after)) return { icon: icons.bin, what: textOf('timeline', 'noteDeleted'), more: text };
  if ('content' in after) {
    return {
      icon: icons.note,
      what: textOf('timeline', 'noteEdited'),
      more: changedFields(context, { content: before.content }, { content: after.content }),
    };
  }
  return {
    icon: icons.pin,
    what: textOf('timeline', after.pinned === true ? 'notePinned' : 'noteUnpinned'),
    more: text,
  };
}

const isEmpty = (fields: object): boolean => Object.keys(fields).length === 0;

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
