import { html } from 'lit';
import type { Customer, GroupBadge } from '../../model/customer.ts';
import { displayName } from '../../model/names.ts';
import { groupPill, tagPill } from '../../parts/badges.ts';
import type { Popover } from '../../parts/popover.ts';
import type { TableContext } from './context.ts';
import type { EmailActions } from './email-actions.ts';
import { rowMenu } from './row-menu.ts';

export interface RowActionsOptions {
  popover: Popover;
  email: EmailActions;
  context: () => TableContext;
  /** Where a customer's page is; `undefined` where opening is the host's event alone. */
  href: (customer: Customer) => string | undefined;
  /** What the host answers to and this person may do. */
  may: (action: 'edit' | 'delete') => boolean;
  groupsOf: (customer: Customer) => readonly GroupBadge[];
  /** Fires a cancelable event; false where the host prevented it. */
  ask: (name: string, detail: object) => boolean;
}

/** What can be done with one row: open it, its one menu, and what didn't fit into it. */
export class RowActions {
  readonly #options: RowActionsOptions;

  constructor(options: RowActionsOptions) {
    this.#options = options;
  }

  /** A click that the browser answers by itself, in another tab or window, is not ours to announce. */
  readonly open = (customer: Customer, event: MouseEvent): void => {
    const { href, ask } = this.#options;
    if (href(customer) && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    if (!ask('customer-open', { customer, customerId: customer.id })) event.preventDefault();
  };

  /** A row forwards to the name in it, so that it is never the only way. */
  readonly rowClick = (customer: Customer, event: MouseEvent): void => {
    const row = event.currentTarget as HTMLElement;
    const isControl = (event.target as Element).closest('a, button, input, label');
    if (isControl || event.defaultPrevented || hasMarkedText(row.getRootNode())) return;
    if (event.type === 'auxclick') {
      const href = this.#options.href(customer);
      if (href && event.button === 1) window.open(href, '_blank', 'noopener');
      return;
    }
    const { ctrlKey, metaKey, shiftKey } = event;
    const click = new MouseEvent('click', { ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true });
    row.querySelector('.name')?.dispatchEvent(click);
  };

  readonly showMenu = (customer: Customer, anchor: HTMLElement): void => {
    const { popover, email, context, href, may, ask } = this.#options;
    popover.toggle({
      name: `actions-${customer.id}`,
      anchor,
      role: 'menu',
      align: 'end',
      label: context().text('actionsFor', { customer: displayName(customer) }),
      render: () =>
        rowMenu({
          context: context(),
          customer,
          href: href(customer),
          canEdit: may('edit'),
          canDelete: may('delete'),
          run: (action, event) => {
            popover.close();
            if (action === 'open') this.open(customer, event);
            else if (action === 'email') email.writeToOne(customer);
            else if (action === 'copy') void email.copy([customer]);
            else ask(`customer-${action}`, { customer, customerId: customer.id });
          },
        }),
    });
  };

  /** All groups or tags of a customer of whom the row shows two. */
  readonly showRest = (kind: 'groups' | 'tags', customer: Customer, anchor: HTMLElement): void => {
    const { popover, context, groupsOf } = this.#options;
    const pills = () =>
      kind === 'tags' ? customer.tags.map(tagPill) : groupsOf(customer).map((group) => groupPill(group));
    popover.toggle({
      name: `${kind}-${customer.id}`,
      anchor,
      role: 'dialog',
      label: context().text(kind === 'groups' ? 'groupsOf' : 'tagsOf', { customer: displayName(customer) }),
      render: () => html`<div class="all-pills">${pills()}</div>`,
    });
  };
}

/** Marking text in a row is not opening it. */
function hasMarkedText(root: Node & { getSelection?: () => Selection | null }): boolean {
  // Chromium tells what is marked in a shadow root only by a method of that root.
  const selection = root.getSelection?.() ?? window.getSelection();
  return selection !== null && selection.toString().trim() !== '';
}
