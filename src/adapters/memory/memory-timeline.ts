import type { TimelineRequest } from '../../adapter/adapter.ts';
import type { ReportEmailRequest } from '../../adapter/customer-writes.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { Receipt } from '../../model/receipt.ts';
import {
  emailSubjectWidth,
  timelineKinds,
  type Timeline,
  type TimelineEntry,
  type TimelineKind,
} from '../../model/timeline.ts';
import { pageAfter, withoutOwner } from './memory-detail.ts';
import type { MemoryOperations } from './memory-operations.ts';
import { findCustomer, type MemoryChange, type MemoryRecords } from './memory-records.ts';

/** An entry and what orders those of the same moment. */
type Placed = [key: string, entry: TimelineEntry];

/** What happened to a customer, and the mails that are reported to it. */
export class MemoryTimeline {
  readonly #records: MemoryRecords;
  readonly #operations: MemoryOperations;

  constructor(records: MemoryRecords, operations: MemoryOperations) {
    this.#records = records;
    this.#operations = operations;
  }

  list({ kinds, ...page }: TimelineRequest): Timeline {
    if (kinds?.some((kind) => !timelineKinds.includes(kind))) throw invalid('kinds', 'are not known');
    const wanted = kinds?.length ? kinds : timelineKinds;
    const all = this.#entries(page.customerId).filter(([, entry]) => wanted.includes(kindOf(entry)));
    const place = ([key, { at }]: Placed) => `${new Date(at).toISOString()} ${key}`;
    const { rows, next } = pageAfter(
      all.sort((a, b) => (place(a) < place(b) ? 1 : -1)),
      page,
      place,
    );
    return { rows: rows.map(([, entry]) => entry), next };
  }

  reportEmail(request: ReportEmailRequest): Receipt {
    return this.#operations.run('email', request, (origin) => {
      const { customerId, operationId, subject, sentAt } = request;
      if (!subject.trim()) throw invalid('subject', 'is missing');
      const { length } = [...subject];
      if (length > emailSubjectWidth) {
        throw invalid('subject', `has ${length} characters; at most ${emailSubjectWidth} fit`);
      }
      findCustomer(this.#records, customerId);
      const now = new Date().toISOString();
      const sent = sentAt === undefined ? now : new Date(sentAt).toISOString();
      this.#records.changes.push({
        customerId,
        origin,
        at: sent < now ? sent : now,
        subject: 'email',
        subjectId: operationId,
        version: null,
        before: {},
        after: { subject },
      });
      return 'created';
    });
  }

  #entries(customerId: string): Placed[] {
    const { changes, notes, orders, origins } = this.#records;
    const customer = findCustomer(this.#records, customerId);
    const own = changes
      .map((change, index) => ({ change, index }))
      .filter((one) => one.change.customerId === customerId);
    const written = new Set(
      own.filter(({ change }) => isNewNote(change)).map(({ change }) => change.subjectId),
    );
    return [
      [
        '0',
        { kind: 'created', id: customerId, at: customer.created_at, origin: origins.get(customerId) ?? null },
      ],
      ...own.map(({ change, index }): Placed => [
        `2 ${String(index).padStart(8, '0')}`,
        this.#changeEntry(change, `change-${index}`),
      ]),
      ...notes
        .filter((note) => note.customer_id === customerId && !written.has(note.id))
        .map(({ id, created_at: at, content, user_name: author }): Placed => [
          `1 ${id}`,
          { kind: 'note', id, at, origin: null, author, subjectId: id, before: {}, after: { content } },
        ]),
      ...orders
        .filter((order) => order.customer_id === customerId)
        .map((order): Placed => [
          `1 ${order.id}`,
          { kind: 'order', id: order.id, at: order.created_at, origin: null, order: withoutOwner(order) },
        ]),
    ];
  }

  #changeEntry({ subject, subjectId, at, origin, before, after }: MemoryChange, id: string): TimelineEntry {
    const entry = { id, at, origin, before, after };
    if (subject === 'customer') return { kind: subject, ...entry };
    const name = subject === 'address' ? 'label' : 'content';
    const says = name in before || name in after;
    const about = says ? null : this.#nameNow(subject, subjectId);
    return { kind: subject, ...entry, subjectId: subjectId ?? '', about };
  }

  #nameNow(subject: MemoryChange['subject'], id: string | null): string | null {
    const { addresses, notes } = this.#records;
    if (subject === 'address') return addresses.find((one) => one.id === id)?.label ?? null;
    if (subject === 'note') return notes.find((one) => one.id === id)?.content ?? null;
    return null;
  }
}

const isNewNote = ({ subject, version, before }: MemoryChange): boolean =>
  subject === 'note' && version === 1 && Object.keys(before).length === 0;

function kindOf({ kind }: TimelineEntry): TimelineKind {
  switch (kind) {
    case 'note':
      return 'notes';
    case 'group':
      return 'groups';
    case 'order':
      return 'orders';
    case 'email':
      return 'emails';
    default:
      return 'changes';
  }
}

const invalid = (field: string, message: string): AdapterError =>
  new AdapterError('invalid', `${field}: ${message}`, { fields: { [field]: message } });
