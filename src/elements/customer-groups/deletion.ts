import { html } from 'lit';
import type { CustomerGroup, GroupDetail } from '../../model/groups.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import { isolated } from '../../parts/format.ts';
import type { GroupsHost } from './context.ts';

interface Counted {
  group: GroupDetail;
  members: number;
}

/** Deletes a group, once it was said how many are in it: they stay customers. */
export class Deletion {
  readonly #host: GroupsHost;
  readonly #deleted: (groupId: string) => void;

  constructor(host: GroupsHost, deleted: (groupId: string) => void) {
    this.#host = host;
    this.#deleted = deleted;
  }

  async begin(group: CustomerGroup): Promise<void> {
    const { id } = group;
    if (!this.#host.ask('group-delete', { groupId: id, group })) return;
    let counted: Counted | undefined;
    await this.#host.writes.run<Counted>({
      about: `delete ${id}`,
      // As it is now: what the question names, and the version that it is about.
      send: async (adapter, signal) => {
        const now = await adapter.getGroup({ id }, { signal });
        if (now.member_count !== null) return { group: now, members: now.member_count };
        const { rows } = await adapter.countRuleGroups({ ids: [id] }, { signal });
        return { group: now, members: rows[0]?.count ?? now.put_in };
      },
      done: (answer) => (counted = answer),
      failed: (error) => this.#failed(error),
    });
    if (counted && (await this.#isSure(counted))) await this.#delete(counted.group);
  }

  #isSure({ group, members }: Counted): Promise<boolean> {
    const { text } = this.#host.context();
    return this.#host.confirmation.ask({
      title: text('deleteTitle', { group: isolated(group.name) }),
      text: html`<p>${text('membersStay', { count: members })}</p>
        <p class="quiet">${text('deleteForGood')}</p>`,
      action: text('deleteGroup'),
      isDanger: true,
    });
  }

  async #delete({ id, version, name }: GroupDetail): Promise<void> {
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: `delete ${id}`,
      send: (adapter, signal) => adapter.deleteGroup({ id, version, operationId }, { signal }),
      done: ({ members, receipt }) => {
        const { text } = this.#host.context();
        this.#host.tell('group-deleted', { groupId: id, members, receipt });
        this.#host.notice.show({ message: text('deleted', { group: isolated(name) }) });
        this.#deleted(id);
      },
      failed: (error) => this.#failed(error),
    });
  }

  #failed(error: unknown): void {
    const { text } = this.#host.context();
    const reason = isAdapterError(error, 'conflict') ? text('changedMeanwhile') : this.#host.errorText(error);
    this.#host.notice.show({ message: text('deleteFailed', { reason }), isError: true });
  }
}
