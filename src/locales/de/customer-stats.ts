export const stats = {
  label: 'Kennzahlen',
  loading: 'Kennzahlen werden geladen',
  total: 'Kunden',
  active: 'Aktiv',
  guests: 'Gäste',
  withOrders: 'Mit Bestellungen',
  newThisMonth: 'Neu diesen Monat',
  totalRevenue: 'Umsatz',
  share: '{share} von allen',
  asOf: 'Stand {time}',
  since: 'Seit {day}',
  otherRevenue: 'und {amounts}',
  revenueMeans:
    'Bestellungen, die weder storniert noch erstattet sind. Andere Währungen stehen daneben und werden nie addiert.',
  failed: 'Die Kennzahlen konnten nicht geladen werden.',
  outdated: 'Diese Zahlen konnten nicht aktualisiert werden.',
} as const;
