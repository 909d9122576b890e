import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ColumnTarget } from '../../../import/columns.ts';
import type { ColumnReading, ImportOverview } from '../../../import/session.ts';
import { countriesIn } from '../../../parts/country-search.ts';
import { isolated } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { ImportContext, ImportStepView, SectionText } from '../context.ts';
import { fileLine, platformText } from '../file-line.ts';
import { stepFoot } from '../step-foot.ts';
import { questionOf, sectionOf, sections, type SectionName } from './asking.ts';
import { columnCard, headerOf } from './column-card.ts';
import { choiceGroups, type ChoiceGroup } from './field-names.ts';
import { choiceOf, columnsOf, invert, send, share } from './targets.ts';

/** Cards of a section that are drawn at first, and with each "show more". */
const firstCards = 24;
const furtherCards = 48;

/** What the columns of the file become: each as a card, those that need a look in front. */
export class MapStep implements ImportStepView {
  readonly #context: ImportContext;
  readonly #text: SectionText<'mapping'>;
  /** The file that the order below is of: cards don't move while somebody works on them. */
  #ordered: string | undefined;
  #sections = new Map<SectionName, number[]>();
  #shown = new Map<SectionName, number>();
  #isShort = false;

  constructor(context: ImportContext) {
    this.#context = context;
    this.#text = context.textsOf('mapping');
  }

  enter(): void {
    this.#ordered = undefined;
  }

