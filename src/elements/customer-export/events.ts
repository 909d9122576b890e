import type { ExportField } from '../../model/export.ts';
import type { CustomerChoice } from '../../model/operations.ts';
import type { Receipt } from '../../model/receipt.ts';

export interface ExportStartDetail {
  customers: CustomerChoice;
  /** In the order of the columns. */
  fields: readonly ExportField[];
  format: 'csv' | 'xlsx';
}

export interface ExportFinishedDetail {
  receipt: Receipt;
  /** Undefined where it was stopped. */
  fileName: string | undefined;
}

/** The events of `<customer-export>`. */
export interface CustomerExportEventMap {
  /** What asks for an export: the list's selection, or the view's own button. */
  'customers-export': CustomEvent<{ customers: CustomerChoice }>;
  'export-start': CustomEvent<ExportStartDetail>;
  'export-progress': CustomEvent<{ done: number; total: number }>;
  'export-finished': CustomEvent<ExportFinishedDetail>;
  'export-close': CustomEvent<undefined>;
  'export-closed': CustomEvent<undefined>;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging takes an interface
  interface HTMLElementEventMap extends CustomerExportEventMap {}
}
