// Classes, configuration, errors and types, without registering anything: MyElement.define('my-tag') does that.
export { CustomerDetailElement } from './elements/customer-detail/customer-detail.ts';
export { CustomerExportElement } from './elements/customer-export/customer-export.ts';
export { CustomerFormElement } from './elements/customer-form/customer-form.ts';
export { CustomerGroupsElement } from './elements/customer-groups/customer-groups.ts';
export { CustomerImport } from './elements/customer-import/customer-import.ts';
export { CustomerProvider } from './elements/customer-provider/customer-provider.ts';
export { CustomerStatsElement } from './elements/customer-stats/customer-stats.ts';
export { CustomerTable } from './elements/customer-table/customer-table.ts';
export { CustomersView } from './elements/customers-view/customers-view.ts';

export type * from './elements/customer-detail/events.ts';
export type * from './elements/customer-export/events.ts';
export type * from './elements/customer-form/events.ts';
export type * from './elements/customer-groups/events.ts';
export type * from './elements/customer-stats/events.ts';
export type * from './elements/customer-table/events.ts';

export { configure, type Configuration, type GetAccessToken } from './adapter/configure.ts';
export { AdapterError, isAdapterError, type AdapterErrorCode } from './adapter/errors.ts';
export type * from './adapter/adapter.ts';
export type { Access, Role } from './model/access.ts';
export type { Customer, CustomerStats, CustomerStatus, GroupBadge, Total } from './model/customer.ts';
export type {
  CustomerFilterName,
  CustomerFilters,
  CustomerFiltersInput,
  CustomerSort,
  CustomerSortKey,
} from './model/filters.ts';
export type { AddressFields } from './model/address-fields.ts';
export type { CustomerFields } from './model/customer-fields.ts';
export type { CustomerGroup, GroupRule } from './model/groups.ts';
export type { CustomerAddress, CustomerDetail, CustomerNote, Order } from './model/detail.ts';
export type {
  DryRun,
  DryRunRow,
  ImportAddress,
  ImportField,
  ImportFieldRule,
  ImportOptions,
  ImportPolicy,
  ImportRow,
} from './model/import.ts';
export type { ExportField, ExportOptions } from './model/export.ts';
export type {
  BulkAction,
  CustomerChoice,
  Operation,
  OperationList,
  OperationSummary,
} from './model/operations.ts';
export type { FailureList, Receipt, ReceiptFailure } from './model/receipt.ts';
export type { Timeline, TimelineEntry, TimelineKind } from './model/timeline.ts';
