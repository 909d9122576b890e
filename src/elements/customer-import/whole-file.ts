import type { FileReading } from '../../import/read-file.ts';
import type { ImportOverview } from '../../import/session.ts';
import type { ImportContext } from './context.ts';

/** All rows and problems of the open file at once, asked for when somebody looks, and again after each check. */
export class WholeFile {
  readonly #context: ImportContext;
  #overview: ImportOverview | undefined;
  #reading: FileReading | undefined;

  private constructor(context: ImportContext) {
    this.#context = context;
  }

  /** The steps of one element share it. */
  static of(context: ImportContext): WholeFile {
    let whole = wholeFiles.get(context);
    if (!whole) wholeFiles.set(context, (whole = new WholeFile(context)));
    return whole;
  }

  get reading(): FileReading | undefined {
    const { flow } = this.#context;
    if (flow.overview && flow.overview !== this.#overview && !flow.isChecking) {
      this.#overview = flow.overview;
      this.#reading = undefined;
      void this.#ask(flow.overview);
    }
    return this.#reading;
  }

  async #ask(overview: ImportOverview): Promise<void> {
    const reading = await this.#context.flow.open?.ask('whole').catch(() => undefined);
    if (overview !== this.#overview) return;
    this.#reading = reading;
    this.#context.host.requestUpdate();
  }
}

const wholeFiles = new WeakMap<ImportContext, WholeFile>();
