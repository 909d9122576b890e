import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Messages } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';
import type { Total } from '../../model/customer.ts';
import type { CustomerFiltersInput } from '../../model/filters.ts';
import type { CustomerChoice } from '../../model/operations.ts';
import { isolated } from '../../parts/format.ts';
import type { Notice } from '../../parts/notice.ts';
import type { CustomerExportElement } from '../customer-export/customer-export.ts';
import type { ExportFinishedDetail } from '../customer-export/events.ts';

export interface ExportDialogOptions {
  text: (key: keyof Messages['view'] & string, values?: TextValues) => string;
  notice: Notice;
  /** What the view itself was given; absent, the export finds its own as the view did. */
  adapter: () => CustomerAdapter | undefined;
  locale: () => string | undefined;
  storageKey: () => string | undefined;
  /** What the list is narrowed to, and how many that are. */
  filters: () => CustomerFiltersInput;
  total: () => Total | undefined;
}

/** The export over the list. A file that was begun is written on while its dialog is closed. */
export class ExportDialog {
  readonly #host: ReactiveControllerHost;
  readonly #options: ExportDialogOptions;
  readonly #element = createRef<CustomerExportElement>();
  /** Whom it is of at first. */
  #customers: CustomerChoice | undefined;
  #isOpen = false;

  constructor(host: ReactiveControllerHost, options: ExportDialogOptions) {
    this.#host = host;
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#element.value?.running === true;
  }

  /** Of these customers; absent, what it was open with before. */
  open(customers = this.#customers): void {
    this.#customers = customers;
    this.#isOpen = true;
    this.#host.requestUpdate();
  }

  /** Always drawn, since what it was opened from gets the focus back when it closes, and a file is written on. */
  render(): TemplateResult {
    const { adapter, locale, storageKey, filters, total } = this.#options;
    const customers = this.#customers;
    const isWhole = customers !== undefined && 'filters' in customers && !customers.except?.length;
    const key = storageKey();
    const count = total();
    return html`<customer-export
      ${ref(this.#element)}
      part="export"
      exportparts="surface: export-surface"
      presentation="dialog"
      .open=${live(this.#isOpen)}
      .customers=${customers}
      .filters=${filters()}
      .count=${isWhole && count?.exact ? count.value : undefined}
      storage-key=${ifDefined(key && `${key}:export`)}
      .adapter=${adapter()}
      .locale=${locale()}
      @export-progress=${(event: CustomEvent<{ done: number; total: number }>) => this.#onProgress(event.detail)}
      @export-finished=${(event: CustomEvent<ExportFinishedDetail>) => this.#onFinished(event.detail)}
      @export-closed=${() => this.#onClosed()}
    ></customer-export>`;
  }

  #onClosed(): void {
    this.#isOpen = false;
    this.#host.requestUpdate();
  }

  /** The dialog is closed, and the person does something else. */
  #onProgress({ done, total }: { done: number; total: number }): void {
    const { text, notice } = this.#options;
    const message = text('exporting', { done, total });
    notice.stand('export', this.#isOpen ? undefined : { message, progress: { done, total } });
  }

  #onFinished({ fileName, receipt }: ExportFinishedDetail): void {
    const { text, notice } = this.#options;
    notice.stand('export', undefined);
    this.#host.requestUpdate();
    if (this.#isOpen || fileName === undefined) return;
    notice.show({ message: text('exported', { count: receipt.unchanged, file: isolated(fileName) }) });
  }
}
