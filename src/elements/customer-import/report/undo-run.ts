import { html, nothing, type TemplateResult } from 'lit';
import type { OperationSummary } from '../../../model/operations.ts';
import type { Receipt } from '../../../model/receipt.ts';
import { OperationRun, type OperationProgress } from '../../../operations/operation-run.ts';
import { undoPlan } from '../../../operations/settled-plan.ts';
import { Confirmation } from '../../../parts/confirmation.ts';
import { icons } from '../../../parts/icons.ts';
import type { ImportContext } from '../context.ts';
import { paceText } from '../run/pace.ts';
import { KeptCustomers } from './kept-customers.ts';

type Undone = Receipt | OperationSummary;

/** Takes an import back: asks first, shows how far it is, and says what was kept and why. */
export class UndoRun {
  readonly #context: ImportContext;
  readonly #confirmation: Confirmation;
  readonly #kept: KeptCustomers;
  readonly #onEnd: (undone: string) => void;
  #of: string | undefined;
  #run: OperationRun | undefined;
  #progress: OperationProgress | undefined;
  #error: unknown;
  #receipt: Receipt | undefined;
  #focuses = false;

  /** `onEnd` is called with the id of what was taken back. */
  constructor(context: ImportContext, onEnd: (undone: string) => void = () => undefined) {
    this.#context = context;
    this.#onEnd = onEnd;
    this.#confirmation = new Confirmation(context.host, () => context.textsOf('shared')('cancel'));
    this.#kept = new KeptCustomers(context);
    context.host.addController({ hostUpdated: () => this.#followFocus() });
  }

  /** Whether it is about this operation: running, standing still or ended. */
  isOf(id: string): boolean {
    return this.#of === id && this.#run !== undefined;
  }

  get isRunning(): boolean {
    return this.#run !== undefined && this.#receipt === undefined && this.#error === undefined;
  }

  forget(): void {
    if (this.isRunning) return;
    this.#of = undefined;
    this.#run = undefined;
  }

  /** Whether it can be is the backend's to say; what somebody else did is an admin's to take back. */
  mayUndo(operation: Undone): boolean {
    const { source, access } = this.#context;
    const isMine = !('mine' in operation) || operation.mine !== false;
    const may = isMine || access()?.role === 'admin';
    const isOpen = operation.undo.possible && !this.isRunning && !this.isOf(operation.id);
    return may && isOpen && (source()?.capabilities.undo ?? false);
  }

  async ask(undone: Undone): Promise<void> {
    const text = this.#context.textsOf('importRun');
    const { created, changed, id } = undone;
    const isConfirmed = await this.#confirmation.ask({
      title: text('undoTitle'),
      text: html`
        ${created ? html`<p>${text('undoCreated', { count: created })}</p>` : nothing}
        ${changed ? html`<p>${text('undoChanged', { count: changed })}</p>` : nothing}
        <p>${text('undoKeeps')}</p>
      `,
      action: text('undo'),
      isDanger: true,
    });
    if (!isConfirmed || !this.#context.ask('operation-undo', { operation: undone })) return;
    await this.start(id);
  }

  async start(id: string): Promise<void> {
    const { source, host } = this.#context;
    const adapter = source();
    if (!adapter) return;
    const operationId = crypto.randomUUID();
    this.#of = id;
    this.#receipt = undefined;
    this.#progress = undefined;
    this.#focuses = true;
    this.#run = new OperationRun(undoPlan(adapter, { id, operationId }), (progress) => {
      this.#progress = progress;
      host.requestUpdate();
    });
    await this.#drive();
  }

  async #drive(): Promise<void> {
    const { host, tell, flow } = this.#context;
    this.#error = undefined;
    host.requestUpdate();
    flow.isRunning = true;
    try {
      const receipt = await this.#run?.run();
      if (!receipt) return;
      this.#receipt = receipt;
      this.#kept.show(receipt);
      const operationId = this.#of ?? '';
      tell('operation-undone', { receipt, operationId });
      if (receipt.changed) tell('customers-changed');
      this.#onEnd(operationId);
    } catch (error) {
      this.#error = error;
    } finally {
      flow.isRunning = false;
      this.#focuses = true;
      host.requestUpdate();
    }
  }

  /** The question before it, wherever it is drawn. */
  renderQuestion(): unknown {
    return this.#confirmation.render();
  }

  render(): TemplateResult | typeof nothing {
    const { text, textsOf, locale, errorText } = this.#context;
    if (!this.#run) return nothing;
    const said = textsOf('importRun');
    if (this.#error !== undefined) {
      return html`<div class="undo notice alarming" role="alert">
        ${icons.warning}
        <div>
          <p class="undo-title" tabindex="-1">${said('undoFailed', { reason: errorText(this.#error) })}</p>
          <button class="button" type="button" @click=${() => this.#goOn()}>${text('goOn')}</button>
        </div>
      </div>`;
    }
    const receipt = this.#receipt;
    if (!receipt) {
      const { done = 0, total = 0, state } = this.#progress ?? {};
      return html`<div class="undo">
        <p class="strong undo-title" tabindex="-1">${said('undoing')}</p>
        <progress part="progress" max=${total || 1} .value=${done} aria-label=${said('undoing')}></progress>
        <p class="progress-line">
          <span>${said('undoProgress', { done, total })}</span>
          <span class="muted">${this.#progress ? paceText(this.#progress, text, locale()) : nothing}</span>
        </p>
        <p class="muted" role="status">${state === 'waiting' ? text('waiting') : nothing}</p>
      </div>`;
    }
    return html`<div class="undo notice" role="status">
      <span class="undo-icon">${icons.restore}</span>
      <div>
        <p class="strong undo-title" tabindex="-1">${said('undone', { count: receipt.changed })}</p>
        ${receipt.failed ? html`<p>${said('undoneKept', { count: receipt.failed })}</p>` : nothing}
        ${this.#kept.render()}
      </div>
    </div>`;
  }

  #goOn(): void {
    void this.#drive();
  }

  #followFocus(): void {
    if (!this.#focuses) return;
    this.#focuses = false;
    const root = this.#context.host.shadowRoot;
    const active = root?.activeElement;
    // Only from what has gone or from a heading, never from where somebody has moved on to.
    if (!active || active.matches('h3')) root?.querySelector<HTMLElement>('.undo-title')?.focus();
  }
}
