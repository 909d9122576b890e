import type { FieldProblem, Problems } from '../../model/problems.ts';
import type { FieldText } from './field.ts';

/** What is wrong with a field and what to do about it, in plain words. */
export function problemText(text: FieldText, { code, length = 0, width = 0 }: FieldProblem): string {
  switch (code) {
    case 'missing':
      return text('problemMissing');
    case 'name_missing':
      return text('problemNameMissing');
    case 'too_long':
      return text('problemTooLong', { length, width });
    case 'email':
      return text('problemEmail');
    case 'phone':
      return text('problemPhone');
    case 'url':
      return text('problemUrl');
    case 'country':
      return text('problemCountry');
    case 'color':
      return text('problemColor');
    case 'percentage':
    case 'decimals':
      return text('problemPercentage');
    case 'nameless':
      return text('problemNameless');
    case 'named_twice':
      return text('problemNamedTwice');
    default:
      return text('problemOther');
  }
}

export function problemTexts(text: FieldText, problems: Problems): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([name, problem]) => [name, problemText(text, problem)]),
  );
}
