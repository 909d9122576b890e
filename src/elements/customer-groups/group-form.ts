import { html, nothing, type TemplateResult } from 'lit';
import { isAdapterError, type AdapterError } from '../../adapter/errors.ts';
import type { CustomerGroup, GroupDetail, GroupRule, GroupSaved } from '../../model/groups.ts';
import type { TheirChange } from '../../model/merge.ts';
import { conflictChoice, keptText } from '../../parts/conflict/conflict-choice.ts';
import { SharedSave } from '../../parts/conflict/shared-save.ts';
import { Drafts } from '../../parts/drafts.ts';
import { describedBy, field, fieldNotes, isTrue } from '../../parts/fields/field.ts';
import { problemTexts } from '../../parts/fields/problem-text.ts';
import { summary } from '../../parts/fields/summary.ts';
import { checkField, textField } from '../../parts/fields/text-field.ts';
import { formatPercentage, isolated } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { FilterBar } from '../customer-table/filter-bar.ts';
import { changed } from '../customer-table/filter-kinds.ts';
import { colorField } from './color-field.ts';
import type { GroupsHost, GroupsTextKey } from './context.ts';
import { groupBase, GroupFormState, type GroupValues } from './form-state.ts';
import { PreviewOfRule } from './rule-preview.ts';
import { filtersIn, ruleInWords } from './rule-words.ts';

export interface GroupFormOptions {
  isShown: () => boolean;
  /** It is saved, or given up. */
  left: (saved: GroupDetail | undefined) => void;
  saved: (saved: GroupSaved, isNew: boolean, kept: readonly TheirChange[]) => void;
  /** Another group has the name: that one is wanted. */
  open: (groupId: string) => void;
}

const labels: Record<string, GroupsTextKey> = {
  name: 'name',
  description: 'description',
  color: 'color',
  discount_percentage: 'discount',
  rule: 'rule',
};

/** Makes and edits a group: what it is called, looks like and gives, and the rule that fills it. */
export class GroupForm {
  readonly #host: GroupsHost;
  readonly #options: GroupFormOptions;
  readonly #filters: FilterBar;
  readonly #preview: PreviewOfRule;
  readonly #save: SharedSave<GroupSaved>;
  #state: GroupFormState | undefined;
  #drafts: Drafts | undefined;
  #errors: Readonly<Record<string, string>> = {};
  #failure: unknown;
  #takenBy: CustomerGroup | undefined;
  #isRestored = false;
  /** Checked at every change, once it was sent. */
  #wasSent = false;
  #known: GroupDetail | undefined;

