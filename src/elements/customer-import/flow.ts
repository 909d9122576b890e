import type { ReactiveControllerHost } from 'lit';
import type { Encoding } from '../../import/decode.ts';
import type { Delimiter } from '../../import/delimiter.ts';
import { openFile, type OpenFile } from '../../import/open-file.ts';
import { ReadError } from '../../import/read-error.ts';
import type { ImportOverview } from '../../import/session.ts';
import type { CheckSettings } from '../../import/settings.ts';
import type { ImportOptions } from '../../model/import.ts';
import type { Receipt } from '../../model/receipt.ts';

export const importSteps = ['pick', 'map', 'check', 'decide', 'run', 'report'] as const;
export type ImportStep = (typeof importSteps)[number];

/** How a person wants the file read, where we found something else. */
export interface Reading {
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  sheet?: string | undefined;
}

/** What the flow asks of its element. */
export interface FlowOptions {
  /** Another step is shown: the focus goes there, and it is announced. */
  onStep: (step: ImportStep) => void;
  /** Rows are being written from now on, or no more. */
  onRunning: (isRunning: boolean) => void;
}

const place = (step: ImportStep): number => importSteps.indexOf(step);

/**
 * One file on its way to becoming customers: where the person is, what the file says, what has been decided. What is
 * shown of it belongs to the steps.
 */
export class ImportFlow {
  readonly #host: ReactiveControllerHost;
  readonly #options: FlowOptions;
  #opening = new AbortController();
  #open: OpenFile | undefined;
  /** Settings of a check that is under way. */
  #wanted: CheckSettings | undefined;
  #isRunning = false;
  /** The last step of this file that was on the screen. */
  #furthest: ImportStep = 'pick';

  step: ImportStep = 'pick';
  file: File | undefined;
  reading: Reading = {};
  /** While the file is being read: how much of it, 0 to 1. */
  share: number | undefined;
  /** Why the file could not be read. */
  error: ReadError | undefined;
  /** A check is under way; {@link overview} is that of the last one. */
  isChecking = false;
  /** What is decided about customers that exist. */
  decisions: Omit<ImportOptions, 'fileName' | 'fileFingerprint'> = { policy: 'both' };
  /** How the import of this file ended. */
  receipt: Receipt | undefined;

  constructor(host: ReactiveControllerHost, options: FlowOptions) {
    this.#host = host;
    this.#options = options;
  }

  get open(): OpenFile | undefined {
    return this.#open;
  }

  get overview(): ImportOverview | undefined {
    return this.#open?.overview;
  }

  /** What has been said about the file, also where the check of it is still going on. */
  get settings(): CheckSettings {
    return this.#wanted ?? this.#open?.overview.settings ?? {};
  }

  /** Rows are being written; set by the step that writes them. Nobody leaves it before they are. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  set isRunning(isRunning: boolean) {
    this.#isRunning = isRunning;
    this.#options.onRunning(isRunning);
    this.#host.requestUpdate();
  }

  /** Reads a file, from its beginning in every respect, and shows the step that is next. */
  async openFile(
    file: File,
    reading: Reading = {},
    settings: CheckSettings = {},
    next: ImportStep = 'map',
  ): Promise<void> {
    this.close();
    const { signal } = (this.#opening = new AbortController());
    this.file = file;
    this.reading = reading;
    this.share = 0;
    this.error = undefined;
    this.#show('pick');
    try {
      const open = await openFile(file, {
        ...reading,
        settings,
        fileName: file.name,
        signal,
        onProgress: (read, size) => {
          if (signal.aborted) return;
          this.share = size ? read / size : 1;
          this.#host.requestUpdate();
        },
      });
      if (signal.aborted) return open.close();
      this.#open = open;
      this.share = undefined;
      this.#show(next);
    } catch (error) {
      if (signal.aborted) return;
      this.share = undefined;
      this.error = error instanceof ReadError ? error : new ReadError('unreadable', String(error));
      this.#show('pick');
    }
  }

  /** Takes what a person says and judges anew; a newer one takes over. What isn't named stays as it was. */
  async recheck(change: Partial<CheckSettings>): Promise<void> {
    const open = this.#open;
    if (!open) return;
    const wanted = { ...this.settings, ...change };
    this.#wanted = wanted;
    this.isChecking = true;
    this.#host.requestUpdate();
    try {
      await open.ask('recheck', wanted);
    } catch (error) {
      // A newer check took over, or the file was closed.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      this.#end(wanted);
      throw error;
    }
    this.#end(wanted);
  }

  #end(wanted: CheckSettings): void {
    if (this.#wanted !== wanted) return;
    this.#wanted = undefined;
    this.isChecking = false;
    this.#host.requestUpdate();
  }

  /** Whether a person may go to a step by the path: where he or she has been, until rows are written. */
  canGoTo(step: ImportStep): boolean {
    const isBefore = place(this.step) < place('run');
    return isBefore && step !== this.step && place(step) <= Math.min(place(this.#furthest), place('decide'));
  }

  /** Shows a step, and the focus follows: the button that led here is gone. */
  goTo(step: ImportStep): void {
    if (step !== this.step) this.#show(step);
  }

  next(): void {
    const step = importSteps[place(this.step) + 1];
    if (step) this.goTo(step);
  }

  back(): void {
    const step = importSteps[place(this.step) - 1];
    if (step) this.goTo(step);
  }

  /** Back to the beginning, for another file. */
  restart(): void {
    this.close();
    this.error = undefined;
    this.#show('pick');
  }

  /** Forgets the file. */
  close(): void {
    this.#opening.abort();
    this.#open?.close();
    this.#open = undefined;
    this.#wanted = undefined;
    this.file = undefined;
    this.share = undefined;
    this.isChecking = false;
    this.receipt = undefined;
    this.#furthest = 'pick';
  }

  #show(step: ImportStep): void {
    this.step = step;
    if (place(step) > place(this.#furthest)) this.#furthest = step;
    this.#options.onStep(step);
    this.#host.requestUpdate();
  }
}
