import '../customer-detail/define.ts';
import '../customer-export/define.ts';
import '../customer-form/define.ts';
import '../customer-groups/define.ts';
import '../customer-import/define.ts';
import '../customer-stats/define.ts';
import '../customer-table/define.ts';
import { CustomersView } from './customers-view.ts';

export { CustomersView };
export type * from '../customer-detail/events.ts';
export type * from '../customer-export/events.ts';
export type * from '../customer-form/events.ts';
export type * from '../customer-groups/events.ts';
export type * from '../customer-stats/events.ts';
export type * from '../customer-table/events.ts';

if (typeof customElements !== 'undefined') CustomersView.define('customers-view');

declare global {
  interface HTMLElementTagNameMap {
    'customers-view': CustomersView;
  }
}
