export const view = {
  heading: 'Kunden',
  moreThan: 'mehr als {count}',
  create: 'Kunden hinzufügen',
  groups: 'Gruppen',
  import: 'Importieren',
  showImport: 'Import anzeigen',
  importTitle: 'Kunden importieren',
} as const;
