import { css, html, nothing, type TemplateResult } from 'lit';
import type { Messages, MessagesOf } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';
import type { Conflict, TheirChange } from '../../model/merge.ts';
import { formatDate, formatInstant, formatList, isolated } from '../format.ts';
import { isResolved, type OpenConflict, type Side } from './shared-save.ts';

export interface ConflictContext {
  text: (key: keyof MessagesOf<Messages['conflict']> & string, values?: TextValues) => string;
  locale: string;
  /** IANA name */
  timeZone: string;
}

export interface ConflictChoiceView {
  context: ConflictContext;
  conflict: OpenConflict;
  /** A field by its name in the reader's language. */
  label: (field: string) => string;
  /** A value as it is read, `undefined` where there is none. */
  show: (field: string, value: unknown) => string | undefined;
  isSaving: boolean;
  choose: (field: string, side: Side) => void;
  save: () => void;
  back: () => void;
}

/** What both changed, mine and theirs side by side, with who and when: one of each is chosen. */
export function conflictChoice(view: ConflictChoiceView): TemplateResult {
  const { context, conflict, isSaving } = view;
  const { text } = context;
  const canSave = isResolved(conflict) && !isSaving;
  const people = new Set(conflict.merge.conflicts.map(({ by }) => by ?? text('someone')));
  return html`
    <section class="conflict" aria-labelledby="conflict-title">
      <h3 id="conflict-title" tabindex="-1">
        ${text('title', { people: formatList(context.locale, [...people].map(isolated)) })}
      </h3>
      <p class="quiet">${text('explanation')}</p>
      ${conflict.merge.conflicts.map((one) => choiceOf(view, one))}
      ${
        conflict.merge.kept.length
          ? html`<p class="quiet">${keptText(context, conflict.merge.kept, view.label)}</p>`
          : nothing
      }
      <div class="conflict-actions">
        <button class="button" type="button" data-action="back" @click=${view.back}>${text('back')}</button>
        <button
          class="button primary"
          type="button"
          data-action="resolve"
          aria-disabled=${canSave ? 'false' : 'true'}
          @click=${() => canSave && view.save()}
        >
          ${text(isSaving ? 'saving' : 'save')}
        </button>
      </div>
    </section>
  `;
}

function choiceOf(view: ConflictChoiceView, conflict: Conflict): TemplateResult {
  const { context, label } = view;
  const { text, locale, timeZone } = context;
  const { field, at } = conflict;
  const by = conflict.by ?? text('someone');
  const when = at
    ? html`<time datetime=${at} title=${formatInstant(locale, at, timeZone)}
        >${formatDate(locale, at, timeZone)}</time
      >`
    : nothing;
  return html`
    <fieldset class="sides" data-field=${field}>
      <legend><bdi>${label(field)}</bdi></legend>
      ${side(view, conflict, 'mine', html`${text('mine')}`)}
      ${side(view, conflict, 'theirs', html`<bdi>${by}</bdi>${at ? html`<span class="quiet"> · ${when}</span>` : nothing}`)}
    </fieldset>
  `;
}

function side(view: ConflictChoiceView, conflict: Conflict, name: Side, who: TemplateResult): TemplateResult {
  const { field } = conflict;
  const shown = view.show(field, conflict[name]);
  return html`
    <label class="side">
      <input
        type="radio"
        name="conflict-${field}"
        value=${name}
        .checked=${view.conflict.choices.get(field) === name}
        @change=${() => view.choose(field, name)}
      />
      <span class="side-text">
        <span class="side-who">${who}</span>
        ${
          shown === undefined
            ? html`<span class="quiet">${view.context.text('nothing')}</span>`
            : html`<bdi class="side-value">${shown}</bdi>`
        }
      </span>
    </label>
  `;
}

/** "Meanwhile Ben changed: Phone. Both are kept." A sentence for each person. */
export function keptText(
  { text, locale }: ConflictContext,
  kept: readonly TheirChange[],
  label: (field: string) => string,
): string {
  const byPerson = new Map<string, string[]>();
  for (const { by = text('someone'), field } of kept) {
    byPerson.set(by, [...(byPerson.get(by) ?? []), isolated(label(field))]);
  }
  const sentences = [...byPerson].map(([by, fields]) =>
    text('kept', { by: isolated(by), fields: formatList(locale, fields) }),
  );
  return sentences.join(' ');
}

export const conflictStyles = css`
  .conflict {
    display: grid;
    gap: 16px;
    outline: none;
  }
  .conflict #conflict-title {
    margin: 0 0 -12px;
    font-size: 15px;
    font-weight: 600;
    outline: none;
  }
  .conflict p {
    margin: 0;
    font-size: 13px;
  }
  .sides {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 8px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .sides legend {
    margin-block-end: 4px;
    padding: 0;
    font-size: 13px;
    font-weight: 500;
  }
  .side {
    display: flex;
    gap: 10px;
    padding: 10px 12px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .side:hover {
    background: var(--_hover);
  }
  .side:has(input:checked) {
    border-color: var(--_accent);
    background: color-mix(in srgb, transparent, var(--_accent) 9%);
  }
  .side:has(input:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .side input {
    flex: none;
    margin-block-start: 2px;
    outline: none;
  }
  .side-text {
    display: grid;
    gap: 2px;
    min-width: 0;
    font-size: 13px;
  }
  .side-who {
    color: var(--_muted);
    font-size: 12px;
  }
  .side-value {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    text-align: start;
  }
  .conflict-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
  .conflict-actions .button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  .conflict .quiet {
    color: var(--_muted);
  }
  @container (inline-size < 400px) {
    .sides {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
