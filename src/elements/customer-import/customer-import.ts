import { initialState, Task, TaskStatus } from '@lit/task';
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { accessOf, forgetAccess, lowerRole } from '../../adapter/access.ts';
import { importing } from '../../locales/en/customer-import.ts';
import { mapping } from '../../locales/en/customer-import-map.ts';
import { importCheck } from '../../locales/en/customer-import-check.ts';
import { importRun } from '../../locales/en/customer-import-run.ts';
import { fields } from '../../locales/en/fields.ts';
import { shared } from '../../locales/en/shared.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { confirmationStyles } from '../../parts/confirmation.ts';
import { typeAheadStyles } from '../../parts/fields/type-ahead.ts';
import { badgeStyles } from '../../parts/badges.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine, skeletonStyles } from '../../parts/skeleton.ts';
import { stateBlock, stateBlockStyles } from '../../parts/state-block.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import { DecideStep } from './decide/decide-step.ts';
import { decideStyles } from './decide/decide.styles.ts';
import { CheckStep } from './check/check-step.ts';
import { checkStyles } from './check/check.styles.ts';
import { gridStyles } from './check/grid.styles.ts';
import type { ImportContext, ImportStepView } from './context.ts';
import { importStyles } from './customer-import.styles.ts';
import { fileLineStyles } from './file-line.ts';
import { ImportFlow, type ImportStep } from './flow.ts';
import type { ImportText } from './import-text.ts';
import { MapStep } from './map/map-step.ts';
import { mapStyles } from './map/map.styles.ts';
import { RememberedMappings } from './map/remembered-mappings.ts';
import { importPath, pathStyles, stepSaid } from './path.ts';
import { PickStep } from './pick/pick-step.ts';
import { pickStyles } from './pick/pick.styles.ts';
import { PastImports } from './report/past-imports.ts';
import { ReportStep } from './report/report-step.ts';
import { reportStyles } from './report/report.styles.ts';
import { RunStep } from './run/run-step.ts';

/**
 * A file becomes customers: pick it, see what its columns become, check its rows, decide what happens to customers who
 * are here already, run, read the receipt. It reads CSV and XLSX of sixteen platforms and any table with e-mails, and
 * remembers in this browser how files with the same columns were mapped. Nothing is written before the person has said
 * so; the same file twice adds nobody.
 *
 * @tag customer-import
 *
 * @attr {boolean} running - Set while rows are being written. Read-only; a host that would close or remove the element
 *   then should ask first.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @fires {CustomEvent<{fileName: string, rows: number, policy: string}>} import-start - The person has said so.
 *   Cancelable: prevented, nothing is sent and the file stays on the screen.
 * @fires {CustomEvent<{receipt: object}>} import-finished - It has ended, also by being stopped, with its receipt.
 * @fires {CustomEvent} customers-changed - It has added or updated customers, or an undo has taken that back.
 * @fires {CustomEvent<{operationId: string}>} import-show - The customers of an import are asked for. `<customers-view>`
 *   shows them in its list; cancelable, for a page that has a list of its own: the filter is `operation`.
 * @fires {CustomEvent<{operation: object}>} operation-undo - An import is about to be taken back, after the person has
 *   confirmed it. Cancelable: prevented, it stays.
 * @fires {CustomEvent<{receipt: object, operationId: string}>} operation-undone - `operationId` is taken back.
 *
 * @csspart path - The line of steps.
 * @csspart drop - Where a file is dropped.
 * @csspart file - The line that says what the file is.
 * @csspart numbers - The numbers side by side.
 * @csspart column - One column of the file.
 * @csspart problems - What was found in the rows, by kind.
 * @csspart fix - What can be repaired in all rows of a kind.
 * @csspart rows - The rows of a kind.
 * @csspart cell - The cell that is looked at, as a whole.
 * @csspart changes - What would change, customer by customer.
 * @csspart progress - The bar.
 * @csspart history - Imports of before.
 */
export class CustomerImport extends CustomersElement {
  static override styles = [
    tokens,
    controls,
    skeletonStyles,
    stateBlockStyles,
    confirmationStyles,
    badgeStyles,
    typeAheadStyles,
    importStyles,
    pathStyles,
    fileLineStyles,
    pickStyles,
    mapStyles,
    checkStyles,
    gridStyles,
    decideStyles,
    reportStyles,
  ];

  protected static override readonly texts = { fields, importing, importCheck, importRun, mapping, shared };

  static override properties: PropertyDeclarations = {
    running: { type: Boolean, reflect: true },
  };

  /** Whether rows are being written right now. */
  declare running: boolean;

