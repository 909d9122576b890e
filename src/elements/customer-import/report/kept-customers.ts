import { html, nothing, type TemplateResult } from 'lit';
import { displayName } from '../../../model/names.ts';
import type { Receipt, ReceiptFailure } from '../../../model/receipt.ts';
import type { ImportContext } from '../context.ts';
import { allFailures } from './all-failures.ts';

/** So many are called by their names; the others by number. */
const mostNamed = 50;

const kinds = ['edited', 'has_orders', 'has_notes', 'deleted', 'merged', 'exists', 'unknown_group'] as const;
type Kind = (typeof kinds)[number];

/** What an undo has kept: who, which field, and why. */
export class KeptCustomers {
  readonly #context: ImportContext;
  #failures: readonly ReceiptFailure[] = [];
  readonly #names = new Map<string, string>();

  constructor(context: ImportContext) {
    this.#context = context;
  }

  show(receipt: Receipt): void {
    this.#failures = receipt.failures;
    void this.#load(receipt);
  }

  render(): TemplateResult | typeof nothing {
    const text = this.#context.textsOf('importRun');
    const byCustomer = new Map<string, ReceiptFailure[]>();
    for (const failure of this.#failures) {
      const id = failure.id ?? '';
      byCustomer.set(id, [...(byCustomer.get(id) ?? []), failure]);
    }
    if (!byCustomer.size) return nothing;
    const shown = [...byCustomer].slice(0, mostNamed);
    const more = byCustomer.size - shown.length;
    return html`<ul class="kept">
      ${shown.map(
        ([id, failures]) =>
          html`<li>
            <bdi class="strong">${this.#names.get(id) ?? '…'}</bdi>
            ${failures.map((failure) => html`<span class="kept-reason">${this.#reason(failure)}</span>`)}
          </li>`,
      )}
      ${more > 0 ? html`<li class="muted">${text('keptMore', { count: more })}</li>` : nothing}
    </ul>`;
  }

  #reason({ code, field, message }: ReceiptFailure): string {
    const text = this.#context.textsOf('importRun');
    const kind = kinds.find((one) => one === code) satisfies Kind | undefined;
    if (!kind) return message;
    // Who it was stands in the sentence of the backend only.
    const by = /^Changed since by (.+); it stays\.$/s.exec(message)?.[1];
    const reason = by === undefined ? text(`kept_${kind}`) : text('keptBy', { name: by });
    return field === undefined ? reason : text('keptField', { field: this.#fieldName(field), reason });
  }

  #fieldName(field: string): string {
    const { messages, textsOf } = this.#context;
    const known = messages().fields;
    if (field === 'groups') return textsOf('importRun')('change_group');
    return field in known ? textsOf('fields')(field as keyof typeof known & string) : field;
  }

  async #load(receipt: Receipt): Promise<void> {
    const { source, host } = this.#context;
    const adapter = source();
    if (!adapter) return;
    try {
      this.#failures = await allFailures(adapter, receipt);
      host.requestUpdate();
      const ids = [...new Set(this.#failures.flatMap(({ id }) => id ?? []))].slice(0, mostNamed);
      for (const id of ids) {
        if (this.#names.has(id)) continue;
        const name = await adapter.getCustomer({ id }).then(
          ({ customer }) => displayName(customer),
          () => undefined,
        );
        this.#names.set(id, name ?? id);
        host.requestUpdate();
      }
    } catch {
      // The numbers stand there; the names would have been more.
    }
  }
}
