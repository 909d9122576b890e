import { CustomerExportElement } from './customer-export.ts';

export { CustomerExportElement };
export type * from './events.ts';

if (typeof customElements !== 'undefined') CustomerExportElement.define('customer-export');

declare global {
  interface HTMLElementTagNameMap {
    'customer-export': CustomerExportElement;
  }
}
