import { CustomerStatsElement } from './customer-stats.ts';

export { CustomerStatsElement };

if (typeof customElements !== 'undefined') CustomerStatsElement.define('customer-stats');

declare global {
  interface HTMLElementTagNameMap {
    'customer-stats': CustomerStatsElement;
  }
}
