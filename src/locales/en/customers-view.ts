export const view = {
  heading: 'Customers',
  moreThan: 'more than {count}',
  create: 'Add customer',
  groups: 'Groups',
  import: 'Import',
  showImport: 'Show import',
  importTitle: 'Import customers',
  export: 'Export',
  showExport: 'Show export',
  exporting: 'Exporting: {done} of {total} customers',
  exported: { one: '{count} customer in {file}', other: '{count} customers in {file}' },
} as const;
