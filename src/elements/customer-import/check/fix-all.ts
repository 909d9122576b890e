import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../../../parts/icons.ts';
import type { CheckBoard } from './check-board.ts';
import { quoted } from './cell-text.ts';
import { isRepairable, withRepair, type RepairableKind } from './settings-changes.ts';

interface Preview {
  before: string;
  after: string;
}

const mostPreviews = 3;
/** Records that are looked through for something to show. */
const mostLookedAt = 2000;

/** The repair of a kind for all its records at once, with a few of them before and after. */
export class FixAll {
  readonly #board: CheckBoard;
  #previews: Preview[] = [];
  #asked: unknown;

  constructor(board: CheckBoard) {
    this.#board = board;
  }

  render(): unknown {
    const { view, overview, text } = this.#board;
    if (!isRepairable(view)) return nothing;
    const count = overview.kinds.find(({ code }) => code === view)?.repairable ?? 0;
    if (!count) return nothing;
    void this.#load(view);
    return html`
      <div class="fix" part="fix">
        <p>${text('repairable', { count })}</p>
        <ul class="previews">
          ${this.#previews.map((preview) => this.#renderPreview(preview))}
        </ul>
        <button class="button" type="button" data-action="repair" @click=${() => this.#repair(view, count)}>
          ${text(`repair_${view}`, { count })}
        </button>
      </div>
    `;
  }

  #renderPreview({ before, after }: Preview): TemplateResult {
    return html`
      <li>
        <s class="before">${quoted(before)}</s>
        <span class="arrow" aria-hidden="true">${icons.arrow}</span>
        <span class="after">${quoted(after)}</span>
      </li>
    `;
  }

  #repair(view: RepairableKind, count: number): void {
    const { settings, text } = this.#board;
    this.#board.change(withRepair(settings, view, true), text(`repaired_${view}`, { count }));
    this.#board.focusHeading();
  }

  /** Once for each kind and check. */
  async #load(view: RepairableKind): Promise<void> {
    const { overview, context } = this.#board;
    const file = context.flow.open;
    if (this.#asked === overview || !file) return;
    this.#asked = overview;
    const found: Preview[] = [];
    try {
      for (let offset = 0; offset < mostLookedAt && found.length < mostPreviews; offset += 200) {
        const { total, records } = await file.ask('page', { of: view, offset, limit: 200 });
        for (const { problems } of records)
          for (const { code, value, repair } of problems)
            if (code === view && value !== undefined && repair !== undefined)
              found.push({ before: value, after: repair });
        if (offset + 200 >= total) break;
      }
    } catch {
      // A newer check is under way, and brings its own.
      return;
    }
    if (this.#asked !== overview) return;
    this.#previews = found.slice(0, mostPreviews);
    this.#board.redraw();
  }
}
