import { Task, initialState } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';

/** The names of groups that a filter mentions by id, so that its pill can say them. */
export class GroupNames {
  readonly #task: Task<readonly [CustomerAdapter | undefined, string], Map<string, string>>;

  constructor(
    host: ReactiveControllerHost,
    source: () => CustomerAdapter | undefined,
    ids: () => readonly string[],
  ) {
    this.#task = new Task(host, {
      args: () => [source(), JSON.stringify(ids())] as const,
      task: async ([adapter], { signal }) => {
        const wanted = [...ids()];
        if (!adapter?.capabilities.groups || !wanted.length) return initialState;
        const { rows } = await adapter.listGroups({ ids: wanted, limit: 100 }, { signal });
        return new Map(rows.map(({ id, name }) => [id, name]));
      },
    });
  }

  /** An ellipsis until it is known. */
  nameOf(id: string): string {
    return this.#task.value?.get(id) ?? '…';
  }
}
