export const view = {
  heading: 'Customers',
  moreThan: 'more than {count}',
  create: 'Add customer',
  groups: 'Groups',
  import: 'Import',
  showImport: 'Show import',
  importTitle: 'Import customers',
} as const;
