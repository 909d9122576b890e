import { CustomerProvider } from './customer-provider.ts';

export { CustomerProvider };

if (typeof customElements !== 'undefined') CustomerProvider.define('customer-provider');

declare global {
  interface HTMLElementTagNameMap {
    'customer-provider': CustomerProvider;
  }
}
