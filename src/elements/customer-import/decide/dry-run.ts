import type { ImportContext } from '../context.ts';
import { OperationRun, type OperationProgress } from '../../../operations/operation-run.ts';
import type { ImportOptions } from '../../../model/import.ts';
import type { Again } from '../run/import-batches.ts';
import { dryRunPlan } from './dry-run-plan.ts';
import { DryRunResult } from './dry-run-result.ts';

export interface DryRunQuestion {
  options: ImportOptions;
  again: Again;
  /** The name of a group that is made only when the import starts. */
  joins?: string | undefined;
}

/** What the backend says that an import would do; a newer question takes over from one that is still being answered. */
export class DryRunner {
  readonly #context: ImportContext;
  #run: OperationRun | undefined;
  /** What was asked, of which check: the same is not asked again. */
  #asked: string | undefined;
  #of: unknown;

  state: 'none' | 'running' | 'done' | 'failed' | 'cancelled' = 'none';
  progress: OperationProgress | undefined;
  error: unknown;
  /** Of the last question; while it is being asked, as far as it has been answered. */
  result: DryRunResult | undefined;

  constructor(context: ImportContext) {
    this.#context = context;
  }

  /** Asks, unless just that was asked already. */
  ask(question: DryRunQuestion): void {
    const { open, overview } = this.#context.flow;
    const asked = JSON.stringify([question.options, [...question.again], question.joins]);
    if (this.#of === overview && this.#asked === asked && this.state !== 'none') return;
    this.forget();
    if (!open || !overview) return;
    this.#asked = asked;
    this.#of = overview;
    void this.#start(question);
  }

  /** Gives up; the import may be started all the same. */
  cancel(): void {
    if (this.state !== 'running') return;
    this.#run?.stop();
    this.#run = undefined;
    this.state = 'cancelled';
    this.#context.host.requestUpdate();
  }

  /** Asks for the steps that were not answered. */
  goOn(): void {
    const run = this.#run;
    if (run && this.state === 'failed') void this.#drive(run);
  }

  forget(): void {
    this.#run?.stop();
    this.#run = undefined;
    this.#asked = undefined;
    this.state = 'none';
    this.result = undefined;
    this.progress = undefined;
  }

  async #start({ options, again, joins }: DryRunQuestion): Promise<void> {
    const { flow, source } = this.#context;
    const adapter = source();
    const { open, overview } = flow;
    if (!adapter || !open || !overview) return;
    const asked = overview.records - overview.counts.continuation;
    const result = (this.result = new DryRunResult(joins));
    const plan = dryRunPlan(adapter, open, { asked, options, again }, result);
    const run: OperationRun = new OperationRun(plan, (progress) => {
      if (this.#run !== run) return;
      this.progress = progress;
      this.#context.host.requestUpdate();
    });
    await this.#drive(run);
  }

  async #drive(run: OperationRun): Promise<void> {
    this.#run = run;
    this.state = 'running';
    this.error = undefined;
    this.#context.host.requestUpdate();
    try {
      await run.run();
      if (this.#run !== run) return;
      this.state = 'done';
    } catch (error) {
      if (this.#run !== run) return;
      this.state = 'failed';
      this.error = error;
    }
    this.#context.host.requestUpdate();
  }
}
