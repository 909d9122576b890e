import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ExportField } from '../../model/export.ts';
import { icons } from '../../parts/icons.ts';
import type { ExportContext } from './context.ts';
import { allFields, fieldGroups, fieldLabel, labelInGroup, type FieldGroup } from './field-groups.ts';

interface ColumnsChoiceOptions {
  context: () => ExportContext;
  /** The chosen ones, in the order of the columns. */
  fields: () => readonly ExportField[];
  defaults: () => readonly ExportField[];
  choose: (fields: readonly ExportField[]) => void;
  announce: (text: string) => void;
}

interface Drag {
  field: ExportField;
  /** Between which columns it would be put, from 0 to their number. */
  gap: number;
}

/** Which columns a file has, and in which order: ticked by groups at one side, put in order at the other. */
export class ColumnsChoice {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: ColumnsChoiceOptions;
  #drag: Drag | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: ColumnsChoiceOptions) {
    this.#host = host;
    this.#options = options;
  }

  render(): TemplateResult {
    const { text } = this.#options.context();
    const fields = this.#options.fields();
    return html`
      <section class="columns" aria-labelledby="columns-title">
        <div class="columns-head">
          <h3 id="columns-title">${text('columns')}</h3>
          <button
            class="text-button"
            type="button"
            data-action="default"
            @click=${() => this.#options.choose(this.#options.defaults())}
          >
            ${text('defaults')}
          </button>
          <button class="text-button" type="button" data-action="all" @click=${() => this.#chooseAll()}>
            ${text('all')}
          </button>
        </div>
        <div class="panes">
          <div class="pane groups">
            ${(Object.keys(fieldGroups) as FieldGroup[]).map((group) => this.#renderGroup(group, fields))}
          </div>
          <div class="pane order">
            <p class="pane-title" id="order-title">${text('inFile', { count: fields.length })}</p>
            ${
              fields.length
                ? html`<ol aria-labelledby="order-title">
                    ${repeat(
                      fields,
                      (field) => field,
                      (field, place) => this.#renderColumn(field, place, fields.length),
                    )}
                  </ol>`
                : html`<p class="pane-empty" role="status">${text('noColumns')}</p>`
            }
          </div>
        </div>
        <p class="hint">${text('columnsHint')}</p>
      </section>
    `;
  }

  #renderGroup(group: FieldGroup, chosen: readonly ExportField[]): TemplateResult {
    const { text } = this.#options.context();
    const members: readonly ExportField[] = fieldGroups[group];
    const ticked = members.filter((field) => chosen.includes(field)).length;
    const toggleAll = () =>
      this.#options.choose(
        ticked === members.length
          ? chosen.filter((field) => !members.includes(field))
          : [...chosen, ...members.filter((field) => !chosen.includes(field))],
      );
    return html`
      <fieldset class="group" data-group=${group}>
        <legend>
          <label class="tick">
            <input
              type="checkbox"
              .checked=${live(ticked === members.length)}
              .indeterminate=${live(ticked > 0 && ticked < members.length)}
              @change=${toggleAll}
            />
            <span>${text(`group_${group}`)}</span>
          </label>
        </legend>
        ${members.map(
          (field) => html`
            <label class="tick">
              <input
                type="checkbox"
                data-field=${field}
                .checked=${live(chosen.includes(field))}
                @change=${() => this.#toggle(field)}
              />
              <span>${labelInGroup(field, text)}</span>
            </label>
          `,
        )}
      </fieldset>
    `;
  }

  #renderColumn(field: ExportField, place: number, count: number): TemplateResult {
    const { text } = this.#options.context();
    const column = fieldLabel(field, text);
    const gap = this.#drag?.gap;
    const marks = [
      this.#drag?.field === field ? 'dragged' : '',
      gap === place ? 'gap-before' : '',
      gap === count && place === count - 1 ? 'gap-behind' : '',
    ];
    return html`
      <li class="column ${marks.join(' ')}" data-column=${field}>
        <span
          class="handle"
          aria-hidden="true"
          @pointerdown=${(event: PointerEvent) => this.#onGrab(event, field)}
        >
          ${icons.grip}
        </span>
        <span class="grow">${column}</span>
        ${this.#moveButton(field, place, -1, place === 0)}
        ${this.#moveButton(field, place, 1, place === count - 1)}
        <button
          class="button quiet icon"
          type="button"
          data-remove=${field}
          aria-label=${text('remove', { column })}
          title=${text('remove', { column })}
          @click=${() => this.#remove(field, place)}
        >
          ${icons.cross}
        </button>
      </li>
    `;
  }

  #moveButton(field: ExportField, place: number, step: -1 | 1, isLast: boolean): TemplateResult {
    const { text } = this.#options.context();
    const label = text(step < 0 ? 'moveUp' : 'moveDown', { column: fieldLabel(field, text) });
    // Not `disabled`, which would drop the focus of who has just come to the end.
    return html`
      <button
        class="button quiet icon"
        type="button"
        data-move="${field} ${step}"
        aria-label=${label}
        aria-disabled=${isLast ? 'true' : 'false'}
        title=${label}
        @click=${() => isLast || this.#move(field, step < 0 ? place - 1 : place + 2, `[data-move="${field} ${step}"]`)}
      >
        ${step < 0 ? icons.ascending : icons.descending}
      </button>
    `;
  }

  #toggle(field: ExportField): void {
    const fields = this.#options.fields();
    this.#options.choose(fields.includes(field) ? fields.filter((one) => one !== field) : [...fields, field]);
  }

  /** What is chosen already stays where it is. */
  #chooseAll(): void {
    const fields = this.#options.fields();
    this.#options.choose([...fields, ...allFields.filter((field) => !fields.includes(field))]);
  }

  #remove(field: ExportField, place: number): void {
    this.#toggle(field);
    const { [place]: next, [place - 1]: before } = this.#options.fields();
    const neighbour = next ?? before;
    void this.#focus(neighbour ? `[data-remove="${neighbour}"]` : `[data-field="${field}"]`);
  }

  /** Into the gap before the column that is at a place now; the number of columns is behind the last. */
  #move(field: ExportField, gap: number, focus?: string): void {
    const fields = this.#options.fields();
    const from = fields.indexOf(field);
    const place = gap > from ? gap - 1 : gap;
    if (place === from) return;
    const moved = fields.filter((one) => one !== field);
    moved.splice(place, 0, field);
    this.#options.choose(moved);
    const { text } = this.#options.context();
    const column = fieldLabel(field, text);
    this.#options.announce(text('moved', { column, place: place + 1, count: fields.length }));
    if (focus) void this.#focus(focus);
  }

  async #focus(selector: string): Promise<void> {
    await this.#host.updateComplete;
    this.#host.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
  }

  #onGrab(event: PointerEvent, field: ExportField): void {
    if (event.button !== 0 || !event.isPrimary) return;
    // No text is selected meanwhile.
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    const list = handle.closest('ol');
    const pane = handle.closest('.pane');
    if (!list || !pane) return;
    const ended = new AbortController();
    const end = () => {
      ended.abort();
      const drag = this.#drag;
      this.#drag = undefined;
      this.#host.requestUpdate();
      return drag;
    };
    const listen = <Name extends keyof HTMLElementEventMap>(
      target: HTMLElement | Document,
      type: Name,
      listener: (event: HTMLElementEventMap[Name]) => void,
    ) => target.addEventListener(type, listener as EventListener, { signal: ended.signal, capture: true });

    handle.setPointerCapture(event.pointerId);
    listen(handle, 'pointermove', ({ clientY }) => {
      const columns = [...list.children].map((column) => column.getBoundingClientRect());
      const gap = columns.findIndex(({ top, height }) => clientY < top + height / 2);
      this.#drag = { field, gap: gap < 0 ? columns.length : gap };
      const { top, bottom } = pane.getBoundingClientRect();
      if (clientY < top + edge) pane.scrollBy({ top: -edge / 3 });
      else if (clientY > bottom - edge) pane.scrollBy({ top: edge / 3 });
      this.#host.requestUpdate();
    });
    listen(handle, 'pointerup', () => {
      const drag = end();
      if (drag) this.#move(field, drag.gap);
    });
    listen(handle, 'pointercancel', end);
    listen(document, 'keydown', (press) => {
      if (press.key !== 'Escape') return;
      // Not also for the dialog that it would close.
      press.preventDefault();
      press.stopPropagation();
      end();
    });
  }
}

/** Pixels from the pane's edge where dragging scrolls it. */
const edge = 28;
