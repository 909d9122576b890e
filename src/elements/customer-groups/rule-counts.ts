import { initialState, Task, TaskStatus } from '@lit/task';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { RuleGroupCounts } from '../../model/groups.ts';
import type { GroupsHost } from './context.ts';

/** How many are in groups with a rule: asked for in one pass once the groups themselves are there. */
export class RuleCounts {
  readonly #task: Task<readonly [CustomerAdapter | undefined, string], RuleGroupCounts>;

  constructor(host: GroupsHost, ids: () => readonly string[]) {
    this.#task = new Task(host.element, {
      args: () => [host.source(), ids().join(' ')] as const,
      task: async ([adapter, wanted], { signal }) => {
        if (!adapter?.capabilities.ruleGroups || !wanted) return initialState;
        return adapter.countRuleGroups({ ids: wanted.split(' ') }, { signal });
      },
    });
  }

  /** `undefined` while it is being counted. */
  of(id: string): number | undefined {
    if (this.#task.status !== TaskStatus.COMPLETE) return undefined;
    return this.#task.value?.rows.find((row) => row.id === id)?.count;
  }

  get asOf(): string | undefined {
    return this.#task.status === TaskStatus.COMPLETE ? this.#task.value?.asOf : undefined;
  }

  get hasFailed(): boolean {
    return this.#task.status === TaskStatus.ERROR;
  }

  /** Counts anew. */
  refresh(): void {
    void this.#task.run();
  }
}
