/** Hands a text to the browser as a file to save; one in another encoding comes as its bytes, a file as it is. */
export function saveFile(
  name: string,
  content: string | Uint8Array<ArrayBuffer> | Blob,
  type = 'text/csv',
): void {
  const kind = typeof content === 'string' ? `${type};charset=utf-8` : type;
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: kind }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file when the click returns in every engine but Safari, which needs a moment.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
