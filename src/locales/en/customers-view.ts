export const view = {
  heading: 'Customers',
  moreThan: 'more than {count}',
  create: 'Add customer',
  import: 'Import',
  showImport: 'Show import',
  importTitle: 'Import customers',
} as const;
