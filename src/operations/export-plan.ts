import type { CustomerAdapter, StartExportRequest } from '../adapter/adapter.ts';
import type { OperationPlan, OperationStep } from './operation-run.ts';

/** Where the chunks of an export go. */
export interface ChunkFile {
  /** Throws where so many rows are more than it can hold. */
  expect(rows: number): void;
  write(chunk: string): Promise<void>;
  close(): Promise<unknown>;
  discard(): Promise<void>;
}

/**
 * Plans an export: its chunks come two at a time and are written in their order, each once however often it was asked
 * for. Closing the file comes before the receipt, which would speak of a file that isn't there otherwise.
 */
export function exportPlan(
  adapter: CustomerAdapter,
  request: StartExportRequest,
  file: ChunkFile,
): OperationPlan {
  const { id } = request;
  return {
    async start(signal) {
      const operation = await adapter.startOperation(request, { signal });
      try {
        file.expect(operation.asked);
      } catch (error) {
        await adapter.finishOperation({ id, cancelled: true }, { signal });
        throw error;
      }
      return operation;
    },
    async *steps({ asked, steps: { total } }): AsyncGenerator<OperationStep> {
      const size = total ? Math.ceil(asked / total) : 0;
      for (let step = 0; step < (total ?? 0); step++) {
        yield {
          size: Math.max(0, Math.min(size, asked - step * size)),
          send: (signal) => adapter.exportChunk({ id, step }, { signal }),
          keep: (chunk) => file.write(chunk as string),
        };
      }
    },
    async finish(cancelled, signal) {
      if (cancelled) await file.discard();
      else await file.close();
      return adapter.finishOperation({ id, cancelled }, { signal });
    },
    doneBefore: () => 0,
  };
}
