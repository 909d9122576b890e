import type { ReactiveControllerHost } from 'lit';
import type { Encoding } from '../../import/decode.ts';
import type { Delimiter } from '../../import/delimiter.ts';
import { openFile, type OpenFile } from '../../import/open-file.ts';
import { ReadError } from '../../import/read-error.ts';
import type { ImportOverview, OpenOptions } from '../../import/session.ts';
import type { CheckSettings } from '../../import/settings.ts';
import type { ImportOptions } from '../../model/import.ts';
import type { Receipt } from '../../model/receipt.ts';
import type { RememberedMappings } from './map/remembered-mappings.ts';

export const importSteps = ['pick', 'map', 'check', 'decide', 'run', 'report'] as const;
export type ImportStep = (typeof importSteps)[number];

/** How a person wants the file read, where we found something else. */
export interface Reading {
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  sheet?: string | undefined;
}

/** What is to be another; `undefined` takes back what was said. */
export type SettingsChange = { [Setting in keyof CheckSettings]?: CheckSettings[Setting] | undefined };

/** What the flow asks of its element. */
export interface FlowOptions {
  /** Another step is shown: the focus goes there, and it is announced. */
  onStep: (step: ImportStep) => void;
  /** Rows are being written from now on, or no more. */
  onRunning: (isRunning: boolean) => void;
  /** What was said of earlier files of this shop. */
  remembered: () => RememberedMappings | undefined;
}

/** Milliseconds: longer than it takes to move an element on a page. */
const patience = 30_000;

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
  #sleeping: ReturnType<typeof setTimeout> | undefined;
  #isAsleep = false;
  /** The last step of this file that was on the screen. */
  #furthest: ImportStep = 'pick';

  step: ImportStep = 'pick';
  file: File | undefined;
  reading: Reading = {};
  /** While the file is being read: how much of it, 0 to 1. */
  share: number | undefined;
  /** Why the file could not be read, or not in the way that was asked for. */
  error: ReadError | undefined;
  /** Columns that somebody has looked at and left as they were found. */
  confirmed = new Set<number>();
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
    if (isRunning) this.remember();
    this.#isRunning = isRunning;
    this.#options.onRunning(isRunning);
    this.#host.requestUpdate();
  }

  /**
   * Reads a file, from its beginning in every respect, and shows the step that is next. Without `settings` it is taken
   * as the last one with the same headers was.
   */
  async openFile(
    file: File,
    reading: Reading = {},
    settings?: CheckSettings,
    next: ImportStep = 'map',
  ): Promise<void> {
    this.close();
    this.file = file;
    this.reading = reading;
    this.error = undefined;
    const remembered = settings ? undefined : this.#options.remembered()?.all();
    const opening = this.#read(file, reading, { settings: settings ?? {}, remembered });
    this.#show('pick');
    const open = await opening;
    if (open) {
      this.#open = open;
      this.confirmed = new Set(this.#options.remembered()?.confirmed(open.overview.fingerprint));
      this.#show(next);
    } else if (this.error) this.#show('pick');
  }

  /**
   * Reads the same file in another way; what was said about it stays as far as it still fits. Where it can't be read
   * so, everything stays as it was, and {@link error} says why.
   */
  async reread(change: Reading): Promise<void> {
    const { file, overview, settings } = this;
    if (!file) return;
    const reading = { ...this.reading, ...change };
    if (!overview) return await this.openFile(file, reading);
    this.error = undefined;
    const { defaultCountry, values, repairs, consent } = settings;
    const kept = Object.entries({ defaultCountry, values, repairs, consent }).filter(([, value]) => value);
    const remembered = this.#options.remembered()?.all();
    const open = await this.#read(file, reading, { settings: Object.fromEntries(kept), remembered });
    if (!open) return;
    this.reading = reading;
    const { columns, records, fingerprint } = open.overview;
    const isSame =
      fingerprint === overview.fingerprint ||
      (columns.length === overview.columns.length && records === overview.records);
    this.#open?.close();
    this.#open = open;
    this.#wanted = undefined;
    this.isChecking = false;
    if (!isSame) this.confirmed = new Set();
    if (isSame && JSON.stringify(settings) !== JSON.stringify(open.overview.settings))
      await this.recheck(settings);
    // Other columns want to be looked at before their rows.
    const isBehind = this.step === 'check' || this.step === 'decide';
    if (isBehind && (!isSame || this.overview?.blocker)) this.goTo('map');
    this.#host.requestUpdate();
  }

  /** Ends a reading that is under way. */
  cancelReading(): void {
    if (!this.#open) return this.restart();
    this.#opening.abort();
    this.share = undefined;
    this.#host.requestUpdate();
  }

  async #read(
    file: File,
    reading: Reading,
    said: Pick<OpenOptions, 'settings' | 'remembered'>,
  ): Promise<OpenFile | undefined> {
    this.#opening.abort();
    const { signal } = (this.#opening = new AbortController());
    this.share = 0;
    this.#host.requestUpdate();
    try {
      const open = await openFile(file, {
        ...reading,
        ...said,
        fileName: file.name,
        signal,
        onProgress: (read, size) => {
          if (signal.aborted) return;
          this.share = size ? read / size : 1;
          this.#host.requestUpdate();
        },
      });
      if (!signal.aborted) {
        this.share = undefined;
        return open;
      }
      open.close();
    } catch (error) {
      if (signal.aborted) return undefined;
      this.share = undefined;
      this.error = error instanceof ReadError ? error : new ReadError('unreadable', String(error));
      this.#host.requestUpdate();
    }
    return undefined;
  }

  /** Takes what a person says and judges anew; a newer one takes over. What isn't named stays as it was. */
  async recheck(change: SettingsChange): Promise<void> {
    const open = this.#open;
    if (!open) return;
    const said = Object.entries({ ...this.settings, ...change }).filter(([, value]) => value !== undefined);
    const wanted = Object.fromEntries(said) as CheckSettings;
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
    if (step === this.step) return;
    if (this.step === 'map') this.remember();
    this.error = undefined;
    this.#show(step);
  }

  /** Keeps what was said of this file for the next one with the same headers. */
  remember(): void {
    const { overview } = this;
    if (overview) this.#options.remembered()?.keep(overview.fingerprint, this.settings, this.confirmed);
  }

  /** Back to what was recognised. */
  async forget(): Promise<void> {
    const { overview } = this;
    if (overview) this.#options.remembered()?.forget(overview.fingerprint);
    this.confirmed = new Set();
    await this.recheck({ targets: undefined, dateOrders: undefined, defaultCountry: undefined });
  }

  /** The element is off the page: where it doesn't come back soon, the memory that the file takes is given back. */
  fallAsleep(): void {
    if (!this.#open || this.#isRunning) return;
    this.#sleeping = setTimeout(() => {
      if (this.#isRunning) return;
      this.#isAsleep = true;
      this.#open?.close();
    }, patience);
  }

  /** It is back: the file is read again, in the way and with the settings that it had. */
  wake(): void {
    clearTimeout(this.#sleeping);
    if (!this.#isAsleep) return;
    this.#isAsleep = false;
    void this.reread({});
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
