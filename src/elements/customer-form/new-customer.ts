import { Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { AddressFields } from '../../model/address-fields.ts';
import type { CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerSaved } from '../../model/detail.ts';

export interface NewCustomerRequest {
  fields: Partial<CustomerFields>;
  address: Partial<AddressFields> | undefined;
  anew: boolean;
}

export interface NewCustomerOptions {
  /** The customer is there; its address may still fail. */
  created: (saved: CustomerSaved) => void;
  /** All is saved. */
  done: (saved: CustomerSaved) => void;
  failed: (error: unknown) => void;
}

/** Makes a customer, then its first address. Sent again after a failure it goes on where it stopped. */
export class NewCustomer {
  /** What is there already while its address is not. */
  made: CustomerSaved | undefined;
  readonly #options: NewCustomerOptions;
  readonly #task: Task<readonly [CustomerAdapter, NewCustomerRequest], CustomerSaved>;
  #ids = { request: '', customer: '', create: '', written: '', address: '', saveAddress: '' };

  constructor(host: ReactiveControllerHost, options: NewCustomerOptions) {
    this.#options = options;
    this.#task = new Task(host, {
      autoRun: false,
      task: async ([adapter, { fields, address, anew }], { signal }) => {
        const ids = this.#ids;
        if (!this.made) {
          const request = { id: ids.customer, operationId: ids.create, fields, ...(anew ? { anew } : {}) };
          this.made = await adapter.createCustomer(request, { signal });
          this.#options.created(this.made);
        }
        if (!address) return this.made;
        const { id: customerId, first_name, last_name } = this.made.customer;
        const { customer } = await adapter.saveAddress(
          {
            customerId,
            id: ids.address,
            operationId: ids.saveAddress,
            fields: { first_name, last_name, ...address },
          },
          { signal },
        );
        return { ...this.made, customer };
      },
    });
  }

  get isSaving(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  async save(adapter: CustomerAdapter, request: NewCustomerRequest): Promise<void> {
    if (this.isSaving) return;
    this.#identify(request);
    await this.#task.run([adapter, request]);
    this.#task.render({ complete: this.#options.done, error: this.#options.failed });
  }

  /** The next one is another customer. */
  begin(): void {
    this.made = undefined;
    this.#ids.request = '';
  }

  /** The same request keeps its ids, so that sending it after a lost answer makes nobody twice. */
  #identify(request: NewCustomerRequest): void {
    const make = () => crypto.randomUUID();
    const text = JSON.stringify([request.fields, request.anew]);
    const address = JSON.stringify(request.address ?? null);
    if (!this.made && this.#ids.request !== text) {
      this.#ids = {
        request: text,
        customer: make(),
        create: make(),
        written: '',
        address: '',
        saveAddress: '',
      };
    }
    if (this.#ids.written !== address) {
      this.#ids = { ...this.#ids, written: address, address: make(), saveAddress: make() };
    }
  }
}
