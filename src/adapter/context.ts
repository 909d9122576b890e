import { createContext } from '@lit/context';
import type { Role } from '../model/access.ts';
import type { CustomerAdapter } from './adapter.ts';

/** What a `<customer-provider>` gives the elements inside it. */
export interface CustomersContext {
  /** Speaks for one site; who is asking, the currency and the time zone come from it, by `accessOf`. */
  adapter: CustomerAdapter | undefined;
  /** BCP 47; absent means the nearest `lang`. */
  locale: string | undefined;
  /** Overrides what the backend says a person may do; it can only take away. */
  role: Role | undefined;
}

/** The key is a string, so that two copies of the package share it. */
export const customersContext = createContext<CustomersContext>('customer-elements');
