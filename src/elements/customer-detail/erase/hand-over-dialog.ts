import { Task, TaskStatus } from '@lit/task';
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import {
  personCsv,
  personFileName,
  personJson,
  type PersonData,
  type PersonLabels,
} from '../../../export/person-files.ts';
import type { Customer } from '../../../model/customer.ts';
import { dayOf } from '../../../model/days.ts';
import { displayName } from '../../../model/names.ts';
import type { Person, PersonPart } from '../../../model/privacy.ts';
import { isolated } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import { saveFile } from '../../../parts/save-file.ts';
import type { PrivacyHost, PrivacyText } from './privacy-text.ts';

export type HandOverFormat = 'csv' | 'json';

interface HandOverOptions extends PrivacyHost {
  /** IANA name: a file is named after the shop's day. */
  timeZone: () => string;
  /** False where the host page prevented it. */
  ask: (customerId: string, format: HandOverFormat) => boolean;
  done: (customerId: string, format: HandOverFormat, fileName: string) => void;
}

/** Makes a file of everything that is held about a person, to be handed over. */
export class HandOverDialog implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: HandOverOptions;
  readonly #task: Task<readonly [CustomerAdapter, Customer, HandOverFormat], PersonData>;
  #element: HTMLDialogElement | undefined;
  #adapter: CustomerAdapter | undefined;
  #customer: Customer | undefined;
  #format: HandOverFormat = 'csv';
  /** Entries that have come so far. */
  #read = 0;
  #failure: unknown;

  constructor(host: ReactiveControllerHost, options: HandOverOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    this.#task = new Task(host, {
      autoRun: false,
      task: ([adapter, { id }], { signal }) => this.#gather(adapter, id, signal),
      onComplete: (data) => this.#save(data),
      onError: (error) => (this.#failure = error),
    });
  }

  open(adapter: CustomerAdapter, customer: Customer): void {
    this.#adapter = adapter;
    this.#customer = customer;
    this.#failure = undefined;
    this.#host.requestUpdate();
  }

  close(): void {
    this.#customer = undefined;
    this.#task.abort();
    this.#element?.close();
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const element = this.#element;
    if (this.#customer && element?.isConnected && !element.open) element.showModal();
  }

  hostDisconnected(): void {
    if (this.#customer) this.close();
  }

  async #gather(adapter: CustomerAdapter, id: string, signal: AbortSignal): Promise<PersonData> {
    let person: Person | null = null;
    const rows: Pick<PersonPart, 'orders' | 'notes' | 'history'> = { orders: [], notes: [], history: [] };
    let cursor: string | null = null;
    do {
      const part: PersonPart = await adapter.exportPerson(
        { id, ...(cursor === null ? {} : { cursor }) },
        { signal },
      );
      person ??= part.person;
      rows.orders.push(...part.orders);
      rows.notes.push(...part.notes);
      rows.history.push(...part.history);
      this.#read = rows.orders.length + rows.notes.length + rows.history.length;
      this.#host.requestUpdate();
      cursor = part.next;
    } while (cursor !== null);
    if (!person) throw new TypeError('The first part of what is held about a person has no person.');
    return { ...person, ...rows };
  }

  #save(data: PersonData): void {
    const customer = this.#customer;
    if (!customer) return;
    const { text, timeZone, done } = this.#options;
    const format = this.#format;
    const now = new Date();
    const name = personFileName(dayOf(now, timeZone()), format);
    if (format === 'json') saveFile(name, personJson(data, now.toISOString()), 'application/json');
    else saveFile(name, personCsv(data, labels(text)));
    this.close();
    done(customer.id, format, name);
  }

  #choose(format: HandOverFormat): void {
    const customer = this.#customer;
    if (!customer || !this.#adapter || this.#isMaking) return;
    if (!this.#options.ask(customer.id, format)) return;
    this.#format = format;
    this.#read = 0;
    this.#failure = undefined;
    void this.#task.run([this.#adapter, customer, format]);
  }

  get #isMaking(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  render(): TemplateResult | typeof nothing {
    const customer = this.#customer;
    if (!customer) return nothing;
    const { text, cancelLabel, errorText } = this.#options;
    const choice = (format: HandOverFormat, label: string, hint: string) => html`
      <button
        class="privacy-choice"
        type="button"
        data-format=${format}
        aria-disabled=${this.#isMaking ? 'true' : 'false'}
        @click=${() => this.#choose(format)}
      >
        ${icons.copy}<span><strong>${label}</strong><small>${hint}</small></span>
      </button>
    `;
    return html`
      <dialog
        ${ref((element) => (this.#element = element as HTMLDialogElement | undefined))}
        class="privacy panel"
        aria-labelledby="hand-over-title"
        @keydown=${(event: Event) => event.stopPropagation()}
        @cancel=${(event: Event) => {
          event.preventDefault();
          event.stopPropagation();
          this.close();
        }}
      >
        <h2 id="hand-over-title">${text('handOverTitle', { customer: isolated(displayName(customer)) })}</h2>
        <p class="privacy-note">${text('handOverText')}</p>
        <div class="privacy-choices">
          ${choice('csv', text('handOverCsv'), text('handOverCsvHint'))}
          ${choice('json', text('handOverJson'), text('handOverJsonHint'))}
        </div>
        <p class="privacy-note" role="status">
          ${this.#isMaking ? text('handOverProgress', { count: this.#read }) : nothing}
        </p>
        ${
          this.#failure === undefined
            ? nothing
            : html`<p class="privacy-message" role="alert">
                ${text('handOverFailed', { reason: errorText(this.#failure) })}
              </p>`
        }
        <div class="privacy-actions">
          <button class="button" type="button" data-action="cancel" @click=${() => this.close()}>
            ${cancelLabel()}
          </button>
        </div>
      </dialog>
    `;
  }
}

const labels = (text: PrivacyText): PersonLabels => ({
  columns: {
    section: text('columnSection'),
    field: text('columnField'),
    value: text('columnValue'),
    date: text('columnDate'),
    by: text('columnBy'),
  },
  sections: {
    customer: text('sectionCustomer'),
    metadata: text('sectionMetadata'),
    address: text('sectionAddress'),
    group: text('sectionGroup'),
    consent: text('sectionConsent'),
    order: text('sectionOrder'),
    note: text('sectionNote'),
    history: text('sectionHistory'),
    merged: text('sectionMerged'),
    other: text('sectionOther'),
  },
});
