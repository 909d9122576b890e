import { html, nothing, type TemplateResult } from 'lit';
import { countryName, isolated } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { SettingsChange } from '../flow.ts';
import type { CheckBoard } from './check-board.ts';
import { isRepairable, withoutMeanings, withRepair, type WordList } from './settings-changes.ts';

interface Chip {
  label: string;
  /** The settings without it. */
  without: SettingsChange;
}

/** What a person has changed so far, each to be taken back as a whole. */
export function changeChips(board: CheckBoard): unknown {
  const chips = chipsOf(board);
  if (!chips.length) return nothing;
  return html`
    <ul class="chips" aria-label=${board.text('changes')}>
      ${chips.map((chip, place) => renderChip(board, chip, place))}
    </ul>
  `;
}

function renderChip(board: CheckBoard, { label, without }: Chip, place: number): TemplateResult {
  const { text } = board;
  return html`
    <li class="chip">
      <span class="chip-value">${label}</span>
      <button
        class="chip-remove"
        type="button"
        data-chip=${place}
        aria-label=${text('takeBackChange', { what: label })}
        title=${text('takeBackChange', { what: label })}
        @click=${() => {
          board.change(without, text('takenBack', { what: label }));
          board.focusHeading();
        }}
      >
        ${icons.cross}
      </button>
    </li>
  `;
}

function chipsOf({ settings, text, context }: CheckBoard): Chip[] {
  const { repairs = [], values = {}, edits = [], leftOut = [], replacements = [], defaultCountry } = settings;
  const chips: Chip[] = repairs
    .filter(isRepairable)
    .map((code) => ({ label: text(`chip_${code}`), without: withRepair(settings, code, false) }));
  for (const list of Object.keys(values) as WordList[]) {
    const count = Object.keys(values[list] ?? {}).length;
    if (count)
      chips.push({ label: text(`chip_${list}`, { count }), without: withoutMeanings(settings, list) });
  }
  if (defaultCountry) {
    const country = countryName(context.locale(), defaultCountry);
    chips.push({ label: text('chip_defaultCountry', { country }), without: { defaultCountry: undefined } });
  }
  replacements.forEach((replacement, place) => {
    const find = isolated(short(replacement.find));
    const replaceWith = isolated(short(replacement.replaceWith));
    chips.push({
      label: text(replacement.replaceWith ? 'chip_replacement' : 'chip_replacementEmpty', {
        find,
        replaceWith,
      }),
      without: { replacements: replacements.filter((_, other) => other !== place) },
    });
  });
  if (edits.length)
    chips.push({ label: text('chip_edits', { count: edits.length }), without: { edits: [] } });
  if (leftOut.length)
    chips.push({ label: text('chip_leftOut', { count: leftOut.length }), without: { leftOut: [] } });
  return chips;
}

const short = (value: string): string => (value.length > 30 ? `${value.slice(0, 29)}…` : value);
