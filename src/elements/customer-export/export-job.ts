import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { ExportError } from '../../export/export-error.ts';
import { mostSheetRows } from '../../export/limits.ts';
import { writeFile, type ExportFile } from '../../export/write-file.ts';
import type { ExportField } from '../../model/export.ts';
import type { CustomerChoice } from '../../model/operations.ts';
import type { Receipt } from '../../model/receipt.ts';
import { exportPlan } from '../../operations/export-plan.ts';
import { OperationRun, type OperationProgress } from '../../operations/operation-run.ts';
import type { ExportFormat } from './preferences.ts';

export interface ExportJobRequest {
  adapter: CustomerAdapter;
  customers: CustomerChoice;
  fields: readonly ExportField[];
  format: ExportFormat;
  currency: string;
  fileName: string;
  /** The file that the person has chosen; absent, it waits in the browser's storage. */
  target: FileSystemFileHandle | undefined;
}

export type ExportState =
  | { name: 'preparing' }
  | { name: 'running'; progress: OperationProgress }
  | { name: 'failed'; error: unknown }
  | {
      name: 'done';
      receipt: Receipt;
      /** As many as stand in the file. */
      rows: number;
      fileName: string;
      /** Where the person has still to be given it. */
      file: Blob | undefined;
    }
  | { name: 'cancelled'; receipt: Receipt | undefined };

/** One export from the click to its file. It goes on whatever is drawn. */
export class ExportJob {
  readonly #id = crypto.randomUUID();
  readonly #request: ExportJobRequest;
  readonly #changed: (state: ExportState) => void;
  #state: ExportState = { name: 'preparing' };
  #file: ExportFile | undefined;
  #run: OperationRun | undefined;

  constructor(request: ExportJobRequest, changed: (state: ExportState) => void) {
    this.#request = request;
    this.#changed = changed;
  }

  get state(): ExportState {
    return this.#state;
  }

  get request(): ExportJobRequest {
    return this.#request;
  }

  get isRunning(): boolean {
    return ['preparing', 'running', 'failed'].includes(this.#state.name) && !this.isHopeless;
  }

  /** It failed by its file, which nothing but another export helps. */
  get isHopeless(): boolean {
    return this.#state.name === 'failed' && this.#state.error instanceof ExportError;
  }

  async begin(): Promise<void> {
    const { adapter, customers, fields, format, currency, fileName, target } = this.#request;
    try {
      this.#file = await writeFile({ fields, format, currency, target });
    } catch (error) {
      return this.#become({ name: 'failed', error });
    }
    const file = this.#file;
    const plan = exportPlan(
      adapter,
      {
        id: this.#id,
        kind: 'export',
        customers,
        options: { fields, format, fileName: fileName.slice(-255) },
      },
      {
        expect(rows) {
          if (format === 'xlsx' && rows >= mostSheetRows) throw new ExportError('too_many_rows');
        },
        write: (chunk) => file.write(chunk),
        close: () => file.close(),
        discard: () => file.discard(),
      },
    );
    this.#run = new OperationRun(plan, (progress) => this.#become({ name: 'running', progress }));
    await this.goOn();
  }

  /** Begins, or goes on where it stood still. */
  async goOn(): Promise<void> {
    const run = this.#run;
    const file = this.#file;
    if (!run || !file) return;
    try {
      const receipt = await run.run();
      if (run.isStopping) return this.#become({ name: 'cancelled', receipt });
      const { rows, file: waiting } = await file.close();
      this.#become({
        name: 'done',
        receipt,
        rows,
        fileName: this.#request.target?.name ?? this.#request.fileName,
        file: waiting,
      });
    } catch (error) {
      if (run.isStopping) {
        await file.discard();
        return this.#become({ name: 'cancelled', receipt: undefined });
      }
      if (error instanceof ExportError) await this.#abandon();
      this.#become({ name: 'failed', error });
    }
  }

  pause(): void {
    this.#run?.pause();
  }

  resume(): void {
    this.#run?.resume();
  }

  /** Ends it and takes back what is written. */
  async stop(): Promise<void> {
    const isStanding = this.#state.name === 'failed';
    this.#run?.stop();
    // Nothing is on its way that would come back with the receipt.
    if (isStanding) await this.goOn();
  }

  async #abandon(): Promise<void> {
    await this.#file?.discard();
    const { adapter } = this.#request;
    // Whoever looks at the history sees that no file came of it; where that can't be said now, it is left open there.
    await adapter.finishOperation({ id: this.#id, cancelled: true }).catch(() => undefined);
  }

  #become(state: ExportState): void {
    // Answers that come while it ends say nothing new.
    if (this.#state.name === 'done' || this.#state.name === 'cancelled') return;
    this.#state = state;
    this.#changed(state);
  }
}
