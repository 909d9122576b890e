import type { GroupsTextKey } from './context.ts';

export interface PaletteColor {
  value: string;
  label: GroupsTextKey;
}

/** Each 3 to 1 or more on the grounds of both themes, and as far from its neighbours as that leaves room for. */
export const palette: readonly PaletteColor[] = [
  { value: '#6366f1', label: 'indigo' },
  { value: '#3b82f6', label: 'blue' },
  { value: '#0e8fa3', label: 'cyan' },
  { value: '#0d9488', label: 'teal' },
  { value: '#16954a', label: 'green' },
  { value: '#5f9410', label: 'lime' },
  { value: '#a8800c', label: 'gold' },
  { value: '#c2680e', label: 'orange' },
  { value: '#e5484d', label: 'red' },
  { value: '#e23e8b', label: 'pink' },
  { value: '#8b5cf6', label: 'violet' },
  { value: '#64748b', label: 'grey' },
];
