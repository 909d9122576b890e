import type { StartOperationRequest, StepOperationRequest } from '../../adapter/adapter.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { CustomerGroup } from '../../model/groups.ts';
import type { CustomerFilters } from '../../model/filters.ts';
import type { Operation, CustomerChoice } from '../../model/operations.ts';
import type { Receipt } from '../../model/receipt.ts';
import { actOn, checkBulkOptions } from './memory-bulk.ts';
import { exportChunk } from './memory-export.ts';
import { checkImportOptions, importRecord } from './memory-import.ts';
import type { MemoryGroups } from './memory-groups.ts';
import { partsOf, refuse, type MemoryOperations } from './memory-operations.ts';
import type { MemoryRecords } from './memory-records.ts';
import { undoCustomer } from './memory-undo-steps.ts';

const stepSize = 1000;
const chunkSize = 20_000;

export interface MemorySite {
  records: MemoryRecords;
  operations: MemoryOperations;
  groups: () => CustomerGroup[];
  members: MemoryGroups;
  matching: (filters: CustomerFilters) => { id: string }[];
  requireAdmin: () => void;
}

/** Operations in steps: imports, bulk actions, exports and undos. */
export class MemorySteps {
  readonly #site: MemorySite;

  constructor(site: MemorySite) {
    this.#site = site;
  }

  start(request: StartOperationRequest): Operation {
    const { operations } = this.#site;
    const { id, kind } = request;
    if (kind === 'delete' || kind === 'restore') this.#site.requireAdmin();
    if (kind === 'assign_group' || kind === 'remove_group' || kind === 'add_tags' || kind === 'remove_tags') {
      checkBulkOptions(request, this.#site.groups());
    }
    if (kind === 'import') checkImportOptions(request.options, this.#site.groups());
    const customers =
      request.kind === 'import' ? [] : this.#freeze(request.customers, request.kind === 'restore');
    const size = kind === 'export' ? chunkSize : stepSize;
    const { operation } = operations.open(
      id,
      kind,
      JSON.stringify(request),
      request.kind === 'import' ? request.asked : customers.length,
      { ...request.options },
      request.kind === 'import' ? null : partsOf(customers.sort(), size),
    );
    return operations.answer(operation);
  }

  step({ id, step, rows = [], rejected = [] }: StepOperationRequest): Receipt {
    const { operations } = this.#site;
    const operation = operations.find(id);
    if (operation.done.has(step)) return operations.receipt(operation);
    if (operation.receipt.status !== 'running') {
      throw new AdapterError('conflict', 'This operation has ended.', { current: operation.receipt });
    }
    if (rows.length > stepSize) {
      const fields = { rows: 'are more than 1,000' };
      throw new AdapterError('invalid', 'A step takes at most 1,000 rows.', { fields });
    }
    const { kind } = operation.receipt;
    if (kind === 'import') {
      for (const row of rows) importRecord(this.#site, operation, row);
      for (const failure of rejected) refuse(operation, failure);
    } else {
      const ids = kind === 'export' ? undefined : operation.targets?.[step];
      if (!ids) {
        throw new AdapterError('invalid', 'There is no such step.', { fields: { step: 'is not one of it' } });
      }
      const undone = kind === 'undo' ? operations.find(String(operation.options.undoes)) : undefined;
      for (const customerId of ids) {
        if (undone) undoCustomer(this.#site, operation, undone, customerId);
        else actOn(this.#site, operation, customerId);
      }
    }
    operation.done.add(step);
    return operations.receipt(operation);
  }

  chunk({ id, step }: { id: string; step: number }): string {
    const operation = this.#site.operations.find(id);
    const ids = operation.receipt.kind === 'export' ? operation.targets?.[step] : undefined;
    if (!ids) {
      throw new AdapterError('invalid', 'There is no such chunk.', { fields: { step: 'is not one of it' } });
    }
    return exportChunk(this.#site, operation, step, ids);
  }

  finish({ id, cancelled = false }: { id: string; cancelled?: boolean }): Receipt {
    const { operations } = this.#site;
    const operation = operations.find(id);
    const { receipt } = operation;
    if (receipt.status === 'running') {
      const { created, changed, unchanged, skipped, failed } = receipt;
      const handled = created + changed + unchanged + skipped + failed;
      receipt.status = cancelled || handled < receipt.asked ? 'cancelled' : 'finished';
      receipt.asked = Math.max(receipt.asked, handled);
      receipt.finishedAt = new Date().toISOString();
      // What an undo has left may be undone by another one.
      if (receipt.kind === 'undo' && receipt.status === 'cancelled') {
        delete operations.find(String(operation.options.undoes)).undoneBy;
      }
    }
    return operations.receipt(operation);
  }

  #freeze(choice: CustomerChoice, isRestoring: boolean): string[] {
    if ('ids' in choice) return [...new Set(choice.ids)];
    if (isRestoring) {
      const fields = { customers: 'are named by their ids: a list never shows deleted ones' };
      throw new AdapterError('invalid', 'Deleted customers are named by their ids.', { fields });
    }
    const except = new Set(choice.except);
    return this.#site
      .matching(choice.filters)
      .map((customer) => customer.id)
      .filter((id) => !except.has(id));
  }
}
