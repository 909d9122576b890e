import { fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/elements/customer-import/define.ts';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import type { CustomerImport } from '../../../src/elements/customer-import/customer-import.ts';

/** An import, with what a person does to it and sees of it. */
export class ImportHarness {
  readonly element: CustomerImport;

  static async create(
    adapter: CustomerAdapter,
    { width = '880px', lang = 'en' } = {},
  ): Promise<ImportHarness> {
    const box = await fixture<HTMLElement>(html`<div lang=${lang}></div>`);
    box.style.width = width;
    const element = document.createElement('customer-import');
    element.adapter = adapter;
    box.append(element);
    const harness = new ImportHarness(element);
    await harness.sees('.drop, .state');
    return harness;
  }

  private constructor(element: CustomerImport) {
    this.element = element;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  /** All visible text, blanks as one. */
  get text(): string {
    return (this.root.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  get focused(): Element | null {
    return this.root.activeElement;
  }

  find<T extends HTMLElement>(selector: string): T {
    const found = this.root.querySelector<T>(selector);
    if (!found) throw new Error(`There is no ${selector} in: ${this.text}`);
    return found;
  }

  all<T extends HTMLElement>(selector: string): T[] {
    return [...this.root.querySelectorAll<T>(selector)];
  }

  button(label: string | RegExp): HTMLButtonElement {
    const fits = (text: string): boolean => (typeof label === 'string' ? text === label : label.test(text));
    const found = this.all<HTMLButtonElement>('button').find((button) =>
      fits(button.textContent?.trim() ?? ''),
    );
    if (!found) throw new Error(`There is no button ${label} in: ${this.text}`);
    return found;
  }

  async sees(selector: string): Promise<void> {
    await waitUntil(() => this.root.querySelector(selector), `there is no ${selector}`, { timeout: 15_000 });
    await this.element.updateComplete;
  }

  /** Chooses a file as the browser's dialog would hand it over. */
  async choose(...files: File[]): Promise<void> {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    const input = this.find<HTMLInputElement>('input[type=file]');
    input.files = transfer.files;
    const earlier = this.root.querySelector('[role=alert]');
    input.dispatchEvent(new Event('change'));
    await waitUntil(
      () => this.all('.footer, [role=alert]').some((answer) => answer !== earlier),
      'the file is not answered',
      { timeout: 15_000 },
    );
    await this.element.updateComplete;
  }

  async start(): Promise<void> {
    this.button(/^Import \d/).click();
    await this.element.updateComplete;
  }

  async finished(): Promise<void> {
    await this.sees('.tile:nth-child(5)');
  }

  /** The numbers by their labels, as they are written. */
  get numbers(): Record<string, string> {
    return Object.fromEntries(
      this.all('.tile').map((tile) => [
        tile.querySelector('dt')?.textContent?.trim() ?? '',
        tile.querySelector('dd')?.textContent?.trim() ?? '',
      ]),
    );
  }
}

export const csv = (text: string, name = 'customers.csv'): File =>
  new File([text], name, { type: 'text/csv' });

export async function shopifyExport(): Promise<File> {
  const answer = await fetch('/test/fixtures/import/shopify-customers-export.csv');
  return new File([await answer.blob()], 'customers_export.csv', { type: 'text/csv' });
}
