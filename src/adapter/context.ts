import { createContext } from '@lit/context';
import type { Access } from '../model/access.ts';
import type { CustomerAdapter } from './adapter.ts';

/** What a `<customer-provider>` gives the elements inside it. */
export interface CustomersContext {
  adapter: CustomerAdapter | undefined;
  /** BCP 47; absent means the nearest `lang`. */
  locale: string | undefined;
  /** Overrides what the backend says a person may do; it can only take away. */
  role: Access['role'] | undefined;
}

/** The key is a string, so that two copies of the package share it. */
export const customersContext = createContext<CustomersContext>('customer-elements');
