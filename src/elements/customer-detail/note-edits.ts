import { isAdapterError } from '../../adapter/errors.ts';
import {
  customerNoteSchema,
  type CustomerNote,
  type FieldChange,
  type NoteSaved,
} from '../../model/detail.ts';
import * as z from 'zod/mini';
import '../../model/schema.ts';
import type { DetailHost } from './detail-host.ts';

/** What survives a reload: what others made of it meanwhile, saving finds out again. */
const draftSchema = z.object({
  customerId: z.string(),
  note: customerNoteSchema,
  text: z.string(),
  operationId: z.optional(z.string()),
});

/** A note that somebody is changing: what was typed stays until it is saved or taken back. */
export interface NoteEdit {
  customerId: string;
  /** As it was when the edit began, or as it was taken over since. */
  note: CustomerNote;
  text: string;
  /** Made once for what is written now, so that sending it again writes nothing twice. */
  operationId: string | undefined;
  /** What somebody else made of it meanwhile, and who, as far as the history knows. */
  theirs: { note: CustomerNote; change: FieldChange | undefined } | undefined;
  /** Somebody deleted it meanwhile. */
  isGone: boolean;
}

export interface NoteEditsOptions {
  saved: (edit: NoteEdit, saved: NoteSaved) => void;
  /** Something else became of the note than what the list shows. */
  found: (customerId: string, note: CustomerNote) => void;
}

/** Notes being edited, by id. Nobody's text is overwritten: a note that changed meanwhile is shown beside one's own. */
export class NoteEdits {
  readonly #host: DetailHost;
  readonly #options: NoteEditsOptions;
  readonly #edits = new Map<string, NoteEdit>();
  /** The notes for which an edit of an earlier visit was looked for. */
  readonly #looked = new Set<string>();

  constructor(host: DetailHost, options: NoteEditsOptions) {
    this.#host = host;
    this.#options = options;
  }

  of(noteId: string): NoteEdit | undefined {
    const drafts = this.#host.drafts();
    if (drafts && !this.#looked.has(noteId)) {
      this.#looked.add(noteId);
      const kept = draftSchema.safeParse(drafts.read(draftName(noteId)));
      if (kept.success && !this.#edits.has(noteId)) {
        const { operationId } = kept.data;
        this.#edits.set(noteId, { ...kept.data, operationId, theirs: undefined, isGone: false });
      }
    }
    return this.#edits.get(noteId);
  }

  begin(customerId: string, note: CustomerNote): void {
    if (this.#edits.has(note.id)) return;
    const edit = { customerId, note, text: note.content, operationId: undefined };
    this.#set({ ...edit, theirs: undefined, isGone: false });
  }

  write(edit: NoteEdit, text: string): void {
    this.#host.writes.forget(aboutNote(edit.note.id));
    this.#set({ ...edit, text, operationId: undefined });
  }

  /** Ends it; answers what it was, so that ending can be taken back. */
  end({ note: { id } }: NoteEdit): void {
    this.#remove(id);
    this.#host.writes.forget(aboutNote(id));
    this.#host.element.requestUpdate();
  }

  resume(edit: NoteEdit): void {
    this.#set(edit);
  }

  async save(edit: NoteEdit): Promise<void> {
    const { customerId, note } = edit;
    const content = edit.text.trim();
    const about = aboutNote(note.id);
    if (!content || this.#host.writes.isPending(about)) return;
    if (content === note.content && !edit.theirs) {
      this.end(edit);
      return;
    }
    if (!this.#host.ask('note-edit', { customerId, note, content })) return;
    const operationId = edit.operationId ?? crypto.randomUUID();
    // Over theirs, once that has been seen.
    const { version } = edit.theirs?.note ?? note;
    this.#set({ ...edit, operationId });
    await this.#host.writes.run({
      about,
      send: (adapter, signal) =>
        adapter.updateNote({ customerId, id: note.id, version, content, operationId }, { signal }),
      done: (saved) => {
        this.#remove(note.id);
        this.#options.saved(edit, saved);
      },
      failed: (error) => this.#failed(note.id, error),
    });
  }

  #failed(noteId: string, error: unknown): void {
    const edit = this.#edits.get(noteId);
    if (!edit) return;
    if (isAdapterError(error, 'conflict') && error.reason === 'stale') {
      const note = error.current as CustomerNote;
      const change = error.changes.findLast(({ field }) => field === 'content');
      this.#host.writes.forget(aboutNote(noteId));
      this.#options.found(edit.customerId, note);
      // Pinning it isn't writing in it: ours goes on, over what is the same text.
      const isSame = note.content === edit.note.content;
      const next = isSame ? { ...edit, note } : { ...edit, theirs: { note, change } };
      this.#set({ ...next, operationId: undefined });
      if (isSame) void this.save({ ...next, operationId: undefined });
    } else if (isAdapterError(error, 'not_found') && error.reason === 'unknown') {
      this.#host.writes.forget(aboutNote(noteId));
      this.#set({ ...edit, isGone: true, operationId: undefined });
    }
  }

  #set(edit: NoteEdit): void {
    const { customerId, note, text, operationId } = edit;
    this.#edits.set(note.id, edit);
    if (text === note.content) this.#host.drafts()?.remove(draftName(note.id));
    else this.#host.drafts()?.write(draftName(note.id), { customerId, note, text, operationId });
    this.#host.element.requestUpdate();
  }

  #remove(noteId: string): void {
    this.#edits.delete(noteId);
    this.#host.drafts()?.remove(draftName(noteId));
  }
}

const draftName = (noteId: string): string => `note-edit/${noteId}`;

/** What writes are kept under. */
export const aboutNote = (id: string): string => `note ${id}`;
