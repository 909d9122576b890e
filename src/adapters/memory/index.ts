export { createMemoryAdapter, type AdapterMethod, type MemoryAdapterOptions } from './memory-adapter.ts';
export { sampleCustomers, type Sample } from './sample-customers.ts';
