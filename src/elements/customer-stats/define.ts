import { CustomerStats } from './customer-stats.ts';

export { CustomerStats };

if (typeof customElements !== 'undefined') CustomerStats.define('customer-stats');

declare global {
  interface HTMLElementTagNameMap {
    'customer-stats': CustomerStats;
  }
}
