export const view = {
  heading: 'Kunden',
  moreThan: 'mehr als {count}',
  create: 'Kunden hinzufügen',
  groups: 'Gruppen',
  import: 'Importieren',
  showImport: 'Import anzeigen',
  importTitle: 'Kunden importieren',
  export: 'Exportieren',
  showExport: 'Export anzeigen',
  exporting: 'Export: {done} von {total} Kunden',
  exported: { one: '{count} Kunde in {file}', other: '{count} Kunden in {file}' },
} as const;
