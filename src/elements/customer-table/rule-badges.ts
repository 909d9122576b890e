import { Task, TaskStatus, initialState } from '@lit/task';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Customer, GroupBadge } from '../../model/customer.ts';
import type { RuleGroupsOf } from '../../model/groups.ts';
import type { ShownPage } from './list-controller.ts';

/**
 * The groups that a rule puts the customers on the screen in: a second request after the rows, which never wait for
 * it. It ends with them; where it fails, the rows are as good without.
 */
export class RuleBadges implements ReactiveController {
  readonly #task: Task<readonly [CustomerAdapter | undefined, ShownPage | undefined], RuleGroupsOf>;
  readonly #source: () => CustomerAdapter | undefined;
  /** Of a shop without rules: it is asked again when the list is loaded anew. */
  #without: CustomerAdapter | undefined;
  #interrupted = false;

  constructor(
    host: ReactiveControllerHost,
    source: () => CustomerAdapter | undefined,
    shown: () => ShownPage | undefined,
  ) {
    this.#source = source;
    this.#task = new Task(host, {
      args: () => [source(), shown()] as const,
      task: ([adapter, page], { signal }) => this.#load(adapter, page, signal),
    });
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#interrupted) void this.#task.run();
    this.#interrupted = false;
  }

  hostDisconnected(): void {
    this.#interrupted = this.#task.status === TaskStatus.PENDING;
    this.#task.abort();
  }

  /** Somebody may have given a group a rule meanwhile. */
  forget(): void {
    this.#without = undefined;
  }

  /** Where a customer is by hand, then by rule; of a customer that was shown before, what was known of it. */
  groupsOf(customer: Customer, named: ReadonlyMap<string, GroupBadge>): GroupBadge[] {
    const { of = {}, groups = [] } = this.#task.value ?? {};
    const byRule = of[customer.id] ?? [];
    const ids = [...new Set([...customer.group_ids, ...byRule])];
    return ids.flatMap((id) => named.get(id) ?? groups.find((group) => group.id === id) ?? []);
  }

  async #load(
    adapter: CustomerAdapter | undefined,
    page: ShownPage | undefined,
    signal: AbortSignal,
  ): Promise<RuleGroupsOf | typeof initialState> {
    if (!adapter?.capabilities.ruleGroups || !page?.customers.length) return initialState;
    if (adapter === this.#without) return initialState;
    const found = await adapter.listRuleGroupsOf({ ids: page.customers.map(({ id }) => id) }, { signal });
    if (found.total === 0 && adapter === this.#source()) this.#without = adapter;
    return found;
  }
}
