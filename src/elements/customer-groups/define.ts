import { CustomerGroupsElement } from './customer-groups.ts';

export { CustomerGroupsElement };
export type * from './events.ts';

if (typeof customElements !== 'undefined') CustomerGroupsElement.define('customer-groups');

declare global {
  interface HTMLElementTagNameMap {
    'customer-groups': CustomerGroupsElement;
  }
}