  render(): TemplateResult {
    const { overview } = this.#context.flow;
    if (!overview) return html``;
    this.#order(overview);
    const foot = this.#renderFoot(overview);
    const columns = html`${this.#renderColumns(overview)}`;
    return html`
      <h3 tabindex="-1">${this.#text('title')}</h3>
      ${
        this.#isShort
          ? html`
              <p class="recognised">${this.#summary(overview)}</p>
              ${foot} ${fileLine(this.#context)} ${this.#renderSayings(overview)}
              <details class="columns-folded" open>
                <summary>${this.#text('look')}</summary>
                ${columns}
              </details>
            `
          : html`
              ${fileLine(this.#context)} ${this.#renderBlocker(overview)} ${this.#renderSayings(overview)}
              ${columns} ${foot}
            `
      }
    `;
  }

  /** Once for each file: where its cards stand, and whether all is so sure that the way on comes before them. */
  #order(overview: ImportOverview): void {
    const { fingerprint, columns, records, encoding, delimiter, sheet } = overview;
    const file = JSON.stringify([fingerprint, columns.length, records, encoding, delimiter, sheet]);
    if (file === this.#ordered) return;
    this.#ordered = file;
    this.#shown = new Map();
    this.#sections = new Map(sections.map((name) => [name, []]));
    for (const column of columns)
      this.#sections.get(sectionOf(column, this.#isAsking(column)))?.push(column.index);
    const isKnown = overview.platform !== null || !columns.some(({ reason }) => reason === 'open');
    const isAsking = columns.some((column) => this.#isAsking(column)) || overview.consentOffer !== null;
    this.#isShort = isKnown && !isAsking && !overview.blocker && !this.#lacksCountry(overview);
  }

  #isAsking(column: ColumnReading): boolean {
    return questionOf(column) !== undefined && !this.#context.flow.confirmed.has(column.index);
  }

  /** Addresses or phones, and nothing that tells of which country. */
  #lacksCountry({ columns, settings }: ImportOverview): boolean {
    const has = (...fields: string[]): boolean =>
      columns.some(({ target }) => target.kind === 'field' && fields.includes(target.field));
    return has('phone', 'address_line_1', 'city') && !has('country', 'address') && !settings.defaultCountry;
  }

  /** "Recognised: Shopify export. 14 columns mapped, 6 kept as metadata, 1 left out." */
  #summary({ platform, columns }: ImportOverview): string {
    const count = (kind: ColumnTarget['kind']): number =>
      columns.filter(({ target }) => target.kind === kind).length;
    const known = platform
      ? this.#text('recognised', { platform: isolated(platformText(platform, this.#context.text)) })
      : this.#text('recognisedByName');
    const parts = [
      this.#text('mapped', { count: count('field') }),
      ...(count('metadata') ? [this.#text('kept', { count: count('metadata') })] : []),
      ...(count('ignored') ? [this.#text('leftOut', { count: count('ignored') })] : []),
    ];
    return `${known} ${new Intl.ListFormat(this.#context.locale(), { type: 'unit' }).format(parts)}.`;
  }

  #renderBlocker({ blocker, columns }: ImportOverview): unknown {
    if (!blocker) return nothing;
    const { text } = this.#context;
    const targets = this.#targets();
    const [chosen] = columnsOf(targets, 'email');
    return html`
      <div class="notice alarming" role="alert">
        ${icons.warning}
        <div>
          <p>${text(`error_${blocker.code}`, { detail: blocker.detail })}</p>
          <label class="saying">
            <span>${this.#text('emailColumn')}</span>
            <select
              class="field"
              name="email-column"
              @change=${(event: Event) => this.#chooseEmail((event.currentTarget as HTMLSelectElement).value)}
            >
              <option value="" .selected=${live(chosen === undefined)}>
                ${this.#text('emailColumnChoose')}
              </option>
              ${columns
                .filter(
                  ({ reason, index }) => reason !== 'secret' && (index < mostChoices || index === chosen),
                )
                .map(
                  (column) =>
                    html`<option value=${column.index} .selected=${live(column.index === chosen)}>
                      ${headerOf({ column, mapping: this.#text })}
                    </option>`,
                )}
            </select>
          </label>
        </div>
      </div>
    `;
  }

  /** What is said about the file as a whole. */
  #renderSayings(overview: ImportOverview): TemplateResult {
    const { consentOffer, settings } = overview;
    const isOffered = consentOffer === true || settings.consent === true;
    return html`
      <div class="sayings">
        ${this.#renderRemembered(overview)} ${this.#renderCountry(overview)}
        ${
          isOffered
            ? html`<label class="saying-check">
                <input
                  type="checkbox"
                  name="consent"
                  .checked=${live(this.#context.flow.settings.consent === true)}
                  @change=${(event: Event) => this.#agree((event.currentTarget as HTMLInputElement).checked)}
                />
                <span>${this.#text('agreed')}<span class="muted">${this.#text('agreedHint')}</span></span>
              </label>`
            : nothing
        }
        ${consentOffer === false ? html`<p class="muted">${this.#text('refused')}</p>` : nothing}
      </div>
    `;
  }

  #renderRemembered({ columns }: ImportOverview): unknown {
    const isRemembered = columns.some(({ reason }) => reason === 'remembered');
    if (!isRemembered && !this.#context.flow.settings.targets?.some(Boolean)) return nothing;
    return html`
      <p class="remembered">
        <span>${this.#text(isRemembered ? 'asLastTime' : 'changed')}</span>
        <button
          class="button quiet"
          type="button"
          data-action="start-over"
          @click=${() => void this.#startOver()}
        >
          ${this.#text('startOver')}
        </button>
      </p>
    `;
  }

  #renderCountry(overview: ImportOverview): TemplateResult {
    const { flow, locale } = this.#context;
    const { defaultCountry } = flow.settings;
    const isMissing = this.#lacksCountry({ ...overview, settings: flow.settings });
    return html`
      <div class="saying ${isMissing ? 'asks' : ''}">
        <label for="default-country">${this.#text('country')}</label>
        <select
          id="default-country"
          class="field"
          aria-describedby=${isMissing ? 'country-hint' : nothing}
          @change=${(event: Event) =>
            void flow.recheck({
              defaultCountry: (event.currentTarget as HTMLSelectElement).value || undefined,
            })}
        >
          <option value="" .selected=${live(defaultCountry === undefined)}>
            ${this.#text('countryNone')}
          </option>
          ${countriesIn(locale()).map(
            ({ code, name }) =>
              html`<option value=${code} .selected=${live(code === defaultCountry)}>${name}</option>`,
          )}
        </select>
        ${isMissing ? html`<p id="country-hint">${icons.warning}<span>${this.#text('countryHint')}</span></p>` : nothing}
      </div>
    `;
  }

  #renderColumns(overview: ImportOverview): unknown {
    const targets = this.#targets();
    const headers = overview.columns.map((column) => headerOf({ column, mapping: this.#text }));
    const groups = choiceGroups({ text: this.#context.text, mapping: this.#text }, targets);
    return sections.map((name) => {
      const indices = this.#sections.get(name) ?? [];
      if (indices.length === 0) return nothing;
      const shown = this.#shown.get(name) ?? firstCards;
      const rest = indices.length - shown;
      return html`
        <section class="columns-section" data-section=${name} aria-labelledby="columns-${name}">
          <h4 id="columns-${name}">
            ${this.#text(`section_${name}`)} <span class="quiet">${indices.length}</span>
          </h4>
          <ul class="columns">
            ${repeat(
              indices.slice(0, shown),
              (index) => index,
              (index) => this.#renderCard(overview, index, targets, headers, groups),
            )}
          </ul>
          ${
            rest > 0
              ? html`<button class="button quiet" type="button" @click=${() => this.#showMore(name, shown)}>
                  ${this.#text('more', { count: Math.min(rest, furtherCards) })}
                </button>`
              : nothing
          }
        </section>
      `;
    });
  }

  #renderCard(
    { columns, records, platform }: ImportOverview,
    index: number,
    targets: readonly ColumnTarget[],
    headers: readonly string[],
    groups: readonly ChoiceGroup[],
  ): unknown {
    const { flow, host, locale, text } = this.#context;
    const column = columns[index];
    if (!column) return nothing;
    const retarget = (changed: readonly ColumnTarget[]): void => this.#retarget(targets, changed);
    return columnCard({
      column,
      targets,
      headers,
      groups,
      records,
      platform: platform ? isolated(platformText(platform, text)) : '',
      locale: locale(),
      text,
      mapping: this.#text,
      isConfirmed: flow.confirmed.has(index),
      dateOrder: flow.settings.dateOrders?.[index],
      choose: (choice) => retarget(send(targets, index, choice)),
      share: (manner) => retarget(share(targets, index, manner)),
      invert: (inverted) => retarget(invert(targets, index, inverted)),
      order: (order) => {
        const said = Object.entries(flow.settings.dateOrders ?? {}).filter(([at]) => Number(at) !== index);
        void flow.recheck({
          dateOrders: Object.fromEntries([...said, ...(order ? [[String(index), order] as const] : [])]),
        });
      },
      confirm: () => {
        flow.confirmed.add(index);
        this.#focusCard(index);
        host.requestUpdate();
      },
    });
  }

  #renderFoot(overview: ImportOverview): TemplateResult {
    const { text } = this.#context;
    return stepFoot(this.#context, {
      text: this.#footText(overview),
      next: overview.blocker ? undefined : text('nextStep'),
      isNextFirst: this.#isShort,
    });
  }

  #footText({ blocker, columns, counts, records }: ImportOverview): unknown {
    if (this.#context.flow.isChecking) return html`<span role="status">${this.#text('checking')}</span>`;
    if (blocker) return nothing;
    const open = columns.filter(
      (column) => this.#isAsking(column) && column.target.kind === 'metadata',
    ).length;
    const problems = counts.invalid + counts.duplicate;
    return [
      this.#text('ready', { ready: counts.ready, count: records - counts.continuation }),
      problems ? this.#text('thenProblems', { count: problems }) : this.#text('thenRows'),
      ...(open ? [this.#text('stillOpen', { count: open })] : []),
    ].join(' ');
  }

  /** Where the columns go as the person wants it, also before the check of it is done. */
  #targets(): ColumnTarget[] {
    const { overview, settings } = this.#context.flow;
    return (overview?.columns ?? []).map(({ target, index, reason }) =>
      reason === 'secret' ? target : (settings.targets?.[index] ?? target),
    );
  }

  #retarget(before: readonly ColumnTarget[], after: readonly ColumnTarget[]): void {
    const { flow } = this.#context;
    const said = flow.settings.targets ?? [];
    const targets = after.map((target, index) =>
      JSON.stringify(target) === JSON.stringify(before[index]) ? said[index] : target,
    );
    for (const [index, target] of after.entries())
      if (choiceOf(target) !== choiceOf(before[index] ?? target)) flow.confirmed.delete(index);
    void flow.recheck({ targets });
  }

  #chooseEmail(value: string): void {
    const targets = this.#targets();
    if (value === '') return;
    const index = Number(value);
    this.#retarget(targets, share(send(targets, index, 'email'), index, 'first'));
  }

  #agree(agrees: boolean): void {
    void this.#context.flow.recheck({ consent: agrees ? true : undefined });
  }

  async #startOver(): Promise<void> {
    const { flow, host } = this.#context;
    await flow.forget();
    this.#ordered = undefined;
    host.requestUpdate();
    await host.updateComplete;
    host.shadowRoot?.querySelector<HTMLElement>('h3')?.focus();
  }

  #showMore(name: SectionName, shown: number): void {
    this.#shown.set(name, shown + furtherCards);
    this.#context.host.requestUpdate();
    // To the first that has come: the button may have gone.
    const index = this.#sections.get(name)?.[shown];
    if (index !== undefined) this.#focusCard(index);
  }

  #focusCard(index: number): void {
    const { host } = this.#context;
    void host.updateComplete.then(() =>
      host.shadowRoot?.querySelector<HTMLElement>(`[data-column="${index}"] select`)?.focus(),
    );
  }
}

/** Columns that are offered for the e-mails: a file with thousands has them in front. */
const mostChoices = 300;
