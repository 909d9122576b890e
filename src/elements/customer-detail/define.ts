import '../customer-form/define.ts';
import { CustomerDetailElement } from './customer-detail.ts';

export { CustomerDetailElement };
export type * from './events.ts';

if (typeof customElements !== 'undefined') CustomerDetailElement.define('customer-detail');

declare global {
  interface HTMLElementTagNameMap {
    'customer-detail': CustomerDetailElement;
  }
}
