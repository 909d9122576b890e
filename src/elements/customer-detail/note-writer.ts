import { Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { NoteSaved } from '../../model/detail.ts';

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
  readonly #drafts = new Map<string, Draft>();
  readonly #task: Task<readonly [CustomerAdapter, string, Draft], NoteSaved>;
  #sending: string | undefined;

  constructor(host: ReactiveControllerHost, onSaved: (customerId: string, saved: NoteSaved) => void) {
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
    return this.#drafts.get(customerId)?.text ?? '';
  }

  errorOf(customerId: string): unknown {
    return this.#drafts.get(customerId)?.error;
  }

  write(customerId: string, text: string): void {
    this.#drafts.set(customerId, { text, ids: undefined, error: undefined });
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
    const draft = this.#drafts.get(customerId) ?? { text: '', ids: undefined, error: undefined };
    this.#drafts.set(customerId, draft);
    return draft;
  }
}
