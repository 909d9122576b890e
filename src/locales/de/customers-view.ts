export const view = {
  heading: 'Kunden',
  moreThan: 'mehr als {count}',
  import: 'Importieren',
  showImport: 'Import anzeigen',
  importTitle: 'Kunden importieren',
} as const;
