import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { dayOf } from '../../model/days.ts';
import type { TimelineEntry, TimelineKind } from '../../model/timeline.ts';
import { formatDay, formatDayOf } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import { stateBlock } from '../../parts/state-block.ts';
import { rowsFoot, type RowsFootView } from './rows-foot.ts';
import { timelineEntry, type EntryView } from './timeline-entry.ts';

export interface TimelineView extends RowsFootView, EntryView {
  entries: readonly TimelineEntry[];
  isLoaded: boolean;
  /** What stands there is about to be replaced. */
  isOld: boolean;
  offered: readonly TimelineKind[];
  /** What it is narrowed to; empty means everything. */
  kinds: ReadonlySet<TimelineKind>;
  /** Why the newest request failed, in plain words. */
  error: string | undefined;
  toggle: (kind: TimelineKind) => void;
  showEverything: () => void;
  retry: () => void;
}

export function timeline(view: TimelineView): TemplateResult {
  const { textOf } = view.context;
  return html`
    <div class="kinds" role="group" aria-label=${textOf('timeline', 'filter')}>
      ${view.offered.map(
        (kind) => html`
          <button
            class="kind"
            type="button"
            aria-pressed=${view.kinds.has(kind) ? 'true' : 'false'}
            @click=${() => view.toggle(kind)}
          >
            ${textOf('timeline', kind)}
          </button>
        `,
      )}
    </div>
    ${view.error === undefined ? nothing : failed(view, view.error)}
    ${view.isLoaded ? entries(view) : view.error === undefined ? loading(view) : nothing}
  `;
}

function entries(view: TimelineView): TemplateResult {
  const { context } = view;
  const { locale, timeZone, textOf } = context;
  if (!view.entries.length) {
    return html`
      <div class="nothing-yet">
        <p>${textOf('timeline', 'nothing')}</p>
        <button class="button" type="button" @click=${view.showEverything}>
          ${textOf('timeline', 'showEverything')}
        </button>
      </div>
    `;
  }
  return html`
    <ol
      class="rows days ${view.isOld ? 'old' : ''}"
      tabindex="-1"
      aria-label=${context.text('timeline')}
      aria-busy=${view.isOld ? 'true' : 'false'}
    >
      ${repeat(
        byDay(view.entries, timeZone),
        ({ day }) => day,
        ({ day, of, first }) => html`
          <li>
            <h3 class="day" title=${formatDay(locale, day)}>${formatDayOf(locale, first, timeZone)}</h3>
            <ol class="entries">
              ${repeat(
                of,
                ({ id }) => id,
                (entry) => timelineEntry(view, entry),
              )}
            </ol>
          </li>
        `,
      )}
    </ol>
    ${rowsFoot(view)}
  `;
}

interface Day {
  /** `YYYY-MM-DD` in the site's time zone */
  day: string;
  /** The moment of its newest entry. */
  first: string;
  of: TimelineEntry[];
}

function byDay(all: readonly TimelineEntry[], timeZone: string): Day[] {
  const days: Day[] = [];
  for (const entry of all) {
    const day = dayOf(new Date(entry.at), timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.of.push(entry);
    else days.push({ day, first: entry.at, of: [entry] });
  }
  return days;
}

function loading({ context: { text } }: TimelineView): TemplateResult {
  return html`
    <div class="loading-entries" role="status">
      <span class="visually-hidden">${text('loading')}</span>
      ${[1, 2, 3, 4].map(
        () => html`
          <div class="entry">
            <span class="skeleton round"></span>
            <div class="entry-body">
              <div>${skeletonLine('medium')}</div>
              <div>${skeletonLine('short')}</div>
            </div>
          </div>
        `,
      )}
    </div>
  `;
}

/** Beside what stands there already, or in its place. */
function failed({ context: { textOf }, isLoaded, retry }: TimelineView, reason: string): TemplateResult {
  const again = html`<button class="button" type="button" data-action="retry" @click=${retry}>
    ${textOf('shared', 'retry')}
  </button>`;
  if (isLoaded) {
    return html`<div class="outdated" role="alert">${icons.warning}<span>${reason}</span>${again}</div>`;
  }
  return stateBlock({
    icon: icons.warning,
    alert: true,
    title: textOf('timeline', 'failed'),
    text: reason,
    actions: again,
  });
}
