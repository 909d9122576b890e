import type { ExportFormat } from './preferences.ts';

/** Chrome's and Edge's; others have none. https://developer.mozilla.org/docs/Web/API/Window/showSaveFilePicker */
type ShowSaveFilePicker = (options: {
  suggestedName: string;
  types: { accept: Record<string, string[]> }[];
}) => Promise<FileSystemFileHandle>;

const types: Record<ExportFormat, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * Asks the person where the file should be, where the browser can write into it; to be called in the click. Answers
 * `taken back` where the person thought better of it, and undefined where the file waits with us until it is whole.
 */
export async function chooseFile(
  name: string,
  format: ExportFormat,
): Promise<FileSystemFileHandle | 'taken back' | undefined> {
  const { showSaveFilePicker } = window as { showSaveFilePicker?: ShowSaveFilePicker };
  if (!showSaveFilePicker) return undefined;
  try {
    return await showSaveFilePicker.call(window, {
      suggestedName: name,
      types: [{ accept: { [types[format]]: [`.${format}`] } }],
    });
  } catch (error) {
    // A frame of another origin, a policy, a click by a script: there is the other way.
    return error instanceof DOMException && error.name === 'AbortError' ? 'taken back' : undefined;
  }
}
