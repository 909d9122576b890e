import { html, type TemplateResult } from 'lit';
import { customerWidths } from '../../../model/customer.ts';
import { TagsField } from '../../../parts/fields/tags-field.ts';
import type { BulkHost } from './bulk.ts';

type TagsAction = 'add_tags' | 'remove_tags';

/** Several tags, those of the shop by type-ahead; to be added, also new ones. */
export class TagsPicker {
  readonly #host: BulkHost;
  readonly #chosen: (action: TagsAction, tags: string[]) => void;
  readonly #fields: Record<TagsAction, TagsField>;
  #tags: string[] = [];

  constructor(host: BulkHost, chosen: (action: TagsAction, tags: string[]) => void) {
    this.#host = host;
    this.#chosen = chosen;
    this.#fields = {
      add_tags: new TagsField(host.element),
      remove_tags: new TagsField(host.element, { onlyKnown: true }),
    };
  }

  open(action: TagsAction, anchor: HTMLElement): void {
    const { popover, element } = this.#host;
    const isOpen = popover.current === action;
    this.#tags = [];
    popover.toggle({
      name: action,
      anchor,
      role: 'dialog',
      label: this.#label(action),
      render: () => this.#render(action),
    });
    if (!isOpen) void element.updateComplete.then(() => this.#fields[action].focus());
  }

  #label(action: TagsAction): string {
    return this.#host.texts.operations(action === 'add_tags' ? 'chooseTags' : 'chooseTagsToLose');
  }

  #render(action: TagsAction): TemplateResult {
    const { texts, context, source, element } = this.#host;
    const isLong = this.#tags.some((tag) => [...tag].length > customerWidths.tag);
    return html`<form class="bulk-tags" @submit=${(event: Event) => this.#submit(event, action)}>
      ${this.#fields[action].render({
        id: `bulk-${action}`,
        label: this.#label(action),
        context: { text: texts.fields, locale: context().locale },
        adapter: source(),
        value: this.#tags,
        error: isLong ? texts.operations('tagTooLong', { most: customerWidths.tag }) : undefined,
        change: (tags) => {
          this.#tags = tags;
          element.requestUpdate();
        },
      })}
      <div class="bulk-buttons">
        <button class="button primary" type="submit" data-action="apply" ?disabled=${isLong}>
          ${texts.operations(`action_${action}`)}
        </button>
      </div>
    </form>`;
  }

  // What is still being typed has become a tag by then: the field was left.
  #submit(event: Event, action: TagsAction): void {
    event.preventDefault();
    if (!this.#tags.length) {
      this.#fields[action].focus();
      return;
    }
    this.#host.popover.close();
    this.#chosen(action, this.#tags);
  }
}
