import { CustomerTable } from './customer-table.ts';

export { CustomerTable };
export type * from './events.ts';

if (typeof customElements !== 'undefined') CustomerTable.define('customer-table');

declare global {
  interface HTMLElementTagNameMap {
    'customer-table': CustomerTable;
  }
}
