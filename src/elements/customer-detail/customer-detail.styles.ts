import { contentStyles } from './styles/content.ts';
import { rowStyles } from './styles/rows.ts';
import { spendingStyles } from './styles/spending.ts';
import { surfaceStyles } from './styles/surface.ts';

export const detailStyles = [surfaceStyles, spendingStyles, contentStyles, rowStyles];
