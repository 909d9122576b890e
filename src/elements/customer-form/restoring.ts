import { Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { Customer } from '../../model/customer.ts';
import type { Receipt } from '../../model/receipt.ts';

export interface RestoringOptions {
  restored: (customer: Customer, receipt: Receipt) => void;
}

/** Brings back the deleted customer whose e-mail was typed. */
export class Restoring {
  readonly #options: RestoringOptions;
  readonly #task: Task<readonly [CustomerAdapter, Customer], Receipt>;
  #operation = { customerId: '', id: '' };

  constructor(host: ReactiveControllerHost, options: RestoringOptions) {
    this.#options = options;
    this.#task = new Task(host, {
      autoRun: false,
      task: async ([adapter, { id }], { signal }) => {
        if (this.#operation.customerId !== id) this.#operation = { customerId: id, id: crypto.randomUUID() };
        const request = { ids: [id], operationId: this.#operation.id };
        const receipt = await adapter.restoreCustomers(request, { signal });
        const [failure] = receipt.failures;
        if (failure) throw new AdapterError('conflict', failure.message, { reason: failure.code });
        return receipt;
      },
    });
  }

  get isBusy(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  /** Why it failed. */
  get error(): unknown {
    return this.#task.status === TaskStatus.ERROR ? this.#task.error : undefined;
  }

  async restore(adapter: CustomerAdapter, customer: Customer): Promise<void> {
    await this.#task.run([adapter, customer]);
    this.#task.render({ complete: (receipt) => this.#options.restored(customer, receipt) });
  }
}
