import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { icons } from '../../../parts/icons.ts';
import type { ImportOverview } from '../../../import/session.ts';
import type { CheckSettings } from '../../../import/settings.ts';
import { fileLine } from '../file-line.ts';
import type { ImportContext, ImportStepView, SectionText } from '../context.ts';
import type { SettingsChange } from '../flow.ts';
import { stepFoot } from '../step-foot.ts';
import { cellPane } from './cell-pane.ts';
import { changeChips } from './change-chips.ts';
import { isProblem, type CheckBoard, type CheckView } from './check-board.ts';
import { defaultCountryChoice } from './default-country.ts';
import { FindReplace } from './find-replace.ts';
import { FixAll } from './fix-all.ts';
import { KindList, viewCount, viewTitle } from './kind-list.ts';
import { ProblemWalk } from './problem-walk.ts';
import { RecordChanges } from './record-changes.ts';
import { RecordGrid } from './record-grid.ts';
import { RecordPages } from './record-pages.ts';
import { WordMeanings } from './word-meanings.ts';

/** What was found in the file's rows, by kind, each put right for all of them or one by one. */
export class CheckStep implements ImportStepView, CheckBoard, ReactiveController {
  readonly context: ImportContext;
  readonly text: SectionText<'importCheck'>;
  readonly pages: RecordPages;
  view: CheckView = 'all';

  readonly #changes: RecordChanges;
  readonly #kinds: KindList;
  readonly #grid: RecordGrid;
  readonly #walk: ProblemWalk;
  readonly #fix: FixAll;
  readonly #words: WordMeanings;
  readonly #find: FindReplace;
  #file: unknown;
  #checked: ImportOverview | undefined;
  #said = '';
  #hasFailed = false;
  #focusesHeading = false;
  #showsKind = false;

  constructor(context: ImportContext) {
    this.context = context;
    this.text = context.textsOf('importCheck');
    this.pages = new RecordPages({
      file: () => context.flow.open,
      came: (records) => this.#grid.columns.learn(records, this.overview.columns),
      changed: () => this.redraw(),
    });
    this.#changes = new RecordChanges(this);
    this.#kinds = new KindList(this, (view) => this.#choose(view));
    this.#grid = new RecordGrid(this, this.#changes);
    this.#walk = new ProblemWalk(this, this.#grid);
    this.#fix = new FixAll(this);
    this.#words = new WordMeanings(this);
    this.#find = new FindReplace(this);
    context.host.addController(this);
  }

  get overview(): ImportOverview {
    const { overview } = this.context.flow;
    if (!overview) throw new Error('No file is open.');
    return overview;
  }

  get settings(): CheckSettings {
    return this.context.flow.settings;
  }

  change(change: SettingsChange, said: string): void {
    this.#hasFailed = false;
    this.context.flow.recheck(change).then(
      () => {
        // Nothing to say of a check that a newer one took the place of.
        if (!this.context.flow.isChecking && this.context.flow.open) this.say(`${said} ${this.#summary()}`);
      },
      () => {
        this.#hasFailed = true;
        this.redraw();
      },
    );
  }

  say(text: string): void {
    this.#said = text;
    this.redraw();
  }

  focusHeading(): void {
    this.#focusesHeading = true;
    this.redraw();
  }

  redraw(): void {
    this.context.host.requestUpdate();
  }

