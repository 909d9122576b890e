import type { Messages, MessagesOf } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';
import { bulkActions, type BulkAction } from '../../model/operations.ts';
import type { Receipt } from '../../model/receipt.ts';
import { formatList, isolated } from '../format.ts';

export type OperationsTextKey = keyof MessagesOf<Messages['operations']> & string;
export type OperationsText = (key: OperationsTextKey, values?: TextValues) => string;

export interface OperationWords {
  text: OperationsText;
  locale: string;
  /** The name of a group; undefined where there is none of this id. */
  groupName: (id: string) => string | undefined;
}

/** What an operation is, whether it has ended or not. */
export interface NamedOperation {
  kind: string;
  options: Record<string, unknown>;
}

export const isBulkAction = (kind: string): kind is BulkAction =>
  (bulkActions as readonly string[]).includes(kind);

type Named = BulkAction | 'import' | 'export' | 'merge';

const isNamed = (kind: string): kind is Named =>
  isBulkAction(kind) || kind === 'import' || kind === 'export' || kind === 'merge';

/** "Add tags": what a menu calls it. */
export function actionName({ text }: OperationWords, kind: string): string {
  return isNamed(kind) ? text(`action_${kind}`) : kind;
}

/** "Adding tag vip to 12,430 customers", while it lasts. */
export function whatItDoes(words: OperationWords, { kind, options }: NamedOperation, count: number): string {
  const { text } = words;
  if (kind === 'undo')
    return text('doing_undo', { ...customersOf(words, count), action: undoneAction(words, options) });
  if (isBulkAction(kind))
    return text(`doing_${kind}`, { ...customersOf(words, count), ...valuesOf(words, options) });
  return actionName(words, kind);
}

/** "Added tag vip to 12,430 customers", once it has ended; where it changed nobody, that. */
export function whatItDid(words: OperationWords, operation: NamedOperation & Receipt): string {
  const { text } = words;
  const { kind, options, changed: count } = operation;
  if (kind === 'import') {
    const { fileName } = options;
    return typeof fileName === 'string'
      ? text('did_import', { file: isolated(fileName) })
      : text('did_nameless_import');
  }
  if (kind === 'export') return text('did_export', customersOf(words, operation.asked));
  if (kind === 'merge') return text('did_merge');
  if (kind === 'undo') {
    const action = undoneAction(words, options);
    return count
      ? text('did_undo', { ...customersOf(words, count), action })
      : text('undidNobody', { action });
  }
  if (!isBulkAction(kind)) return text('did_other', { name: isolated(kind) });
  if (count === 0) return text('changedNobody', { action: actionName(words, kind) });
  return text(`did_${kind}`, { ...customersOf(words, count), ...valuesOf(words, options) });
}

/** What became of the others: "3 failed", "25 guests left alone". */
export function otherOutcomes({ text }: OperationWords, operation: Receipt & { kind: string }): string[] {
  const { kind, status, asked, created, changed, unchanged, skipped, failed } = operation;
  const done = created + changed + unchanged + skipped + failed;
  const isImport = kind === 'import';
  const skippedKey = kind === 'set_active' || kind === 'set_inactive' ? 'guestsLeft' : 'skipped';
  const isUndo = kind === 'undo';
  return [
    ...(isImport ? [text('created', { count: created }), text('changed', { count: changed })] : []),
    ...(status === 'cancelled' && done < asked ? [text('stoppedEarly', { done, total: asked })] : []),
    ...(unchanged && kind !== 'export' ? [text(isUndo ? 'gone' : 'unchanged', { count: unchanged })] : []),
    ...(skipped ? [text(skippedKey, { count: skipped })] : []),
    ...(failed ? [text(isUndo ? 'kept' : 'failed', { count: failed })] : []),
  ];
}

/** All of it in one sentence, with the true numbers. */
export function accountOf(words: OperationWords, operation: NamedOperation & Receipt): string {
  const parts = [whatItDid(words, operation), ...otherOutcomes(words, operation)];
  return parts.join(words.text('listSeparator'));
}

/** `count`, and it as a phrase for languages in which that is simpler. */
export const customersOf = ({ text }: Pick<OperationWords, 'text'>, count: number): TextValues => ({
  count,
  customers: text('countCustomers', { count }),
});

function valuesOf({ text, locale, groupName }: OperationWords, options: Record<string, unknown>): TextValues {
  const tags = (Array.isArray(options.tags) ? options.tags : []).map((tag) => isolated(String(tag)));
  const group = typeof options.group === 'string' ? groupName(options.group) : undefined;
  return {
    tags: text('aTag', { count: tags.length, tags: formatList(locale, tags) }),
    group: group === undefined ? text('aGroup') : isolated(group),
  };
}

const undoneAction = (words: OperationWords, { kind }: Record<string, unknown>): string =>
  actionName(words, typeof kind === 'string' ? kind : '');
