import type { ReactiveController, ReactiveControllerHost } from 'lit';

type PastingHost = ReactiveControllerHost & HTMLElement;

export interface PastingOptions {
  /** Whether something pasted is wanted right now. */
  isWanted: () => boolean;
  onFile: (file: File) => void;
  onText: (text: string) => void;
}

/**
 * Takes a file or rows from the clipboard wherever the focus is in the element. Browsers send `paste` to where the
 * selection is, which after Tab is not where the focus is: so the document listens.
 */
export class Pasting implements ReactiveController {
  readonly #host: PastingHost;
  readonly #options: PastingOptions;

  constructor(host: PastingHost, options: PastingOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('paste', this.#onPaste);
  }

  hostDisconnected(): void {
    document.removeEventListener('paste', this.#onPaste);
  }

  readonly #onPaste = (event: ClipboardEvent): void => {
    const { clipboardData } = event;
    if (event.defaultPrevented || !clipboardData || !this.#options.isWanted() || !this.#isMeant(event))
      return;
    const [file] = clipboardData.files;
    const text = clipboardData.getData('text/plain');
    // Spreadsheets offer a picture of the cells beside their text.
    if (text.trim() !== '') this.#options.onText(text);
    else if (file) this.#options.onFile(file);
    else return;
    event.preventDefault();
  };

  /** In the element, or in the dialog that holds it while everything else is out of reach; never in a text field. */
  #isMeant(event: ClipboardEvent): boolean {
    const path = event.composedPath();
    const isTyping = path[0] instanceof HTMLElement && path[0].matches('input, textarea, [contenteditable]');
    if (isTyping) return false;
    const host = this.#host;
    return path.includes(host) || host.matches(':focus-within') || host.closest('dialog:modal') !== null;
  }
}
