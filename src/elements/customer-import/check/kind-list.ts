import { html, nothing, type TemplateResult } from 'lit';
import type { ProblemCode } from '../../../import/problem.ts';
import type { ImportOverview, ProblemKind } from '../../../import/session.ts';
import { formatNumber } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { CheckBoard, CheckView } from './check-board.ts';
import { isProblem } from './check-board.ts';
import { wordLists } from './settings-changes.ts';

interface KindEntry {
  view: CheckView;
  count: number;
}

const groups = ['error', 'skipped', 'warning'] as const;
const groupTitles = { error: 'groupError', skipped: 'groupSkipped', warning: 'groupWarning' } as const;

/** What there is to look at, with true numbers; what is done with stays where it was as long as it is looked at. */
export class KindList {
  readonly #board: CheckBoard;
  readonly #choose: (view: CheckView) => void;
  /** Where kinds belong that have no records any more. */
  readonly #severities = new Map<ProblemCode, ProblemKind['severity']>();

  constructor(board: CheckBoard, choose: (view: CheckView) => void) {
    this.#board = board;
    this.#choose = choose;
  }

  forget(): void {
    this.#severities.clear();
  }

  render(): TemplateResult {
    const { overview, text } = this.#board;
    for (const { code, severity } of overview.kinds) this.#severities.set(code, severity);
    const { records, counts } = overview;
    const rest: KindEntry[] = [{ view: 'ready', count: counts.ready }];
    if (counts.continuation) rest.push({ view: 'continuation', count: counts.continuation });
    rest.push({ view: 'all', count: records });
    return html`
      <nav class="kinds" part="problems" aria-label=${text('kinds')}>
        ${groups.map((severity) => this.#renderGroup(severity, this.#entries(severity)))}
        <ul class="kind-group">
          ${rest.map((entry) => this.#renderEntry(entry))}
        </ul>
      </nav>
    `;
  }

  #entries(severity: ProblemKind['severity']): KindEntry[] {
    const { overview, view, settings } = this.#board;
    const entries: KindEntry[] = overview.kinds
      .filter((kind) => kind.severity === severity)
      .map(({ code, count }) => ({ view: code, count }));
    const gone = [...this.#severities].filter(([code, was]) => {
      if (was !== severity || overview.kinds.some((kind) => kind.code === code)) return false;
      const list = wordLists[code];
      return code === view || (list !== undefined && Object.keys(settings.values?.[list] ?? {}).length > 0);
    });
    return [...entries, ...gone.map(([code]) => ({ view: code, count: 0 }))];
  }

  #renderGroup(severity: (typeof groups)[number], entries: KindEntry[]): unknown {
    if (!entries.length) return nothing;
    return html`
      <h4 class="kind-group-title" id="kinds-${severity}">${this.#board.text(groupTitles[severity])}</h4>
      <ul class="kind-group ${severity}" aria-labelledby="kinds-${severity}">
        ${entries.map((entry) => this.#renderEntry(entry))}
      </ul>
    `;
  }

  #renderEntry({ view, count }: KindEntry): TemplateResult {
    const { view: current, context } = this.#board;
    return html`
      <li>
        <button
          class="kind"
          type="button"
          data-view=${view}
          aria-current=${view === current ? 'true' : nothing}
          @click=${() => this.#choose(view)}
        >
          <span class="kind-name">${viewName(this.#board, view)}</span>
          <span class="kind-count">
            ${count === 0 ? html`<span class="kind-done">${icons.check}</span>` : nothing}${formatNumber(
              context.locale(),
              count,
            )}
          </span>
        </button>
      </li>
    `;
  }
}

/** A view in a word or two. */
export const viewName = ({ text }: CheckBoard, view: CheckView): string =>
  isProblem(view) ? text(`name_${view}`) : text(view);

/** A view in a sentence with its number. */
export function viewTitle({ text, context }: CheckBoard, view: CheckView, count: number): string {
  if (!isProblem(view)) return text(`title_${view}`, { count });
  return count ? context.text(`kind_${view}`, { count }) : text(`name_${view}`);
}

export function viewCount({ kinds, counts, records }: ImportOverview, view: CheckView): number {
  if (view === 'all') return records;
  if (!isProblem(view)) return counts[view];
  return kinds.find(({ code }) => code === view)?.count ?? 0;
}
