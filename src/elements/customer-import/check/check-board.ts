import type { ProblemCode } from '../../../import/problem.ts';
import type { RecordState } from '../../../import/check.ts';
import type { ImportOverview } from '../../../import/session.ts';
import type { CheckSettings } from '../../../import/settings.ts';
import type { ImportContext, SectionText } from '../context.ts';
import type { SettingsChange } from '../flow.ts';
import type { RecordPages } from './record-pages.ts';

/** The records that are looked at: all, those in a state, those with a problem of a kind. */
export type CheckView = 'all' | Extract<RecordState, 'ready' | 'continuation'> | ProblemCode;

export const isProblem = (view: CheckView): view is ProblemCode =>
  view !== 'all' && view !== 'ready' && view !== 'continuation';

/** What the parts of the check share. */
export interface CheckBoard {
  readonly context: ImportContext;
  readonly text: SectionText<'importCheck'>;
  readonly pages: RecordPages;
  readonly view: CheckView;
  /** As the last check left it. */
  readonly overview: ImportOverview;
  /** As they are wanted, also while they are being checked. */
  readonly settings: CheckSettings;
  /** Has the file checked with something changed; when that is done, says so politely. */
  change(change: SettingsChange, said: string): void;
  say(text: string): void;
  /** The focus goes to the heading of the kind: what had it is gone. */
  focusHeading(): void;
  redraw(): void;
}
