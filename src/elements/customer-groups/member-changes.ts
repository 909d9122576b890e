import type { CustomerAdapter } from '../../adapter/adapter.ts';
import {
  maximumMembersChanged,
  type GroupDetail,
  type GroupMembersChanged,
  type MemberChanges,
} from '../../model/groups.ts';
import { isolated } from '../../parts/format.ts';
import type { GroupsHost, GroupsTextKey } from './context.ts';

export type AskedChanges = Partial<MemberChanges & { emails: string[] }>;

/** What became of it: how many really changed, and which e-mails lead to nobody. */
export interface ChangedMembers {
  group: GroupDetail;
  changed: number;
  unknown: string[];
}

export interface MemberChangesOptions {
  done: (changed: ChangedMembers, asked: AskedChanges) => void;
  /** Where the focus goes once the notice is answered. */
  returnTo: () => HTMLElement | null | undefined;
}

export const aboutMembers = 'members';

/** Puts customers into a group, takes them out, leaves them to the rule; each can be taken back. */
export class MemberChanging {
  readonly #host: GroupsHost;
  readonly #options: MemberChangesOptions;

  constructor(host: GroupsHost, options: MemberChangesOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** `said` is how it is told, with `count` of those that changed. */
  async change(group: GroupDetail, asked: AskedChanges, said: GroupsTextKey, isUndo = false): Promise<void> {
    const { id: groupId } = group;
    const whole = { groupId, add: [], emails: [], remove: [], release: [], ...asked };
    if (!this.#host.ask('members-change', whole)) return;
    const parts = partsOf(asked).map((part) => ({ groupId, operationId: crypto.randomUUID(), ...part }));
    await this.#host.writes.run({
      about: aboutMembers,
      send: (adapter, signal) => sendAll(adapter, parts, signal),
      done: (answers) => this.#done(answers, asked, said, isUndo),
    });
  }

  #done(answers: GroupMembersChanged[], asked: AskedChanges, said: GroupsTextKey, isUndo: boolean): void {
    const { text } = this.#host.context();
    const group = answers.at(-1)?.group;
    if (!group) return;
    const changed = answers.reduce((sum, { receipt }) => sum + receipt.changed, 0);
    const emails = asked.emails ?? [];
    const unknown = answers.flatMap(({ receipt }, part) =>
      receipt.failures.flatMap(({ row }) => {
        const email = row === undefined ? undefined : emails[part * maximumMembersChanged + row - 1];
        return email === undefined ? [] : [email];
      }),
    );
    const undo: MemberChanges = {
      add: answers.flatMap((answer) => answer.undo.add),
      remove: answers.flatMap((answer) => answer.undo.remove),
      release: answers.flatMap((answer) => answer.undo.release),
    };
    this.#host.tell('members-changed', {
      groupId: group.id,
      group,
      receipts: answers.map(({ receipt }) => receipt),
    });
    this.#options.done({ group, changed, unknown }, asked);
    const message = text(changed ? said : 'nothingChanged', { count: changed, group: isolated(group.name) });
    if (isUndo || !changed) this.#host.notice.show({ message });
    else {
      const takeBack = () => void this.change(group, undo, 'takenBack', true);
      this.#host.notice.show({ message, undo: takeBack, returnTo: this.#options.returnTo });
    }
  }
}

/** At most 1,000 customers each, so that many e-mails may be pasted. */
function partsOf(asked: AskedChanges): AskedChanges[] {
  const parts: AskedChanges[] = [];
  for (const name of ['emails', 'add', 'remove', 'release'] as const) {
    const all = asked[name] ?? [];
    for (let from = 0; from < all.length; from += maximumMembersChanged) {
      parts.push({ [name]: all.slice(from, from + maximumMembersChanged) });
    }
  }
  return parts;
}

async function sendAll(
  adapter: CustomerAdapter,
  parts: readonly (AskedChanges & { groupId: string; operationId: string })[],
  signal: AbortSignal,
): Promise<GroupMembersChanged[]> {
  const answers: GroupMembersChanged[] = [];
  for (const part of parts) answers.push(await adapter.changeGroupMembers(part, { signal }));
  return answers;
}
