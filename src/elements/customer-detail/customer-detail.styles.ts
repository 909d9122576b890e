import { privacyStyles } from './erase/privacy.styles.ts';
import { contentStyles } from './styles/content.ts';
import { headStyles } from './styles/head.ts';
import { mergeStyles } from './styles/merge.ts';
import { rowStyles } from './styles/rows.ts';
import { spendingStyles } from './styles/spending.ts';
import { timelineStyles } from './styles/timeline.ts';

export const detailStyles = [
  headStyles,
  spendingStyles,
  contentStyles,
  rowStyles,
  timelineStyles,
  mergeStyles,
  privacyStyles,
];
