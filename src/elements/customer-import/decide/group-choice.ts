import { html, nothing, type TemplateResult } from 'lit';
import { groupNameWidth } from '../../../model/groups.ts';
import { TypeAhead, type Suggestion } from '../../../parts/fields/type-ahead.ts';
import { icons } from '../../../parts/icons.ts';
import type { ImportContext } from '../context.ts';

/** A group that is made when the import starts, so that none is left of an import that never did. */
export interface NewGroup {
  id: string;
  /** Of the operation that makes it. */
  operationId: string;
  name: string;
}

type Chosen = { isNew: false; id: string; name: string } | ({ isNew: true } & NewGroup);

/** The group that everybody in the file joins: one that is there, or a new one named after the file. */
export class GroupChoice {
  readonly #context: ImportContext;
  readonly #typeAhead: TypeAhead;
  readonly #onChange: () => void;
  #chosen: Chosen | undefined;
  #focuses = false;

  constructor(context: ImportContext, onChange: () => void) {
    this.#context = context;
    this.#onChange = onChange;
    this.#typeAhead = new TypeAhead(context.host, {
      takesFirst: true,
      load: async ({ search, cursor }, signal) => {
        const adapter = context.source();
        if (!adapter) return { options: [], next: null };
        const request = { limit: 20, ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) };
        const { rows, next } = await adapter.listGroups(request, { signal });
        return { options: rows.map(({ id, name, color }) => ({ value: id, label: name, color })), next };
      },
      choose: (suggestion) => this.#choose(suggestion),
      offer: (typed) => (this.#mayMake ? { value: newValue, label: typed, isNew: true } : undefined),
    });
    context.host.addController({ hostUpdated: () => this.#followFocus() });
  }

  /** One that is there already. */
  get id(): string | undefined {
    return this.#chosen?.isNew === false ? this.#chosen.id : undefined;
  }

  get newGroup(): NewGroup | undefined {
    if (!this.#chosen?.isNew) return undefined;
    const { id, operationId, name } = this.#chosen;
    return { id, operationId, name };
  }

  /** Of the group with this id, if it is the chosen one. */
  nameOf(id: string): string | undefined {
    return this.#chosen?.id === id ? this.#chosen.name : undefined;
  }

  forget(): void {
    this.#chosen = undefined;
    this.#typeAhead.clear();
  }

  render(): TemplateResult | typeof nothing {
    const { source, textsOf, locale, flow } = this.#context;
    if (!source()?.capabilities.groups) return nothing;
    const text = textsOf('importRun');
    const suggested = this.#suggestedName(flow.file?.name ?? '');
    return html`
      <div class="decision">
        <label for="import-group">${text('group')}</label>
        ${
          this.#chosen
            ? html`<p class="chosen-group">
                ${this.#chosen.isNew ? icons.plus : icons.people}
                <bdi>${this.#chosen.name}</bdi>
                ${this.#chosen.isNew ? html`<span class="muted">${text('groupNew')}</span>` : nothing}
                <button
                  class="button quiet icon"
                  type="button"
                  id="import-group"
                  aria-label=${text('groupRemove', { name: this.#chosen.name })}
                  title=${text('groupRemove', { name: this.#chosen.name })}
                  @click=${() => this.#take(undefined)}
                >
                  ${icons.cross}
                </button>
              </p>`
            : html`
                ${this.#typeAhead.render({
                  id: 'import-group',
                  label: text('group'),
                  value: '',
                  placeholder: text('groupNone'),
                  context: { text: textsOf('fields'), locale: locale() },
                })}
                ${
                  this.#mayMake && suggested
                    ? html`<button
                        class="link new-group"
                        type="button"
                        @click=${() => this.#choose({ value: newValue, label: suggested, isNew: true })}
                      >
                        ${icons.plus}<span>${text('groupFromFile', { name: suggested })}</span>
                      </button>`
                    : nothing
                }
              `
        }
      </div>
    `;
  }

  get #mayMake(): boolean {
    return this.#context.source()?.capabilities.groupEdit ?? false;
  }

  #suggestedName(fileName: string): string {
    return [...fileName.replace(/\.[^.]*$/, '').trim()].slice(0, groupNameWidth).join('');
  }

  #choose({ value, label, isNew = false }: Suggestion): void {
    const name = [...label.trim()].slice(0, groupNameWidth).join('');
    if (!isNew) this.#take({ isNew, id: value, name });
    else this.#take({ isNew, id: crypto.randomUUID(), operationId: crypto.randomUUID(), name });
  }

  #take(chosen: Chosen | undefined): void {
    this.#chosen = chosen;
    // What was pressed is gone; what took its place has the same id.
    this.#focuses = true;
    this.#onChange();
  }

  #followFocus(): void {
    if (!this.#focuses) return;
    this.#focuses = false;
    this.#context.host.shadowRoot?.querySelector<HTMLElement>('#import-group')?.focus();
  }
}

/** Of a group that has no id yet. */
const newValue = '';
