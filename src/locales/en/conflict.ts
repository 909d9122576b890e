/** Saving what others have changed meanwhile. */
export const conflict = {
  title: '{people} changed the same meanwhile',
  explanation: 'Nothing is saved yet. Choose what is right for each.',
  mine: 'Yours',
  someone: 'Someone else',
  nothing: 'Empty',
  save: 'Save what is chosen',
  saving: 'Saving…',
  back: 'Back to editing',
  kept: 'Meanwhile {by} changed: {fields}. Both are kept.',
} as const;
