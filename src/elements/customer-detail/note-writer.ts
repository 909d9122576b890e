import { Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { NoteSaved } from '../../model/detail.ts';
import type { Drafts } from '../../parts/drafts.ts';

interface Draft {
  text: string;
  /** Made once, so that sending it again after a lost answer writes nothing twice. */
  ids: { id: string; operationId: string } | undefined;
  /** Why it could not be saved. */
  error: unknown;
}

/** Notes that are being written, one for each customer: what was typed stays until it is saved. */
export class NoteWriter {
  readonly #host: ReactiveControllerHost;
  /** Where what is typed survives a reload. */
  readonly #keeper: () => Drafts | undefined;
  readonly #drafts = new Map<string, Draft>();
  readonly #task: Task<readonly [CustomerAdapter, string, Draft], NoteSaved>;
  #sending: string | undefined;

  constructor(
    host: ReactiveControllerHost,
    keeper: () => Drafts | undefined,
    onSaved: (customerId: string, saved: NoteSaved) => void,
  ) {
    this.#keeper = keeper;
    this.#host = host;
    this.#task = new Task(host, {
      autoRun: false,
      task: ([adapter, customerId, { text, ids }], { signal }) => {
        if (!ids) throw new TypeError('A note has its ids before it is sent.');
        return adapter.addNote({ customerId, ...ids, content: text.trim() }, { signal });
      },
      onComplete: (saved) => {
        if (this.#sending === undefined) return;
        this.#drafts.delete(this.#sending);
        this.#keeper()?.remove(nameOf(this.#sending));
        onSaved(this.#sending, saved);
      },
      onError: (error) => {
        if (this.#sending !== undefined) this.#draftOf(this.#sending).error = error;
      },
    });
  }

  get saving(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  textOf(customerId: string): string {
    const written = this.#drafts.get(customerId)?.text;
    if (written !== undefined) return written;
    const kept = this.#keeper()?.read(nameOf(customerId));
    return typeof kept === 'string' ? kept : '';
  }

  errorOf(customerId: string): unknown {
    return this.#drafts.get(customerId)?.error;
  }

  write(customerId: string, text: string): void {
    this.#drafts.set(customerId, { text, ids: undefined, error: undefined });
    if (text) this.#keeper()?.write(nameOf(customerId), text);
    else this.#keeper()?.remove(nameOf(customerId));
    this.#host.requestUpdate();
  }

  async send(adapter: CustomerAdapter, customerId: string): Promise<void> {
    const draft = this.#draftOf(customerId);
    if (this.saving || !draft.text.trim()) return;
    draft.ids ??= { id: crypto.randomUUID(), operationId: crypto.randomUUID() };
    draft.error = undefined;
    this.#sending = customerId;
    await this.#task.run([adapter, customerId, draft]);
  }

  #draftOf(customerId: string): Draft {
    const draft = this.#drafts.get(customerId) ?? {
      text: this.textOf(customerId),
      ids: undefined,
      error: undefined,
    };
    this.#drafts.set(customerId, draft);
    return draft;
  }
}

const nameOf = (customerId: string): string => `note/${customerId}`;
