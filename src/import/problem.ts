import type { ReceiptFailure } from '../model/receipt.ts';

/** Why a record is left out, or what to know about one that isn't. */
export type ProblemCode =
  | 'email_empty'
  | 'email_invalid'
  | 'too_long'
  | 'control_character'
  | 'duplicate'
  | 'left_out'
  | 'name_missing'
  | 'phone_unreadable'
  | 'phone_destroyed'
  | 'phone_doubtful'
  | 'country_unknown'
  | 'consent_unknown'
  | 'status_unknown'
  | 'zero_lost'
  | 'characters_lost'
  | 'cells_surplus'
  | 'quote_misplaced';

export interface Problem {
  /** The record number, the header being 1. */
  row: number;
  code: ProblemCode;
  /** One of ours, or a header of the file where the value is metadata. */
  field?: string;
  /** The cell as it stands in the file. */
  value?: string;
  /** What was surely meant: made for all of a kind by the setting `repairs`. */
  repair?: string;
  /** The earlier record that a `duplicate` repeats. */
  of?: number;
  /** Characters that the value has and that fit, for `too_long`. */
  length?: number;
  limit?: number;
}

/** A problem as a receipt tells it, in English; elements say it in their own language by its code. */
export function failureOf(problem: Problem): ReceiptFailure {
  const { row, code, field } = problem;
  return {
    row,
    ...(field === undefined ? {} : { field }),
    code,
    message: messageOf(problem),
    outcome: code === 'duplicate' || code === 'left_out' ? 'skipped' : 'failed',
  };
}

function messageOf({ code, field, of, length, limit }: Problem): string {
  switch (code) {
    case 'email_empty':
      return 'There is no e-mail.';
    case 'email_invalid':
      return 'The e-mail is not valid.';
    case 'duplicate':
      return `The same e-mail as in record ${of}.`;
    case 'left_out':
      return 'Left out by the person who imported.';
    case 'too_long':
      return `${field} has ${length} characters; at most ${limit} fit.`;
    case 'control_character':
      return 'There is a control character in it.';
    default:
      return code;
  }
}
