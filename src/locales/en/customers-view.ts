export const view = {
  heading: 'Customers',
  moreThan: 'more than {count}',
  import: 'Import',
  importTitle: 'Import customers',
} as const;
