/**
 * A spreadsheet's guard against formulas, taken off. Shopify writes it before ids, phones and zips whatever follows
 * (`always`); elsewhere it is one only before what a guard is put before, so that `'t Hooft` stays.
 */
export function withoutApostrophe(cell: string, always: boolean): string {
  return (always ? /^\s*'/ : /^'(?=\s*[=+\-@＝＋－＠]|[\d\s])/).test(cell) ? cell.replace("'", '') : cell;
}

/**
 * The guard put on, for every cell that a spreadsheet could take for a formula: blanks before the sign are passed over,
 * and in East Asian versions full-width signs are signs too. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function withApostrophe(cell: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n\0]/.test(cell) ? `'${cell}` : cell;
}

/**
 * The guard of our own export, which can be taken off for certain: a cell that begins with apostrophes before a sign
 * gets one more, so that `'=1` comes back as it was.
 */
export function guarded(cell: string): string {
  return /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n\0])/.test(cell) ? `'${cell}` : cell;
}

/** What {@link guarded} was made of. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && guarded(cell) !== cell ? cell.slice(1) : cell;
}
