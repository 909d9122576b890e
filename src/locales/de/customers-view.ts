export const view = {
  heading: 'Kunden',
  moreThan: 'mehr als {count}',
  import: 'Importieren',
  importTitle: 'Kunden importieren',
} as const;
