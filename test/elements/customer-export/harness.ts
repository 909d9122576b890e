import { fixture, html, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import type { CustomerExportElement } from '../../../src/elements/customer-export/customer-export.ts';
import '../../../src/elements/customer-export/define.ts';
import type { Receipt } from '../../../src/model/receipt.ts';

// The browser's own question would wait for a person; a test that answers it brings one of its own.
Object.defineProperty(window, 'showSaveFilePicker', { configurable: true, value: undefined });

/** An export, with what a person does to it, sees of it and finds in the downloads. */
export class ExportHarness {
  readonly element: CustomerExportElement;
  /** What came to the downloads, the last first. */
  readonly saved: { name: string; file: Promise<Blob> }[] = [];
  readonly finished: { receipt: Receipt; fileName: string | undefined }[] = [];
  readonly #click = HTMLAnchorElement.prototype.click;

  static async create(
    adapter: CustomerAdapter,
    properties: Partial<CustomerExportElement> = {},
    { lang = 'en', width = '760px' } = {},
  ): Promise<ExportHarness> {
    const box = await fixture<HTMLElement>(html`<div lang=${lang}></div>`);
    box.style.width = width;
    const element = document.createElement('customer-export');
    Object.assign(element, { adapter }, properties);
    const harness = new ExportHarness(element);
    box.append(element);
    if (element.presentation === 'inline' || element.open) await harness.sees('.start, .state');
    return harness;
  }

  private constructor(element: CustomerExportElement) {
    this.element = element;
    const { saved } = this;
    element.addEventListener('export-finished', ({ detail }) => this.finished.push(detail));
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.unshift({ name: this.download, file: fetch(this.href).then((answer) => answer.blob()) });
    };
  }

  /** To be called after each test. */
  end(): void {
    HTMLAnchorElement.prototype.click = this.#click;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  /** All visible text, blanks as one. */
  get text(): string {
    return (this.root.querySelector<HTMLElement>('.content')?.innerText ?? '').replace(/\s+/g, ' ').trim();
  }

  find<T extends HTMLElement>(selector: string): T {
    const found = this.root.querySelector<T>(selector);
    if (!found) throw new Error(`There is no ${selector} in: ${this.text}`);
    return found;
  }

  all<T extends HTMLElement>(selector: string): T[] {
    return [...this.root.querySelectorAll<T>(selector)];
  }

  async sees(selector: string, timeout = 15_000): Promise<void> {
    await waitUntil(() => this.root.querySelector(selector), `there is no ${selector}`, { timeout });
    await this.element.updateComplete;
  }

  async reads(text: string, timeout = 15_000): Promise<void> {
    await waitUntil(() => this.text.includes(text), `nothing says "${text}" in: ${this.text}`, { timeout });
  }

  async press(selector: string): Promise<void> {
    const button = this.find(selector);
    button.focus();
    button.click();
    await this.element.updateComplete;
  }

  /** The choices of whom, as they are written. */
  get audiences(): string[] {
    return this.all('.choice:first-of-type .option').map((option) =>
      option.innerText.replace(/\s+/g, ' ').trim(),
    );
  }

  get columns(): string[] {
    return this.all('[data-column]').map((column) => column.dataset.column ?? '');
  }

  /** Exports, and answers what is in the file. */
  async export(timeout = 60_000): Promise<{ name: string; text: string; file: Blob; receipt: Receipt }> {
    const before = this.saved.length;
    await this.press('.start');
    await this.sees('.outcome', timeout);
    await waitUntil(() => this.saved.length > before, 'nothing was saved');
    const { name, file } = this.saved[0]!;
    return {
      name,
      text: await (await file).text(),
      file: await file,
      receipt: this.finished.at(-1)!.receipt,
    };
  }
}

/** Lines of CSV without quotation marks in them. */
export const linesOf = (text: string): string[] => text.replace('\ufeff', '').split('\r\n').filter(Boolean);
