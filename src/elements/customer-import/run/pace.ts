import type { OperationProgress } from '../../../operations/operation-run.ts';
import { formatNumber } from '../../../parts/format.ts';
import type { ImportText } from '../import-text.ts';

/** "1,200 rows a second · 40 seconds left" */
export function paceText(
  { done, total, rate, state }: OperationProgress,
  text: ImportText,
  locale: string,
): string {
  if (!rate || state === 'paused') return '';
  const seconds = Math.ceil(Math.max(0, total - done) / rate);
  const left =
    seconds < 90
      ? text('secondsLeft', { count: seconds })
      : text('minutesLeft', { count: Math.round(seconds / 60) });
  return [text('rate', { rate: formatNumber(locale, Math.round(rate)) }), left].join(' · ');
}
