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
  readonly #changed: (groupId: string) => void;

  constructor(host: GroupsHost, changed: (groupId: string) => void) {
    this.#host = host;
    this.#changed = changed;
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
        <p class="quiet">${text('groupGoes')}</p>`,
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
        const canUndo = receipt.undo.possible && this.#host.source()?.capabilities.undo === true;
        this.#host.notice.show({
          message: text('deleted', { group: isolated(name) }),
          ...(canUndo ? { undo: () => void this.#restore(id, name, receipt.id) } : {}),
          returnTo: () => this.#host.element.shadowRoot?.querySelector<HTMLElement>('#title'),
        });
        this.#changed(id);
      },
      failed: (error) => this.#failed(error),
    });
  }

  async #restore(groupId: string, name: string, deletion: string): Promise<void> {
    if (!this.#host.ask('group-restore', { groupId })) return;
    const { text } = this.#host.context();
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: `restore ${groupId}`,
      send: (adapter, signal) => adapter.undoOperation({ id: deletion, operationId }, { signal }),
      done: (receipt) => {
        const [failure] = receipt.failures;
        if (failure) {
          const message = text('restoreFailed', { reason: failure.message });
          this.#host.notice.show({ message, isError: true });
          return;
        }
        this.#host.tell('group-restored', { groupId, receipt });
        this.#host.notice.show({ message: text('restoredGroup', { group: isolated(name) }) });
        this.#changed(groupId);
      },
      failed: (error) => {
        const message = text('restoreFailed', { reason: this.#host.errorText(error) });
        this.#host.notice.show({ message, isError: true });
      },
    });
  }

  #failed(error: unknown): void {
    const { text } = this.#host.context();
    const reason = isAdapterError(error, 'conflict') ? text('changedMeanwhile') : this.#host.errorText(error);
    this.#host.notice.show({ message: text('deleteFailed', { reason }), isError: true });
  }
}
