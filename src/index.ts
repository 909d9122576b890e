// Registers every element. Import one of them, 'customer-elements/customer-table', to load less.
import './elements/customer-provider/define.ts';
import './elements/customer-stats/define.ts';
import './elements/customer-table/define.ts';
import './elements/customer-detail/define.ts';
import './elements/customer-form/define.ts';
import './elements/customer-groups/define.ts';
import './elements/customer-import/define.ts';
import './elements/customer-export/define.ts';
import './elements/customers-view/define.ts';

export * from './pure.ts';
