export const stats = {
  label: 'Statistics',
  loading: 'Statistics are loading',
  total: 'Customers',
  active: 'Active',
  guests: 'Guests',
  withOrders: 'With orders',
  newThisMonth: 'New this month',
  totalRevenue: 'Revenue',
  share: '{share} of all',
  asOf: 'As of {time}',
  since: 'Since {day}',
  otherRevenue: 'and {amounts}',
  revenueMeans:
    'Orders that are neither cancelled nor refunded. Other currencies stand beside it, never added up.',
  failed: 'The statistics could not be loaded.',
  outdated: 'These numbers could not be refreshed.',
} as const;
