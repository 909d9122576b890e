import { initialState, Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import { accessOf } from '../../adapter/access.ts';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { Access } from '../../model/access.ts';
import type { CustomerRecord } from '../../model/detail.ts';

export interface Loaded {
  adapter: CustomerAdapter;
  access: Access;
  /** Absent for a new one. */
  customer: CustomerRecord | undefined;
}

type Asked = readonly [CustomerAdapter | undefined, string | undefined, boolean];

export interface FormLoaderOptions {
  source: () => CustomerAdapter | undefined;
  customerId: () => string | undefined;
  isShown: () => boolean;
  /** What is known of the customer already. */
  known: () => CustomerRecord | undefined;
  loaded: (loaded: Loaded) => void;
}

/** Who is asking, and the customer as it is now, each time the form is opened. */
export class FormLoader {
  readonly #task: Task<Asked, Loaded>;

  constructor(host: ReactiveControllerHost, options: FormLoaderOptions) {
    this.#task = new Task<Asked, Loaded>(host, {
      args: () => [options.source(), options.customerId(), options.isShown()] as const,
      task: async ([adapter, id, isShown], { signal }) => {
        if (!adapter || !isShown) return initialState;
        if (!adapter.capabilities.edit) throw new AdapterError('unsupported', 'Nobody is edited here.');
        const known = options.known();
        const [access, customer] = await Promise.all([
          accessOf(adapter),
          id === undefined || known?.id === id
            ? known
            : adapter.getCustomer({ id }, { signal }).then((detail) => detail.customer),
        ]);
        return { adapter, access, customer: id === undefined ? undefined : customer };
      },
      onComplete: options.loaded,
    });
  }

  get error(): unknown {
    return this.#task.status === TaskStatus.ERROR ? this.#task.error : undefined;
  }

  get isLoading(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  retry(): void {
    void this.#task.run();
  }
}