  /** The step that the focus is to go to, once it is drawn. */
  #entered: ImportStep | undefined;
  #said = '';
  readonly #access = new Task(this, {
    args: () => [this.source] as const,
    task: ([adapter]) => (adapter ? accessOf(adapter) : initialState),
  });
  readonly #flow = new ImportFlow(this, {
    onStep: (step) => this.#onStep(step),
    onRunning: (isRunning) => this.#onRunning(isRunning),
    remembered: () => this.#remembered,
  });
  readonly #text: ImportText = (key, values) => this.text('importing', key, values);
  readonly #context: ImportContext = {
    host: this,
    flow: this.#flow,
    source: () => this.source,
    access: () => this.#access.value,
    text: this.#text,
    known: () => this.language.messages.importing,
    textsOf: (section) => (key, values) => this.text(section, key, values),
    messages: () => this.language.messages,
    locale: () => this.language.locale,
    errorText: (error) => this.errorText(error),
    ask: (name, detail) => this.emit(name, detail, { cancelable: true }),
    tell: (name, detail) => void this.emit(name, detail),
  };
  readonly #run = new RunStep(this.#context);
  readonly #steps: Record<ImportStep, ImportStepView> = {
    pick: new PickStep(this.#context, new PastImports(this.#context, this.#run)),
    map: new MapStep(this.#context),
    check: new CheckStep(this.#context),
    decide: new DecideStep(this.#context, this.#run),
    run: this.#run,
    report: new ReportStep(this.#context, this.#run),
  };

  constructor() {
    super();
    this.running = false;
  }

  /** A file is open whose import hasn't ended: with the element would go what was said about it. */
  get hasFile(): boolean {
    const { overview, share, step } = this.#flow;
    return (overview !== undefined || share !== undefined) && step !== 'report';
  }

  /** Reads a file as if the person had chosen it; resolves when it is on the screen. */
  async readFile(file: File): Promise<void> {
    if (!this.#flow.isRunning) await this.#flow.openFile(file);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#flow.wake();
    if (this.running) window.addEventListener('beforeunload', keepPage);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#flow.fallAsleep();
    // The run itself goes on: what was begun should end in a receipt, and the element may only be moving.
    window.removeEventListener('beforeunload', keepPage);
  }

  protected override updated(): void {
    if (this.#entered === undefined) return;
    this.#entered = undefined;
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  /** A shop without a name of its own has nothing kept: another may be next in this browser. */
  get #remembered(): RememberedMappings | undefined {
    const site = this.source?.site;
    return site === undefined ? undefined : new RememberedMappings(site);
  }

  #onStep(step: ImportStep): void {
    this.#entered = step;
    this.#said = stepSaid(this.#context, step);
    this.#steps[step].enter?.();
  }

  #onRunning(isRunning: boolean): void {
    this.running = isRunning;
    if (isRunning) window.addEventListener('beforeunload', keepPage);
    else window.removeEventListener('beforeunload', keepPage);
  }

  protected override render(): unknown {
    const adapter = this.source;
    // A run that was begun is shown to its end, whatever becomes of the adapter or the role.
    if (this.#flow.step === 'run' || this.#flow.step === 'report') return this.#renderStep();
    if (!adapter) return stateBlock({ icon: icons.upload, title: this.text('shared', 'noAdapter') });
    if (!adapter.capabilities.import) {
      return stateBlock({ icon: icons.upload, title: this.#text('unsupported') });
    }
    if (this.#access.status === TaskStatus.ERROR) return this.#renderAccessFailure(this.#access.error);
    const role = lowerRole(this.#access.value?.role, this.provided?.role);
    if (!this.#access.value) {
      return html`<div class="loading" aria-busy="true" aria-label=${this.#text('loading')} role="status">
        ${skeletonLine('long')} ${skeletonLine('medium')}
      </div>`;
    }
    if (role === 'viewer') {
      return stateBlock({
        icon: icons.person,
        title: this.#text('notAllowed'),
        text: this.#text('notAllowedText'),
      });
    }
    return this.#renderStep();
  }

  #renderAccessFailure(error: unknown): TemplateResult {
    return stateBlock({
      icon: icons.warning,
      title: this.#text('accessFailed'),
      text: this.errorText(error),
      alert: true,
      actions: html`<button
        class="button"
        type="button"
        @click=${() => {
          if (this.source) forgetAccess(this.source);
          void this.#access.run();
        }}
      >
        ${this.text('shared', 'retry')}
      </button>`,
    });
  }

  #renderStep(): TemplateResult {
    const { step } = this.#flow;
    return html`
      ${importPath(this.#context)}
      <p class="visually-hidden" role="status">${this.#said}</p>
      <div class="step" data-step=${step}>${this.#steps[step].render()}</div>
    `;
  }
}

/** The browser's own question before a page with a running import is left. */
function keepPage(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
