import { html } from 'lit';
import type { Customer } from '../../../model/customer.ts';
import type { ConfirmationContent } from '../../../parts/confirmation.ts';
import { formatList } from '../../../parts/format.ts';
import { customersOf, type OperationWords } from '../../../parts/operation-history/operation-words.ts';
import type { CustomerSelection } from '../selection.ts';

/** Asks before customers are deleted, naming what is hidden with them where the list knows it. */
export function deletionQuestion(
  words: Pick<OperationWords, 'text' | 'locale'>,
  selection: CustomerSelection,
  customers: readonly Customer[] | undefined,
): ConfirmationContent {
  const { text } = words;
  const question = (title: string, action: string, what: readonly string[]): ConfirmationContent => ({
    title,
    action,
    isDanger: true,
    text: [...what, text('deleteRestore')].map((line) => html`<p>${line}</p>`),
  });
  if (!('ids' in selection)) {
    return question(text('deleteMatching'), text('deleteMatchingAction'), [text('deleteHidesMatching')]);
  }
  const values = customersOf(words, selection.ids.length);
  const sum = (number: 'notes_count' | 'orders_count') =>
    (customers ?? []).reduce((total, customer) => total + customer[number], 0);
  const notes = sum('notes_count');
  const orders = sum('orders_count');
  const hidden = [text('countCustomers', values), ...(notes ? [text('countNotes', { count: notes })] : [])];
  return question(
    text('deleteSome', values),
    text('deleteAction', values),
    customers
      ? [
          text('deleteHides', { what: formatList(words.locale, hidden) }),
          ...(orders ? [text('ordersStay', { count: orders })] : []),
        ]
      : [text('deleteHidesUnknown')],
  );
}