  constructor(host: GroupsHost, options: GroupFormOptions) {
    this.#host = host;
    this.#options = options;
    this.#preview = new PreviewOfRule(host, () => {
      const state = this.#state;
      if (!options.isShown() || !state?.changesRule) return undefined;
      // A rule of nothing would be everybody: asked for what it means first.
      if (state.values.hasRule && !Object.keys(state.values.rule).length) return undefined;
      return { groupId: state.base && state.id, rule: state.rule };
    });
    this.#filters = new FilterBar(host.element, host.popover, () => {
      const { table, access, shared } = host.context();
      return {
        ...table,
        filters: filtersIn(this.#state?.values.rule ?? {}),
        adapter: host.source(),
        access,
        retryLabel: shared.retry,
        groupName: (id) => id,
        offers: (name) => name !== 'group',
        countsBack: true,
        change: (change) => {
          const rule = changed(filtersIn(this.#state?.values.rule ?? {}), change) as GroupRule;
          this.#set('rule', rule);
        },
      };
    });
    this.#save = new SharedSave<GroupSaved>(host.element, {
      source: host.source,
      send: (adapter, { version, fields, operationId }, signal) => {
        const { id = '', base } = this.#state ?? {};
        const request = { id, operationId, fields };
        return adapter.saveGroup(base ? { ...request, version } : request, { signal });
      },
      read: (current) => groupBase(current as GroupDetail),
      done: (saved, kept) => this.#done(saved, kept),
      failed: (error) => this.#failed(error),
    });
  }

  get isDirty(): boolean {
    return this.#state?.isDirty === true;
  }

  get isSaving(): boolean {
    return this.#save.isSaving;
  }

  get title(): string {
    const { text } = this.#host.context();
    const name = this.#known?.name;
    return name === undefined ? text('newGroup') : text('editGroup', { group: isolated(name) });
  }

  /** With what was typed before, if that was not saved. */
  begin(group: GroupDetail | undefined): void {
    const { locale, access } = this.#host.context();
    const adapter = this.#host.source();
    this.forget();
    this.#known = group;
    this.#drafts = adapter && access && new Drafts(adapter, access.user_id);
    const restored = GroupFormState.restore(this.#drafts?.read(this.#draftName), locale);
    this.#state = restored ?? this.#fresh();
    this.#isRestored = restored !== undefined;
    this.#host.goTo('#group-name');
  }

  forget(): void {
    this.#state = undefined;
    this.#known = undefined;
    this.#errors = {};
    this.#failure = undefined;
    this.#takenBy = undefined;
    this.#isRestored = false;
    this.#wasSent = false;
    this.#save.forget();
  }

  /** Answers whether it may go: asks first where something would be lost. */
  async mayLeave(): Promise<boolean> {
    if (this.isSaving || this.#host.confirmation.isOpen) return false;
    if (this.isDirty) {
      const { text } = this.#host.context();
      const isSure = await this.#host.confirmation.ask({
        title: text('discardTitle'),
        text: text('discardText'),
        action: text('discard'),
        isDanger: true,
      });
      if (!isSure) return false;
    }
    this.#drafts?.remove(this.#draftName);
    return true;
  }

  async submit(): Promise<void> {
    const state = this.#state;
    if (!state || this.isSaving || this.#preview.isPending) return;
    const { fields, problems } = state.check();
    this.#wasSent = true;
    this.#failure = undefined;
    this.#takenBy = undefined;
    this.#errors = this.#texts(problems);
    this.#host.element.requestUpdate();
    if (Object.keys(this.#errors).length) {
      this.#host.goTo('.summary');
      return;
    }
    const isNew = !state.base;
    if (!isNew && !Object.keys(fields).length) {
      this.#drafts?.remove(this.#draftName);
      this.#options.left(undefined);
      return;
    }
    if (!this.#host.ask('group-save', { groupId: state.id, fields, isNew })) return;
    await this.#save.save(state.base ?? { version: 0, fields: {} }, fields);
    if (this.#save.conflict) this.#host.goTo('#conflict-title');
  }

  get #draftName(): string {
    return `group/${this.#known?.id ?? 'new'}`;
  }

  #fresh(): GroupFormState {
    const { locale } = this.#host.context();
    return this.#known ? GroupFormState.of(this.#known, locale) : new GroupFormState(locale);
  }

  #set<Name extends keyof GroupValues>(name: Name, value: GroupValues[Name]): void {
    const state = this.#state;
    if (!state) return;
    state.set(name, value);
    if (state.isDirty) this.#drafts?.write(this.#draftName, state.draft());
    else this.#drafts?.remove(this.#draftName);
    if (name === 'name') this.#takenBy = undefined;
    if (this.#wasSent) this.#errors = this.#texts(state.check().problems);
    this.#host.element.requestUpdate();
  }

  #texts(problems: Parameters<typeof problemTexts>[1]): Record<string, string> {
    const { fields, text } = this.#host.context();
    const texts = problemTexts(fields.text, problems);
    return problems['group-rule'] ? { ...texts, 'group-rule': text('ruleMissing') } : texts;
  }

  #done(saved: GroupSaved, kept: readonly TheirChange[]): void {
    const isNew = !this.#state?.base;
    this.#drafts?.remove(this.#draftName);
    const { text, conflict } = this.#host.context();
    const message = kept.length ? keptText(conflict, kept, (name) => this.#label(name)) : text('saved');
    this.#options.saved(saved, isNew, kept);
    this.#host.notice.show({ message });
    this.#options.left(saved.group);
  }

  #failed(error: unknown): void {
    if (isAdapterError(error, 'conflict') && error.reason === 'exists') {
      this.#takenBy = error.current as CustomerGroup;
      this.#host.goTo('.taken');
    } else if (isAdapterError(error, 'invalid') && Object.keys(error.fields).length) {
      this.#errors = this.#refused(error);
      this.#host.goTo('.summary');
    } else {
      this.#failure = error;
      this.#host.goTo('.save-failed');
    }
  }

  #refused(error: AdapterError): Record<string, string> {
    const { fields } = this.#host.context();
    return Object.fromEntries(
      Object.entries(error.fields).map(([name, message]) => [
        `group-${name.split('.')[0] ?? ''}`,
        fields.text('problemRefused', { message }),
      ]),
    );
  }

  #label(name: string): string {
    return this.#host.context().text(labels[name] ?? 'name');
  }

  render(): unknown {
    const state = this.#state;
    if (!state) return nothing;
    const { conflict } = this.#save;
    if (conflict) return html`<div class="body">${this.#renderConflict(conflict)}</div>`;
    const { text, shared } = this.#host.context();
    const isBusy = this.isSaving || this.#preview.isPending;
    const submit = (event: Event) => {
      event.preventDefault();
      void this.submit();
    };
    return html`
      <form novalidate @submit=${submit}>
        <div class="body">
          ${this.#isRestored ? this.#renderRestored() : nothing} ${this.#renderFailure()}
          ${
            Object.keys(this.#errors).length
              ? summary({
                  title: shared.problems(Object.keys(this.#errors).length),
                  errors: this.#errors,
                  label: (id) => this.#label(id.replace(/^group-/, '')),
                  goTo: (id) =>
                    this.#host.element.shadowRoot?.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus(),
                })
              : nothing
          }
          ${this.#takenBy ? this.#renderTaken(this.#takenBy) : nothing} ${this.#renderFields(state)}
        </div>
        <div class="foot" part="footer">
          <span class="foot-note quiet" role="status"
            >${this.#preview.isPending ? text('previewing') : nothing}</span
          >
          <button class="button" type="button" data-action="cancel" @click=${() => void this.#cancel()}>
            ${shared.cancel}
          </button>
          <button class="button primary" type="submit" aria-disabled=${isBusy ? 'true' : 'false'}>
            ${text(this.isSaving ? 'saving' : state.base ? 'save' : 'createGroup')}
          </button>
        </div>
      </form>
    `;
  }

  async #cancel(): Promise<void> {
    if (await this.mayLeave()) this.#options.left(undefined);
  }

  #renderFields(state: GroupFormState): TemplateResult {
    const context = this.#host.context();
    const { text, fields } = context;
    const { values } = state;
    const view = (name: string) => ({
      id: `group-${name}`,
      label: this.#label(name),
      error: this.#errors[`group-${name}`],
    });
    const description = { ...view('description'), help: text('descriptionHelp') };
    const discount = view('discount_percentage');
    return html`
      <div class="form-grid">
        <div class="wide">
          ${textField(fields, {
            ...view('name'),
            value: values.name,
            isRequired: true,
            change: (value) => this.#set('name', value),
          })}
        </div>
        <div class="wide">
          ${field(
            fields,
            description,
            html`<textarea
              class="field"
              id=${description.id}
              rows="2"
              dir="auto"
              aria-invalid=${isTrue(description.error)}
              aria-describedby=${describedBy(description)}
              .value=${values.description}
              @input=${(event: Event) =>
                this.#set('description', (event.currentTarget as HTMLTextAreaElement).value)}
            ></textarea>`,
          )}
        </div>
        <div class="wide">
          ${colorField({
            context,
            ...view('color'),
            value: values.color,
            change: (value) => this.#set('color', value),
          })}
        </div>
        <div>
          ${textField(fields, {
            ...discount,
            help: text('discountHelp'),
            value: values.discount,
            change: (value) => this.#set('discount', value),
          })}
        </div>
      </div>
      ${context.hasRules ? this.#renderRule(state) : nothing}
    `;
  }

  #renderRule(state: GroupFormState): TemplateResult {
    const { text } = this.#host.context();
    const error = this.#errors['group-rule'];
    const view = { id: 'group-rule', label: text('rule'), error };
    return html`
      <section class="rule" aria-labelledby="rule-title">
        <h3 id="rule-title">${text('rule')}</h3>
        ${checkField({
          ...view,
          label: text('fillByRule'),
          isChecked: state.values.hasRule,
          change: (isOn) => this.#set('hasRule', isOn),
        })}
        ${
          state.values.hasRule
            ? html`<p class="quiet">${text('ruleHelp')}</p>
                ${this.#filters.render()}`
            : fieldNotes({ id: 'rule-off', label: '', help: text('byHandHelp') })
        }
        ${this.#preview.render()}
      </section>
    `;
  }

  #renderRestored(): TemplateResult {
    const { text } = this.#host.context();
    const discard = () => {
      this.#drafts?.remove(this.#draftName);
      this.#state = this.#fresh();
      this.#isRestored = false;
      this.#errors = {};
      this.#host.goTo('#group-name');
    };
    return html`<div class="restored">
      <span role="status">${text('restored')}</span>
      <button class="button quiet" type="button" data-action="discard" @click=${discard}>
        ${text('discardRestored')}
      </button>
    </div>`;
  }

  #renderFailure(): TemplateResult | typeof nothing {
    if (this.#failure === undefined) return nothing;
    const { text } = this.#host.context();
    const isGone = isAdapterError(this.#failure, 'not_found');
    return html`<div class="form-alert failed save-failed" role="alert" tabindex="-1">
      ${icons.warning}
      <div>
        <p class="form-alert-title">${isGone ? text('gone') : this.#host.errorText(this.#failure)}</p>
        <p>${text('saveFailed')}</p>
      </div>
    </div>`;
  }

  #renderTaken(group: CustomerGroup): TemplateResult {
    const { text } = this.#host.context();
    const open = async () => {
      if (await this.mayLeave()) this.#options.open(group.id);
    };
    return html`<div class="form-alert failed taken" role="alert" tabindex="-1">
      ${icons.warning}
      <div>
        <p class="form-alert-title">${text('nameTaken', { group: isolated(group.name) })}</p>
        <div class="form-alert-actions">
          <button class="button" type="button" data-action="open-taken" @click=${() => void open()}>
            ${text('openGroup', { group: isolated(group.name) })}
          </button>
        </div>
      </div>
    </div>`;
  }

  #renderConflict(conflict: NonNullable<SharedSave<GroupSaved>['conflict']>): TemplateResult {
    const context = this.#host.context();
    const resolve = async () => {
      await this.#save.resolve();
      if (this.#save.conflict) this.#host.goTo('#conflict-title');
    };
    return conflictChoice({
      context: context.conflict,
      conflict,
      label: (name) => this.#label(name),
      show: (name, value) => this.#shown(name, value),
      isSaving: this.isSaving,
      choose: (name, side) => this.#save.choose(name, side),
      save: () => void resolve(),
      back: () => {
        this.#save.forget();
        this.#host.goTo('#group-name');
      },
    });
  }

  #shown(name: string, value: unknown): string | undefined {
    const { text, table, locale } = this.#host.context();
    if (name === 'rule') return value ? ruleInWords(table, value as GroupRule) : text('noRule');
    if (typeof value === 'number') return formatPercentage(locale, value);
    return typeof value === 'string' && value ? value : undefined;
  }
}
