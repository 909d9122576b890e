import type { ReactiveController, TemplateResult } from 'lit';
import type { CustomerAddress, CustomerDetail } from '../../model/detail.ts';
import { AddressBook } from './address-book.ts';
import { addressLines } from './address-lines.ts';
import type { FieldEditor } from './field-editor.ts';
import type { DetailHost, DetailTab } from './detail-host.ts';
import { info } from './info.ts';
import type { PillEditor } from './pill-editor.ts';
import { groupEditor, tagEditor } from './pill-editors.ts';

/** Contact, addresses, groups, tags, and whatever else the shop keeps. */
export class InfoTab implements DetailTab, ReactiveController {
  readonly #host: DetailHost;
  readonly #addresses: AddressBook;
  readonly #groups: PillEditor;
  readonly #tags: PillEditor;
  readonly #fields: FieldEditor;
  /** The address that was copied a moment ago. */
  #copiedId: string | undefined;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: DetailHost, fields: FieldEditor) {
    this.#fields = fields;
    this.#host = host;
    this.#addresses = new AddressBook(host);
    this.#groups = groupEditor(host);
    this.#tags = tagEditor(host);
    host.element.addController(this);
  }

  hostDisconnected(): void {
    this.#setCopied(undefined);
  }

  render(detail: CustomerDetail): TemplateResult {
    return info({
      context: this.#host.context(),
      detail,
      redraw: () => this.#host.element.requestUpdate(),
      editable: (name, shown) => this.#fields.render(detail, name, shown),
      groups: this.#groups.render(detail),
      tags: this.#tags.render(detail),
      addresses: this.#addresses.render(detail, {
        copiedId: this.#copiedId,
        copy: (address) => void this.#copy(address),
      }),
      email: (event) => {
        const { customer } = detail;
        if (!this.#host.ask('customer-email', { customer, customerId: customer.id })) event.preventDefault();
      },
    });
  }

  async #copy(address: CustomerAddress): Promise<void> {
    const { text, locale } = this.#host.context();
    try {
      await navigator.clipboard.writeText(addressLines(address, locale).join('\n'));
      this.#setCopied(address.id);
      this.#copiedTimer = setTimeout(() => this.#setCopied(undefined), 2000);
      this.#host.announce(text('copied'));
    } catch {
      this.#host.announce(text('copyFailed'));
    }
  }

  #setCopied(id: string | undefined): void {
    clearTimeout(this.#copiedTimer);
    this.#copiedId = id;
    this.#host.element.requestUpdate();
  }
}
