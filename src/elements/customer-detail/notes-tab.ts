import type { TemplateResult } from 'lit';
import type { CustomerDetail, CustomerNote, CustomerRecord, NoteSaved } from '../../model/detail.ts';
import type { DetailHost, DetailTab } from './detail-host.ts';
import type { NoteFormView } from './note-form.ts';
import { NoteWriter } from './note-writer.ts';
import { notes } from './notes.ts';
import { RowPages } from './row-pages.ts';
import { footOf } from './rows-foot.ts';

/** Notes by pages, the pinned ones first; and where one is written. */
export class NotesTab implements DetailTab {
  readonly #host: DetailHost;
  readonly #pages: RowPages<CustomerNote>;
  readonly #writer: NoteWriter;

  constructor(host: DetailHost) {
    this.#host = host;
    this.#pages = new RowPages(host.element, {
      source: host.source,
      customerId: host.customerId,
      first: () => host.detail()?.notes,
      load: (adapter, request, call) => adapter.listNotes(request, call),
    });
    this.#writer = new NoteWriter(host.element, (customerId, saved) => this.#added(customerId, saved));
  }

  count({ notes_count }: CustomerRecord): number {
    return notes_count;
  }

  render({ customer }: CustomerDetail): TemplateResult {
    return notes({
      ...footOf(this.#host, this.#pages),
      notes: this.#pages.rows,
      form: this.#host.permissions().notes ? this.#form(customer.id) : undefined,
    });
  }

  #form(customerId: string): NoteFormView {
    const context = this.#host.context();
    const error = this.#writer.errorOf(customerId);
    const reason = error === undefined ? undefined : this.#host.errorText(error);
    return {
      context,
      text: this.#writer.textOf(customerId),
      isSaving: this.#writer.saving,
      failure: reason && context.text('noteFailed', { reason }),
      write: (text) => this.#writer.write(customerId, text),
      send: () => void this.#add(customerId),
    };
  }

  async #add(customerId: string): Promise<void> {
    const source = this.#host.source();
    const content = this.#writer.textOf(customerId).trim();
    if (!source || !content || this.#writer.saving) return;
    if (this.#host.ask('note-add', { customerId, content })) await this.#writer.send(source, customerId);
  }

  #added(customerId: string, { note, customer, receipt }: NoteSaved): void {
    if (!note) return;
    if (customerId === this.#host.customerId()) {
      this.#pages.put(note, (other) => !other.pinned);
      this.#host.takeOver({ customer });
      this.#host.announce(this.#host.context().text('noteAdded'));
    }
    this.#host.tell('note-added', { customerId, note, receipt });
  }
}
