import * as z from 'zod/mini';
import './schema.ts';

/** Why a field can't be saved as it is. What it says in words is in the locales. */
export interface FieldProblem {
  code:
    | 'missing'
    | 'name_missing'
    | 'too_long'
    | 'email'
    | 'phone'
    | 'url'
    | 'country'
    | 'text'
    | 'yes_or_no'
    | 'choice'
    | 'texts'
    | 'object'
    | 'color'
    | 'percentage'
    | 'decimals'
    | 'not_editable'
    | 'nameless'
    | 'named_twice';
  /** Characters of a value that is too long, and how many fit. */
  length?: number;
  width?: number;
}

/** By the name of the field. */
export type Problems = Record<string, FieldProblem>;

/** Characters as people count them, and as the database does: not UTF-16 units. */
export const within = (width: number) =>
  z.check<string>(({ value, issues }) => {
    const { length } = [...value];
    if (length <= width) return;
    issues.push({ code: 'custom', input: value, message: 'too_long', params: { length, width } });
  });

/** For `z.refine`: what a value has to be, by the code of the problem that it is otherwise. */
export const otherwise = (code: FieldProblem['code']) => ({ error: code });

/** A text that may be missing: blanks are as good as nothing. */
export const optionalText = (...checks: z.core.$ZodCheck<string>[]) =>
  z.pipe(
    z.pipe(
      z.nullable(z.string()),
      z.transform((value) => value?.trim() || null),
    ),
    z.nullable(z.string().check(...checks)),
  );

/** The first problem of each field. */
export function problemsOf(error: z.core.$ZodError): Problems {
  const problems: Problems = {};
  for (const issue of error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')];
    for (const name of names) problems[name] ??= problemOf(issue);
  }
  return problems;
}

function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  switch (issue.code) {
    case 'custom':
      return { code: issue.message as FieldProblem['code'], ...issue.params };
    case 'unrecognized_keys':
      return { code: 'not_editable' };
    case 'invalid_value':
      return { code: 'choice' };
    case 'invalid_type':
      return { code: issue.path.length > 1 ? 'texts' : (codeOfType[issue.expected] ?? 'text') };
    default:
      return { code: 'text' };
  }
}

const codeOfType: Partial<Record<string, FieldProblem['code']>> = {
  boolean: 'yes_or_no',
  array: 'texts',
  record: 'object',
};
