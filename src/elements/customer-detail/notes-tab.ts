import type { TemplateResult } from 'lit';
import { isAdapterError } from '../../adapter/errors.ts';
import type { CustomerDetail, CustomerNote, CustomerRecord, NoteSaved } from '../../model/detail.ts';
import type { DetailTextKey } from './context.ts';
import type { DetailHost, DetailTab } from './detail-host.ts';
import { aboutNote, NoteEdits, type NoteEdit } from './note-edits.ts';
import type { NoteFormView } from './note-form.ts';
import { NoteWriter } from './note-writer.ts';
import { notes } from './notes.ts';
import { RowPages } from './row-pages.ts';
import { footOf } from './rows-foot.ts';

/** Notes by pages, the pinned ones first: written, edited, pinned, deleted and brought back. */
export class NotesTab implements DetailTab {
  readonly #host: DetailHost;
  readonly #pages: RowPages<CustomerNote>;
  readonly #writer: NoteWriter;
  readonly #edits: NoteEdits;

  constructor(host: DetailHost) {
    this.#host = host;
    this.#pages = new RowPages(host.element, {
      source: host.source,
      customerId: host.customerId,
      first: () => host.detail()?.notes,
      load: (adapter, request, call) => adapter.listNotes(request, call),
    });
    this.#writer = new NoteWriter(host.element, host.drafts, (customerId, saved) =>
      this.#added(customerId, saved),
    );
    this.#edits = new NoteEdits(host, {
      saved: (edit, saved) => this.#edited(edit, saved),
      found: (customerId, note) => this.#show(customerId, note),
    });
  }

  count({ notes_count }: CustomerRecord): number {
    return notes_count;
  }

  render({ customer }: CustomerDetail): TemplateResult {
    const { id } = customer;
    const mayWrite = this.#host.permissions().notes;
    return notes({
      ...footOf(this.#host, this.#pages),
      notes: this.#pages.rows.map((note) => {
        const edit = mayWrite ? this.#edits.of(note.id) : undefined;
        return {
          note,
          isBusy: this.#host.writes.isPending(aboutNote(note.id)),
          edit: edit && { edit, form: this.#editForm(edit) },
        };
      }),
      form: mayWrite ? this.#form(id) : undefined,
      edit: (note) => this.#beginEdit(id, note),
      pin: (note) => void this.#pin(id, note),
      remove: (note) => void this.#remove(id, note),
      takeTheirs: (edit) => this.#endEdit(edit),
      addAgain: (edit) => this.#addAgain(edit),
    });
  }

  #form(customerId: string): NoteFormView {
    const context = this.#host.context();
    return {
      context,
      label: context.text('newNote'),
      action: context.text('addNote'),
      hint: context.text('addNoteKeys'),
      text: this.#writer.textOf(customerId),
      isSaving: this.#writer.saving,
      failure: this.#failureText(this.#writer.errorOf(customerId)),
      write: (text) => this.#writer.write(customerId, text),
      send: () => void this.#add(customerId),
    };
  }

  #editForm(edit: NoteEdit): NoteFormView {
    const context = this.#host.context();
    const about = aboutNote(edit.note.id);
    return {
      context,
      label: context.text('editNote'),
      action: context.text(edit.theirs ? 'saveMine' : 'saveNote'),
      hint: context.text('saveNoteKeys'),
      text: edit.text,
      isSaving: this.#host.writes.isPending(about),
      failure: this.#failureText(this.#host.writes.errorOf(about)),
      write: (text) => this.#edits.write(edit, text),
      send: () => void this.#edits.save(edit).then(() => this.#focusAfter(edit)),
      cancel: () => this.#endEdit(edit),
    };
  }

  #failureText(error: unknown): string | undefined {
    if (error === undefined) return undefined;
    return this.#host.context().text('noteFailed', { reason: this.#host.errorText(error) });
  }

  async #add(customerId: string): Promise<void> {
    const source = this.#host.source();
    const content = this.#writer.textOf(customerId).trim();
    if (!source || !content || this.#writer.saving) return;
    if (this.#host.ask('note-add', { customerId, content })) await this.#writer.send(source, customerId);
  }

  #added(customerId: string, { note, customer, receipt }: NoteSaved): void {
    if (!note) return;
    this.#show(customerId, note);
    this.#host.takeOver({ customer });
    if (customerId === this.#host.customerId()) {
      this.#host.announce(this.#host.context().text('noteAdded'));
    }
    this.#host.tell('note-added', { customerId, note, receipt });
  }

  #beginEdit(customerId: string, note: CustomerNote): void {
    this.#edits.begin(customerId, note);
    void this.#host.focusOn(`${rowOf(note)} textarea`);
  }

  /** Takes an edit back; what was typed can be had again. */
  #endEdit(edit: NoteEdit): void {
    const { text } = this.#host.context();
    this.#edits.end(edit);
    void this.#focusAfter(edit);
    if (edit.text.trim() === edit.note.content) return;
    this.#host.notice.show({
      message: text('editTakenBack'),
      undo: () => {
        this.#edits.resume(edit);
        void this.#host.focusOn(`${rowOf(edit.note)} textarea`);
      },
    });
  }

  async #focusAfter({ note }: NoteEdit): Promise<void> {
    if (this.#edits.of(note.id)) return;
    await this.#host.focusOn(`${rowOf(note)} [data-action=edit]`, '.rows, .nothing-yet');
  }

  #edited({ customerId }: NoteEdit, { note, customer, receipt }: NoteSaved): void {
    if (!note) return;
    this.#show(customerId, note);
    this.#host.takeOver({ customer });
    this.#host.announce(this.#host.context().text('noteSaved'));
    this.#host.tell('note-edited', { customerId, note, receipt });
  }

  #addAgain(edit: NoteEdit): void {
    const { customerId, note } = edit;
    const begun = this.#writer.textOf(customerId);
    this.#writer.write(customerId, begun.trim() ? `${begun}\n\n${edit.text}` : edit.text);
    this.#edits.end(edit);
    this.#pages.remove(note.id);
    void this.#host.focusOn('.note-form textarea');
  }

  async #pin(customerId: string, note: CustomerNote): Promise<void> {
    const pinned = !note.pinned;
    if (!this.#host.ask(pinned ? 'note-pin' : 'note-unpin', { customerId, note })) return;
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: aboutNote(note.id),
      send: (adapter, signal) =>
        adapter.pinNote({ customerId, id: note.id, pinned, operationId }, { signal }),
      done: ({ note: saved, customer, receipt }) => {
        if (!saved) return;
        const hadFocus = this.#hasFocus(note);
        this.#show(customerId, saved);
        this.#host.takeOver({ customer });
        this.#host.announce(this.#host.context().text(pinned ? 'pinned' : 'unpinned'));
        // The row has moved, and the focus goes with it.
        if (hadFocus) void this.#host.focusOn(`${rowOf(note)} [data-action=pin]`);
        this.#host.tell(pinned ? 'note-pinned' : 'note-unpinned', { customerId, note: saved, receipt });
      },
      failed: (error) => this.#failed(customerId, note, 'actionFailed', error),
    });
  }

  async #remove(customerId: string, note: CustomerNote): Promise<void> {
    if (!this.#host.ask('note-delete', { customerId, note })) return;
    const { id, version } = note;
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: aboutNote(id),
      send: (adapter, signal) => adapter.deleteNote({ customerId, id, version, operationId }, { signal }),
      done: ({ customer, receipt }) => {
        const hadFocus = this.#hasFocus(note);
        this.#pages.remove(id);
        this.#host.takeOver({ customer });
        this.#host.tell('note-deleted', { customerId, note, receipt });
        this.#host.notice[hadFocus ? 'showAndFocus' : 'show']({
          message: this.#host.context().text('noteDeleted'),
          undo: () => void this.#restore(customerId, note),
          returnTo: () => this.#host.element.shadowRoot?.querySelector<HTMLElement>('.rows, .nothing-yet'),
        });
      },
      failed: (error) => this.#failed(customerId, note, 'noteNotDeleted', error),
    });
  }

  async #restore(customerId: string, note: CustomerNote): Promise<void> {
    if (!this.#host.ask('note-restore', { customerId, note })) return;
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: aboutNote(note.id),
      send: (adapter, signal) => adapter.restoreNote({ customerId, id: note.id, operationId }, { signal }),
      done: ({ note: saved, customer, receipt }) => {
        if (!saved) return;
        this.#show(customerId, saved);
        this.#host.takeOver({ customer });
        this.#host.announce(this.#host.context().text('noteRestored'));
        void this.#host.focusOn(`${rowOf(note)} [data-action=edit]`);
        this.#host.tell('note-restored', { customerId, note: saved, receipt });
      },
      failed: (error) => this.#failed(customerId, note, 'actionFailed', error),
    });
  }

  /** Says why, and shows the note as it is by now: changed by somebody else, or gone. */
  #failed(customerId: string, note: CustomerNote, key: DetailTextKey, error: unknown): void {
    const { text } = this.#host.context();
    let message = text(key, { reason: this.#host.errorText(error) });
    if (isAdapterError(error, 'conflict') && error.reason === 'stale') {
      this.#show(customerId, error.current as CustomerNote);
      message = text('noteNotDeletedStale');
    } else if (isAdapterError(error, 'not_found') && error.reason === 'unknown') {
      this.#pages.remove(note.id);
      message = text('noteIsGone');
    }
    this.#host.notice.show({ message, isError: true });
  }

  /** Where its order puts it, if its customer is the one on the screen. */
  #show(customerId: string, note: CustomerNote): void {
    if (customerId !== this.#host.customerId()) return;
    this.#pages.put(note, (other) =>
      other.pinned === note.pinned ? other.created_at < note.created_at : note.pinned,
    );
    this.#host.element.requestUpdate();
  }

  #hasFocus(note: CustomerNote): boolean {
    return Boolean(this.#host.element.shadowRoot?.activeElement?.closest(rowOf(note)));
  }
}

const rowOf = ({ id }: CustomerNote): string => `[data-note="${CSS.escape(id)}"]`;
