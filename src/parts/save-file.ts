/** Hands a text to the browser as a file to save. */
export function saveFile(name: string, text: string, type = 'text/csv'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file when the click returns in every engine but Safari, which needs a moment.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