  /** Before the element is drawn: a check may have ended, here or in another step. */
  hostUpdate(): void {
    const { open, overview, step } = this.context.flow;
    if (step !== 'check' || !open || !overview) return;
    if (open !== this.#file) return this.#begin(open, overview);
    if (overview === this.#checked) return;
    this.#checked = overview;
    this.pages.refresh();
  }

  hostUpdated(): void {
    const { host, flow } = this.context;
    if (flow.step !== 'check') return;
    if (this.#showsKind) {
      this.#showsKind = false;
      // On a phone the kinds are a line that is wider than the screen.
      host.shadowRoot
        ?.querySelector('.kind[aria-current]')
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    if (!this.#focusesHeading) return;
    this.#focusesHeading = false;
    host.shadowRoot?.querySelector<HTMLElement>('#kind-title')?.focus();
  }

  /** Another file: nothing of the last one is left. */
  #begin(file: unknown, overview: ImportOverview): void {
    this.#file = file;
    this.#checked = overview;
    this.#said = '';
    this.#hasFailed = false;
    for (const part of [this.#changes, this.#kinds, this.#words, this.#find]) part.forget();
    this.#show(overview.kinds[0]?.code ?? 'all');
  }

  #choose(view: CheckView): void {
    this.#showsKind = true;
    this.#show(view);
  }

  #show(view: CheckView): void {
    this.view = view;
    this.#grid.show();
    this.pages.show(view === 'all' ? {} : { of: view, together: view === 'duplicate' });
    this.redraw();
  }

  render(): TemplateResult {
    const { flow } = this.context;
    if (!flow.overview) return html``;
    return html`
      <h3 tabindex="-1">${this.text('title')}</h3>
      <p class="muted">${this.text('intro')}</p>
      ${fileLine(this.context)}
      <div class="check" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
        ${this.#kinds.render()}
        <section class="kind-view" aria-labelledby="kind-title">${this.#renderView()}</section>
      </div>
      <div class="visually-hidden" role="status">${this.#said}</div>
      ${this.#renderFoot()}
    `;
  }

  #renderView(): TemplateResult {
    const { flow } = this.context;
    const { view, overview } = this;
    const count = viewCount(overview, view);
    const hint = isProblem(view) ? this.text(`hint_${view}`) : this.text(`hint_${view}`);
    return html`
      <div class="kind-head">
        <h4 id="kind-title" tabindex="-1">${viewTitle(this, view, count)}</h4>
        <span class="busy ${flow.isChecking ? 'on' : ''}" aria-hidden="true">${this.text('checking')}</span>
        <p class="muted">${view === 'all' && !overview.kinds.length ? this.text('nothingFound') : hint}</p>
      </div>
      ${
        this.#hasFailed
          ? html`<p class="notice alarming" role="alert">${icons.warning}${this.text('checkFailed')}</p>`
          : nothing
      }
      ${this.#fix.render()} ${this.#words.render()} ${defaultCountryChoice(this)} ${changeChips(this)}
      <div class="check-tools">
        ${this.#find.renderToggle()} ${this.#walk.isPossible ? this.#renderWalk() : nothing}
      </div>
      ${this.#find.render()} ${this.#renderRows()}
    `;
  }

  #renderWalk(): TemplateResult {
    const button = (
      step: 1 | -1,
      name: 'previousProblem' | 'nextProblem',
      shortcut: string,
    ): TemplateResult => html`
      <button
        class="button quiet"
        type="button"
        data-action=${name}
        aria-keyshortcuts=${shortcut}
        @click=${() => void this.#walk.go(step)}
      >
        ${step < 0 ? icons.ascending : icons.descending} ${this.text(name)}
      </button>
    `;
    return html`<span class="walk">
      ${button(-1, 'previousProblem', 'Shift+F8')} ${button(1, 'nextProblem', 'F8')}
    </span>`;
  }

  #renderRows(): TemplateResult {
    const { error, total } = this.pages;
    if (error !== undefined) {
      return html`<div class="notice alarming" role="alert">
        ${icons.warning}
        <p>${this.text('pageFailed')}</p>
        <button class="button" type="button" @click=${() => this.pages.refresh()}>
          ${this.context.textsOf('shared')('retry')}
        </button>
      </div>`;
    }
    if (total === 0)
      return html`<p class="quiet nothing-left">${icons.check} ${this.text('nothingLeft')}</p>`;
    return html`
      <div class="rows" aria-busy=${this.context.flow.isChecking ? 'true' : 'false'}>
        ${this.#grid.render()}
      </div>
      ${cellPane(this, this.#grid, this.#changes)}
    `;
  }

  #renderFoot(): TemplateResult {
    const { counts } = this.overview;
    return stepFoot(this.context, {
      text: counts.ready ? this.#summary() : this.#reason(),
      ...(counts.ready ? { next: this.text('next') } : {}),
      isBusy: this.context.flow.isChecking,
    });
  }

  /** "982 of 1,000 rows will be imported; 18 are left out." */
  #summary(): string {
    const { counts, records } = this.overview;
    const leftOut = records - counts.ready - counts.continuation;
    return [
      this.text('willImport', { ready: counts.ready, count: records }),
      ...(leftOut ? [this.text('willLeave', { count: leftOut })] : []),
      ...(counts.continuation ? [this.text('willAdd', { count: counts.continuation })] : []),
    ].join(' ');
  }

  #reason(): string {
    const { blocker } = this.overview;
    return blocker
      ? this.context.text(`error_${blocker.code}`, { detail: blocker.detail })
      : this.text('nothingReady');
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'F8' || event.ctrlKey || event.altKey || event.metaKey || !this.#walk.isPossible)
      return;
    event.preventDefault();
    void this.#walk.go(event.shiftKey ? -1 : 1);
  }
}
