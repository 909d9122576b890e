import { CustomerFormElement } from './customer-form.ts';

export { CustomerFormElement };
export type * from './events.ts';

if (typeof customElements !== 'undefined') CustomerFormElement.define('customer-form');

declare global {
  interface HTMLElementTagNameMap {
    'customer-form': CustomerFormElement;
  }
}
