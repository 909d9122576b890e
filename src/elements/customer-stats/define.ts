import { CustomerStatsElement } from './customer-stats.ts';

export { CustomerStatsElement };
export type * from './events.ts';

if (typeof customElements !== 'undefined') CustomerStatsElement.define('customer-stats');

declare global {
  interface HTMLElementTagNameMap {
    'customer-stats': CustomerStatsElement;
  }
}
