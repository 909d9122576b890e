export const view = {
  heading: 'Customers',
  moreThan: 'more than {count}',
  import: 'Import',
  showImport: 'Show import',
  importTitle: 'Import customers',
} as const;
