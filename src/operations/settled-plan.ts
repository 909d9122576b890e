import type { CustomerAdapter, StartBulkRequest } from '../adapter/adapter.ts';
import type { Operation } from '../model/operations.ts';
import { answeredOf, type OperationPlan, type OperationStep } from './operation-run.ts';
import { remainingSteps } from './remaining-steps.ts';

/**
 * Plans for operations whose customers the backend settles at the start: bulk actions and undos. Any client that knows
 * the id can go on with one.
 */
export function bulkPlan(adapter: CustomerAdapter, request: StartBulkRequest): OperationPlan {
  return settled(adapter, request.id, (signal) => adapter.startOperation(request, { signal }));
}

/** Takes back the operation `id`; `operationId` is the undo's own. */
export function undoPlan(
  adapter: CustomerAdapter,
  { id, operationId }: { id: string; operationId: string },
): OperationPlan {
  return settled(adapter, operationId, async (signal) => {
    await adapter.undoOperation({ id, operationId }, { signal });
    return adapter.getOperation({ id: operationId }, { signal });
  });
}

/** Goes on with a bulk action or an undo that somebody began and nobody ended. */
export function resumePlan(adapter: CustomerAdapter, id: string): OperationPlan {
  return settled(adapter, id, (signal) => adapter.getOperation({ id }, { signal }));
}

function settled(
  adapter: CustomerAdapter,
  id: string,
  start: (signal: AbortSignal) => Promise<Operation>,
): OperationPlan {
  return {
    start,
    async *steps(operation): AsyncGenerator<OperationStep> {
      const { total } = operation.steps;
      const size = total ? Math.ceil(operation.asked / total) : 0;
      for (const step of remainingSteps(operation)) {
        yield {
          size: Math.max(0, Math.min(size, operation.asked - step * size)),
          send: async (signal) => answeredOf(await adapter.stepOperation({ id, step }, { signal })),
        };
      }
    },
    // What was done in one request is finished when it answers.
    finish: (cancelled, signal) => adapter.finishOperation({ id, cancelled }, { signal }),
  };
}
