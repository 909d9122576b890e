/** The same rule as customers_private.is_email: ASCII, one @, no dot at either end or twice, a domain that ends in letters. */
const email =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;

export function isEmail(text: string): boolean {
  return email.test(text);
}

/** What two spellings of one address share; blanks of any kind around it don't count. */
export function emailKey(text: string): string {
  return trim(text).toLowerCase();
}

/** Without blanks around it, also those that only Unicode knows. */
export function trim(text: string): string {
  // Not one pattern for both ends: it would take minutes for a cell with 100,000 blanks inside.
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text, start)) start++;
  while (end > start && isBlank(text, end - 1)) end--;
  return text.slice(start, end);
}

function isBlank(text: string, index: number): boolean {
  return /[\s\u0085]/.test(text.charAt(index));
}
