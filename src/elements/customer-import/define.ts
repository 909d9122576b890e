import { CustomerImport } from './customer-import.ts';

export { CustomerImport };

if (typeof customElements !== 'undefined') CustomerImport.define('customer-import');

declare global {
  interface HTMLElementTagNameMap {
    'customer-import': CustomerImport;
  }
}
