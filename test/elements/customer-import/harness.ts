import { fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/elements/customer-import/define.ts';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import type { MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import type { CustomerImport } from '../../../src/elements/customer-import/customer-import.ts';

type MemoryCustomer = NonNullable<MemoryAdapterOptions['customers']>[number];

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
    return withoutIsolates(this.root.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim();
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

  /** What an element says, blanks as one. */
  textOf(selector: string): string {
    return said(this.find(selector));
  }

  textsOf(selector: string): string[] {
    return this.all(selector).map(said);
  }

  async sees(selector: string): Promise<void> {
    await waitUntil(() => this.root.querySelector(selector), `there is no ${selector}`, { timeout: 15_000 });
    await this.element.updateComplete;
  }

  /** The step that is shown. */
  get step(): string | undefined {
    return this.root.querySelector<HTMLElement>('[data-step]')?.dataset.step;
  }

  /** Goes on by the button at the foot until a step is reached. */
  async goTo(step: string): Promise<void> {
    for (let presses = 0; this.step !== step && presses < 6; presses++) {
      const from = this.step;
      const next = (): HTMLButtonElement | null =>
        this.root.querySelector<HTMLButtonElement>('[data-action=next]:enabled');
      await waitUntil(next, `there is no way on from ${from}`, { timeout: 15_000 });
      next()?.click();
      await waitUntil(() => this.step !== from, `${from} is not left`, { timeout: 15_000 });
      await this.element.updateComplete;
    }
  }

  /** Chooses a file and goes on to a step of it. */
  async chooseUntil(step: string, file: File): Promise<void> {
    await this.choose(file);
    await this.goTo(step);
    await this.sees('.footer');
  }

  async shows(text: string): Promise<void> {
    await waitUntil(() => this.text.includes(text), `${text} is not shown`, { timeout: 15_000 });
    await this.element.updateComplete;
  }

  /** Chooses a file as the browser's dialog would hand it over. */
  async choose(...files: File[]): Promise<void> {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    if (this.step === 'map') {
      this.button('Back').click();
      await this.sees('.drop');
    }
    const input = this.find<HTMLInputElement>('.drop input[type=file]');
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

  /** Goes on to the last step before anything is written, and starts. */
  async start(): Promise<void> {
    await this.goTo('decide');
    await this.sees('[data-action=next]:enabled');
    this.find('[data-action=next]').click();
    await this.element.updateComplete;
  }

  async finished(): Promise<void> {
    await this.sees('[data-step=report] .tile:nth-child(5)');
  }

  /** The card of a column, in the step that maps. */
  card(header: string): HTMLElement {
    const found = this.all('.column').find(
      (card) => card.querySelector('.column-header')?.textContent?.trim() === header,
    );
    if (!found) throw new Error(`There is no column ${header} in: ${this.text}`);
    return found;
  }

  /** Why a column becomes what it does, as its card says it. */
  why(header: string): string {
    return withoutIsolates(this.card(header).querySelector('.column-why')?.textContent ?? '').trim();
  }

  /** What a column becomes, as its card says it. */
  target(header: string): string | undefined {
    const select = this.card(header).querySelector<HTMLSelectElement>('.column-target');
    return select?.selectedOptions[0]?.textContent?.trim();
  }

  /** Chooses an option by its label, as a person would, and waits for the check that follows. */
  async select(select: HTMLSelectElement, label: string): Promise<void> {
    const option = [...select.options].find(({ textContent }) => textContent?.trim() === label);
    if (!option) throw new Error(`There is no ${label} in: ${select.textContent}`);
    select.focus();
    select.value = option.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await this.checked();
  }

  /** Sends a column to a field. */
  async send(header: string, label: string): Promise<void> {
    await this.select(this.card(header).querySelector<HTMLSelectElement>('.column-target')!, label);
  }

  /** Waits until the rows have been checked as the columns are mapped now. */
  async checked(): Promise<void> {
    await this.element.updateComplete;
    await waitUntil(() => !this.text.includes('Checking the rows'), 'the check does not end', {
      timeout: 15_000,
    });
    await this.element.updateComplete;
  }

  /** The line that says what the file is, with what is chosen in it. */
  get fileLine(): string {
    return this.all('.file-line > *')
      .map((part) => part.querySelector('select')?.selectedOptions[0]?.textContent ?? part.textContent ?? '')
      .map((part) => part.trim())
      .join(' ')
      .replace(/\s+/g, ' ');
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

const said = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, ' ').trim();

/** A customer as a backend without rules would keep it. */
export function customer(fields: Partial<MemoryCustomer> & { email: string }): MemoryCustomer {
  const since = '2026-01-01T00:00:00.000Z';
  return {
    ...{ id: crypto.randomUUID(), first_name: '', last_name: '', phone: null, avatar_url: null },
    ...{ status: 'active' as const, is_guest: false, email_verified: true, accepts_marketing: false },
    ...{ orders_count: 0, total_spent: 0, average_order_value: 0, last_order_date: null, notes_count: 0 },
    ...{ tags: [], country: null, group_ids: [], version: 1 },
    ...{ created_at: since, updated_at: since, last_seen_at: null },
    ...fields,
  };
}

/** Until the test page goes: https://github.com/PolymerLabs/uni-virtualizer/issues/112 */
export function letVirtualizerMeasure(): void {
  const whileRunning = window.onerror;
  window.onerror = (message, ...rest): unknown =>
    String(message).includes('ResizeObserver loop') || whileRunning?.call(window, message, ...rest);
}

/** Lets go of what waits for it. */
export function gate(): { held: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const held = new Promise<void>((resolve) => (open = resolve));
  return { held, open };
}

const withoutIsolates = (text: string): string => text.replace(/[\u2068\u2069]/g, '');

/** A file beside the tests. */
export async function fixtureFile(name: string, as = name): Promise<File> {
  const answer = await fetch(`/test/fixtures/import/${name}`);
  return new File([await answer.blob()], as);
}

export const csv = (text: string, name = 'customers.csv'): File =>
  new File([text], name, { type: 'text/csv' });

export async function shopifyExport(): Promise<File> {
  const answer = await fetch('/test/fixtures/import/shopify-customers-export.csv');
  return new File([await answer.blob()], 'customers_export.csv', { type: 'text/csv' });
}
