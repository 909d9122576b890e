import { css, html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { icons } from '../icons.ts';
import { fieldNotes, type FieldContext, type FieldView } from './field.ts';
import { TypeAhead } from './type-ahead.ts';

export interface TagsFieldView extends FieldView {
  context: FieldContext;
  adapter: CustomerAdapter | undefined;
  value: readonly string[];
  change: (tags: string[]) => void;
}

const pageSize = 50;

/** Tags as pills, and a field that suggests those of the shop; Enter or a comma adds what is typed. */
export class TagsField {
  readonly #typeAhead: TypeAhead;
  readonly #suggested = new Set<string>();
  #view: TagsFieldView | undefined;

  /** `onlyKnown`: no tag that the shop doesn't have. */
  constructor(host: ReactiveControllerHost & HTMLElement, { onlyKnown = false } = {}) {
    this.#typeAhead = new TypeAhead(host, {
      load: async (request, signal) => {
        const adapter = this.#view?.adapter;
        if (!adapter?.capabilities.tags) return { options: [], next: null };
        const { rows, next } = await adapter.listTags({ ...request, limit: pageSize }, { signal });
        const chosen = this.#view?.value ?? [];
        for (const tag of rows) this.#suggested.add(tag);
        const options = rows
          .filter((tag) => !chosen.includes(tag))
          .map((tag) => ({ value: tag, label: tag }));
        return { options, next };
      },
      offer: (typed) => {
        const isThere = this.#view?.value.includes(typed) ?? false;
        return isThere || onlyKnown ? undefined : { value: typed, label: typed, isNew: true };
      },
      choose: ({ value }) => this.#add([value]),
      settle: (typed) => {
        if (!onlyKnown || this.#suggested.has(typed.trim())) this.#add([typed]);
      },
    });
  }

  focus(): void {
    this.#typeAhead.focus();
  }

  render(view: TagsFieldView): TemplateResult {
    this.#view = view;
    const { id, label, context, value } = view;
    return html`
      <div class="form-field tags-field">
        <label class="form-label" for=${id}>${label}</label>
        ${
          value.length
            ? html`<ul class="tags-chosen" aria-label=${label}>
                ${value.map((tag, index) => this.#tag(context, tag, index))}
              </ul>`
            : ''
        }
        ${this.#typeAhead.render({
          ...view,
          value: '',
          placeholder: context.text('tagsPlaceholder'),
          keydown: (event) => this.#onKeydown(event),
          paste: (event) => this.#onPaste(event),
        })}
        ${fieldNotes(view)}
      </div>
    `;
  }

  #tag(context: FieldContext, tag: string, index: number): TemplateResult {
    return html`<li class="pill" title=${tag}>
      <bdi class="pill-text">${tag}</bdi>
      <button
        class="tag-remove"
        type="button"
        aria-label=${context.text('removeTag', { tag })}
        @click=${() => this.#remove(index)}
      >
        ${icons.cross}
      </button>
    </li>`;
  }

  #add(typed: string[]): void {
    const view = this.#view;
    const tags = typed.map((tag) => tag.trim()).filter(Boolean);
    if (view && tags.length) view.change([...new Set([...view.value, ...tags])]);
  }

  // The button is gone with its tag.
  #remove(index: number): void {
    this.#view?.change(this.#view.value.filter((_, place) => place !== index));
    this.#typeAhead.focus();
  }

  #onKeydown(event: KeyboardEvent): void {
    const { typed } = this.#typeAhead;
    const tags = this.#view?.value ?? [];
    if (event.key === ',' && typed?.trim()) {
      event.preventDefault();
      this.#typeAhead.clear();
      this.#add([typed]);
    } else if (event.key === 'Backspace' && !typed && tags.length) {
      event.preventDefault();
      this.#remove(tags.length - 1);
    }
  }

  /** A list from elsewhere. */
  #onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text') ?? '';
    if (!/[,;\n\t]/.test(text)) return;
    event.preventDefault();
    this.#add(text.split(/[,;\n\t]+/));
  }
}

export const tagsFieldStyles = css`
  .tags-chosen {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 0 0 6px;
    padding: 0;
    list-style: none;
  }
  .tags-chosen .pill {
    padding-inline-end: 2px;
  }
  .tag-remove {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 20px;
    height: 20px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  .tag-remove svg {
    width: 12px;
    height: 12px;
  }
  .tag-remove:hover {
    background: var(--_pressed);
    color: var(--_text);
  }
  @media (pointer: coarse) {
    .tags-chosen {
      gap: 8px;
    }
    .tags-chosen .pill {
      height: 36px;
      border-radius: 18px;
    }
    .tag-remove {
      width: 36px;
      height: 36px;
    }
  }
`;
