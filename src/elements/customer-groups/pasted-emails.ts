/** The e-mails in a text as people paste it: lines, commas, `Ada Lovelace <ada@example.com>`; each once. */
export function emailsIn(text: string): string[] {
  const found = new Map<string, string>();
  for (const word of text.split(/[\s,;<>()"']+/)) {
    const email = word.replace(/^mailto:/i, '').replace(/[.:]+$/, '');
    if (/^[^@]+@[^@]+$/.test(email)) found.set(email.toLowerCase(), email);
  }
  return [...found.values()];
}
