import { AdapterError } from '../../adapter/errors.ts';
import type { GroupsSaved } from '../../model/detail.ts';
import { groupPill, tagPill } from '../../parts/badges.ts';
import type { DetailHost } from './detail-host.ts';
import { PillEditor } from './pill-editor.ts';

/** Suggestions a page; the last one says that there are more. */
const limit = 50;

export function tagEditor(host: DetailHost): PillEditor {
  return new PillEditor(host, {
    name: 'tags',
    texts: { add: 'addTag', remove: 'removeTag', failed: 'tagsFailed' },
    mayEdit: ({ edit }) => edit,
    pills: ({ customer }) => customer.tags.map((tag) => ({ value: tag, label: tag, content: tagPill(tag) })),
    pending: ({ label }) => tagPill(label),
    isFree: true,
    suggest: async (adapter, request, signal) => {
      if (!adapter.capabilities.tags) return { options: [], next: null };
      const { rows, next } = await adapter.listTags({ ...request, limit }, { signal });
      return { options: rows.map((tag) => ({ value: tag, label: tag })), next };
    },
    send: (adapter, request, signal) => adapter.changeTags(request, { signal }),
  });
}

export function groupEditor(host: DetailHost): PillEditor {
  return new PillEditor(host, {
    name: 'groups',
    texts: { add: 'addGroup', remove: 'removeGroup', failed: 'groupsFailed' },
    mayEdit: ({ groups }) => groups,
    pills: ({ groups }) =>
      groups.map((group) => ({
        value: group.id,
        label: group.name,
        content: groupPill(group, group.has_rule && !group.put_in ? host.context().text('groupByRule') : ''),
      })),
    pending: ({ value, label, color = '' }) => groupPill({ id: value, name: label, color }),
    isFree: false,
    suggest: async (adapter, request, signal) => {
      const { rows, next } = await adapter.listGroups({ ...request, limit }, { signal });
      const { text } = host.context();
      const options = rows.map(({ id, name, color, member_count: count }) => {
        // A group with a rule is counted only when asked.
        const note = count === null ? {} : { note: text('groupMembers', { count }) };
        return { value: id, label: name, color, ...note };
      });
      return { options, next };
    },
    send: async (adapter, request, signal) => refusingGone(await adapter.changeGroups(request, { signal })),
  });
}

/** A group that is gone by now: the receipt says so, and here it is the whole of what was asked. */
function refusingGone(saved: GroupsSaved): GroupsSaved {
  const [failure] = saved.receipt.failures;
  if (failure) throw new AdapterError('not_found', failure.message, { reason: failure.code });
  return saved;
}
