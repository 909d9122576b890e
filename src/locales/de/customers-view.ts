export const view = {
  heading: 'Kunden',
  moreThan: 'mehr als {count}',
  create: 'Kunden hinzufügen',
  import: 'Importieren',
  showImport: 'Import anzeigen',
  importTitle: 'Kunden importieren',
} as const;
