import type { ReactiveControllerHost } from 'lit';
import type { Customer } from '../../model/customer.ts';
import type { CustomerFilters } from '../../model/filters.ts';
import { isSelected, nothingSelected, select, type CustomerSelection } from './selection.ts';

/** Who is selected, by id, across pages; and what is known of them, for actions that need more than an id. */
export class SelectionController {
  readonly #host: ReactiveControllerHost;
  readonly #onChange: () => void;
  readonly #known = new Map<string, Customer>();
  #selection = nothingSelected;
  #page: readonly Customer[] = [];
  /** Where a range that is taken with Shift begins. */
  #anchor: string | undefined;

  constructor(host: ReactiveControllerHost, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  get value(): CustomerSelection {
    return this.#selection;
  }

  /** By code: nothing is announced. */
  set value(selection: CustomerSelection) {
    this.#selection = selection;
    this.#remember();
    this.#host.requestUpdate();
  }

  /** The selected customers; `undefined` where some are known by id alone. */
  get customers(): Customer[] | undefined {
    if (!('ids' in this.#selection)) return undefined;
    const customers = this.#selection.ids.flatMap((id) => this.#known.get(id) ?? []);
    return customers.length === this.#selection.ids.length ? customers : undefined;
  }

  /** A page has come: what it says of selected customers is news. */
  showPage(customers: readonly Customer[]): void {
    this.#page = customers;
    this.#anchor = undefined;
    this.#remember();
  }

  /** One customer, or all between the last one and this. */
  toggle(id: string, withRange: boolean): void {
    const selected = !isSelected(this.#selection, id);
    const ids = this.#page.map((customer) => customer.id);
    const from = this.#anchor === undefined ? -1 : ids.indexOf(this.#anchor);
    const to = ids.indexOf(id);
    const range = withRange && from >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    this.#anchor = id;
    this.#change(select(this.#selection, range, selected));
  }

  togglePage(selected: boolean): void {
    this.#change(
      select(
        this.#selection,
        this.#page.map((customer) => customer.id),
        selected,
      ),
    );
  }

  selectMatching(filters: CustomerFilters): void {
    this.#change({ matching: filters, except: [] });
  }

  clear(): void {
    this.#anchor = undefined;
    this.#change(nothingSelected);
  }

  /** By an action that a person has begun. */
  choose(selection: CustomerSelection): void {
    this.#anchor = undefined;
    this.#change(selection);
  }

  /** "All that match" means the filters it was said about: under others it would mean other people. */
  onFiltersChanged(): void {
    if ('matching' in this.#selection) this.#selection = nothingSelected;
  }

  #change(selection: CustomerSelection): void {
    this.#selection = selection;
    this.#remember();
    this.#host.requestUpdate();
    this.#onChange();
  }

  #remember(): void {
    for (const customer of this.#page) {
      if (isSelected(this.#selection, customer.id)) this.#known.set(customer.id, customer);
    }
    for (const id of this.#known.keys()) {
      if (!isSelected(this.#selection, id)) this.#known.delete(id);
    }
  }
}
