import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { countriesIn } from '../../../parts/country-search.ts';
import { isolated } from '../../../parts/format.ts';
import type { CheckBoard } from './check-board.ts';
import { isProblem } from './check-board.ts';
import { quoted } from './cell-text.ts';
import { withMeaning, wordLists, type WordList } from './settings-changes.ts';

/** Words shown at first: a list of countries each is much to draw. */
const fewWords = 10;

type Meaning = string | boolean | null;

/** Words of the file that no rule understands, each with its rows and what a person says it means. */
export class WordMeanings {
  readonly #board: CheckBoard;
  /** Also of words that have a meaning by now, which the check doesn't count any more. */
  #counts = new Map<WordList, Map<string, number>>();
  #shown = fewWords;

  constructor(board: CheckBoard) {
    this.#board = board;
  }

  forget(): void {
    this.#counts.clear();
    this.#shown = fewWords;
  }

  render(): unknown {
    const { view, overview, settings, text } = this.#board;
    const list = isProblem(view) ? wordLists[view] : undefined;
    if (!list) return nothing;
    const counts = this.#counts.get(list) ?? new Map<string, number>();
    this.#counts.set(list, counts);
    for (const { value, count } of overview.kinds.find(({ code }) => code === view)?.values ?? [])
      counts.set(value, count);
    const chosen = settings.values?.[list] ?? {};
    const words = [...new Set([...counts.keys(), ...Object.keys(chosen)])];
    if (!words.length) return nothing;
    const more = words.length - this.#shown;
    return html`
      <div class="words">
        <ul>
          ${repeat(
            words.slice(0, this.#shown),
            (word) => word,
            (word) => this.#renderWord(list, word, counts.get(word), meaningOf(chosen, word)),
          )}
        </ul>
        ${
          more > 0
            ? html`<button
                class="button quiet"
                type="button"
                data-action="more-words"
                @click=${() => this.#more()}
              >
                ${text('moreWords', { count: Math.min(more, fewWords) })}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  #more(): void {
    this.#shown += fewWords;
    this.#board.redraw();
  }

  #renderWord(
    list: WordList,
    word: string,
    count: number | undefined,
    meaning: Meaning | undefined,
  ): TemplateResult {
    const { text } = this.#board;
    const chosen = toValue(meaning);
    return html`
      <li class="word">
        <span class="word-text">${quoted(word)}</span>
        <span class="quiet word-count">${count === undefined ? nothing : text('wordCount', { count })}</span>
        <select
          class="field"
          aria-label=${text('meaning', { word: isolated(word.slice(0, 100)) })}
          .value=${live(chosen)}
          @change=${(event: Event) => this.#choose(list, word, (event.currentTarget as HTMLSelectElement).value)}
        >
          <option value="" ?selected=${chosen === ''}>${text('meaningOpen')}</option>
          <option value="null" ?selected=${chosen === 'null'}>${text(`meaningNothing_${list}`)}</option>
          ${this.#choices(list).map(
            ([value, label]) => html`<option value=${value} ?selected=${chosen === value}>${label}</option>`,
          )}
        </select>
      </li>
    `;
  }

  #choices(list: WordList): (readonly [string, string])[] {
    const { text, context } = this.#board;
    if (list === 'country')
      return countriesIn(context.locale()).map(({ code, name }) => [code, name] as const);
    if (list === 'status')
      return [
        ['active', text('meaningActive')],
        ['inactive', text('meaningInactive')],
      ];
    return [
      ['true', text('meaningYes')],
      ['false', text('meaningNo')],
    ];
  }

  #choose(list: WordList, word: string, value: string): void {
    const { settings, text } = this.#board;
    const said = text(value === '' ? 'meaningTaken' : 'meaningSet', { word: isolated(word.slice(0, 100)) });
    this.#board.change(withMeaning(settings, list, word, fromValue(list, value)), said);
  }
}

/** Words come from the file, and may be called like what every object has. */
const meaningOf = (chosen: Record<string, Meaning>, word: string): Meaning | undefined =>
  Object.hasOwn(chosen, word) ? chosen[word] : undefined;

const toValue = (meaning: Meaning | undefined): string => (meaning === undefined ? '' : String(meaning));

function fromValue(list: WordList, value: string): Meaning | undefined {
  if (value === '') return undefined;
  if (value === 'null') return null;
  return list === 'accepts_marketing' ? value === 'true' : value;
}
