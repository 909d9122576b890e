/** Longer addresses are cut or refused by mail programs, Windows' above 2,048 characters. */
const longestUrl = 2000;

/**
 * A `mailto:` address; several people are put into the blind copy, so that nobody sees the others.
 * `undefined` where there are too many for a mail program.
 */
export function mailtoUrl(emails: readonly string[]): string | undefined {
  const [first = '', ...others] = emails.map((email) => encodeURIComponent(email).replaceAll('%40', '@'));
  const url = others.length ? `mailto:?bcc=${[first, ...others].join(',')}` : `mailto:${first}`;
  return url.length > longestUrl ? undefined : url;
}

/** Hands an address to the person's mail program; the page stays. */
export function openMailProgram(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.click();
}
