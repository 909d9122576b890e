import { initialState, Task, TaskStatus } from '@lit/task';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { accessOf, forgetAccess, lowerRole } from '../../adapter/access.ts';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { conflict } from '../../locales/en/conflict.ts';
import { fields } from '../../locales/en/fields.ts';
import { form } from '../../locales/en/customer-form.ts';
import { groups } from '../../locales/en/customer-groups.ts';
import { shared } from '../../locales/en/shared.ts';
import { table } from '../../locales/en/customer-table.ts';
import type { CustomerGroup, GroupDetail } from '../../model/groups.ts';
import { avatarStyles } from '../../parts/avatar.ts';
import { badgeStyles } from '../../parts/badges.ts';
import { conflictStyles } from '../../parts/conflict/conflict-choice.ts';
import { Confirmation, confirmationStyles } from '../../parts/confirmation.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { fieldStyles } from '../../parts/fields/field.ts';
import { formAlertStyles } from '../../parts/fields/form-alert.ts';
import { typeAheadStyles } from '../../parts/fields/type-ahead.ts';
import { icons } from '../../parts/icons.ts';
import { Notice, noticeStyles } from '../../parts/notice.ts';
import { Popover, popoverStyles } from '../../parts/popover.ts';
import { skeletonLine, skeletonStyles } from '../../parts/skeleton.ts';
import { stateBlock, stateBlockStyles } from '../../parts/state-block.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import { presentations, Surface, surfaceStyles, type Presentation } from '../../parts/surface.ts';
import { Writes } from '../customer-detail/writes.ts';
import { filterStyles } from '../customer-table/styles/filters.ts';
import type { GroupsContext, GroupsHost } from './context.ts';
import { groupsStyles } from './customer-groups.styles.ts';
import { Deletion } from './deletion.ts';
import { GroupForm } from './group-form.ts';
import { GroupList } from './group-list.ts';
import { GroupPage } from './group-page.ts';
import type { MemberRow } from './member-rows.ts';

/**
 * The groups that a shop puts its customers in: all of them with colour, description, discount and how many are in
 * each; making, editing and deleting them; who is in one, by hand and by a rule.
 *
 * A rule is filters of the list. Before it is saved, the form says who would enter and who would leave. Somebody who
 * is put into such a group or taken out by hand stays where he was put, until left to the rule again.
 *
 * @tag customer-groups
 *
 * @attr {string} group-id - The group that is shown; absent, the list of all. Follows what the person opens.
 * @attr {boolean} open - Panel and dialog are there while it is set; inline, the groups always are.
 * @attr {'panel'|'dialog'|'inline'} presentation - Default `inline`.
 * @attr {string} locale - BCP 47; absent, the nearest `lang`.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @csspart surface - The panel, the dialog, or the section.
 * @csspart header - Its title.
 * @csspart footer - The buttons of the form.
 * @csspart avatar - Picture or initials of a member.
 * @csspart filter - One filter of a rule.
 * @csspart popover - The panel of filter editors.
 *
 * @fires {CustomEvent<{groupId: string, fields: object, isNew: boolean}>} group-save - About to be saved. Cancelable:
 *   prevented, nothing is saved and everything stays as typed.
 * @fires {CustomEvent<{groupId: string, group: object, receipt: object, isNew: boolean, kept: object[]}>} group-saved -
 *   A group is made, or an edit saved; `kept` is what others changed meanwhile.
 * @fires {CustomEvent<{groupId: string, group: object}>} group-delete - Delete was chosen. Cancelable: prevented, the
 *   person isn't asked and nothing is deleted.
 * @fires {CustomEvent<{groupId: string, members: number, receipt: object}>} group-deleted - It is gone; `members` were
 *   in it by hand, and stay customers.
 * @fires {CustomEvent<{groupId: string}>} group-restore - Undo of a deletion was chosen. Cancelable: prevented, the
 *   group stays deleted.
 * @fires {CustomEvent<{groupId: string, receipt: object}>} group-restored - It is back, with its members.
 * @fires {CustomEvent<{groupId: string, add: string[], emails: string[], remove: string[], release: string[]}>}
 *   members-change - Customers are about to be put in, taken out, or left to the rule; Undo fires it too. Cancelable:
 *   prevented, nobody is moved.
 * @fires {CustomEvent<{groupId: string, group: object, receipts: object[]}>} members-changed - They are.
 * @fires {CustomEvent<{groupId: string, group: object}>} group-show - "Show in the list" was chosen: the host narrows
 *   its list. Cancelable: prevented, panel and dialog stay open.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-open - A member was chosen. Cancelable:
 *   prevented, panel and dialog stay open.
 * @fires {CustomEvent} groups-close - About to close. Cancelable: prevented, it stays open.
 * @fires {CustomEvent} groups-closed - It has closed.
 */
export class CustomerGroupsElement extends CustomersElement {
  static override styles = [
    tokens,
    controls,
    avatarStyles,
    badgeStyles,
    skeletonStyles,
    stateBlockStyles,
    surfaceStyles,
    confirmationStyles,
    noticeStyles,
    popoverStyles,
    fieldStyles,
    formAlertStyles,
    typeAheadStyles,
    conflictStyles,
    filterStyles,
    groupsStyles,
  ];

  protected static override readonly texts = { conflict, fields, form, groups, shared, table };

  static override properties: PropertyDeclarations = {
    groupId: { type: String, attribute: 'group-id' },
    open: { type: Boolean, reflect: true },
    presentation: { type: String },
    editing: { state: true },
  };

  declare groupId: string | undefined | null;
  declare open: boolean;
  declare presentation: Presentation;
  /** Whether the form stands in the place of the list, or of the group that it is about. */
  declare protected editing: boolean;

  #source: CustomerAdapter | undefined;
  #isLoadedFor: CustomerAdapter | undefined;
  #goesTo: string | undefined;
  readonly #surface = new Surface(this, () => this.#presentation);
  readonly #popover = new Popover(this, () => this.text('shared', 'close'));
  readonly #confirmation = new Confirmation(this, () =>
    this.editing ? this.text('form', 'keepEditing') : this.text('shared', 'cancel'),
  );
  readonly #notice = new Notice(this, () => ({
    undo: this.text('shared', 'undo'),
    close: this.text('shared', 'close'),
  }));
  readonly #writes = new Writes(this, () => this.source);
  readonly #access = new Task(this, {
    args: () => [this.source, this.#isShown] as const,
    task: async ([adapter, isShown]) =>
      adapter && isShown ? { adapter, access: await accessOf(adapter) } : initialState,
    onComplete: ({ adapter }) => this.#begin(adapter),
  });
  readonly #host: GroupsHost = {
    element: this,
    source: () => this.source,
    context: () => this.#context,
    writes: this.#writes,
    confirmation: this.#confirmation,
    notice: this.#notice,
    popover: this.#popover,
    errorText: (error) => this.errorText(error),
    ask: (name, detail) => this.emit(name, detail, { cancelable: true }),
    tell: (name, detail) => this.emit(name, detail),
    goTo: (selector) => {
      this.#goesTo = selector;
      this.requestUpdate();
    },
  };
  readonly #list = new GroupList(this.#host, {
    open: (group) => this.#openGroup(group),
    create: () => this.#edit(undefined),
  });
  readonly #page = new GroupPage(this.#host, {
    groupId: () => (this.#isShown && this.#knows ? (this.groupId ?? undefined) : undefined),
    edit: (group) => this.#edit(group),
    remove: (group) => void this.#deletion.begin(group),
    show: (group) => this.#show(group),
    openMember: (row) => this.#openMember(row),
  });
  readonly #form = new GroupForm(this.#host, {
    isShown: () => this.#isShown && this.editing,
    left: (saved) => this.#leaveForm(saved),
    saved: ({ group, receipt }, isNew, kept) => {
      // Whether a shop has groups decides what its list offers.
      if (isNew && this.source) forgetAccess(this.source);
      this.emit('group-saved', { groupId: group.id, group, receipt, isNew, kept });
    },
    open: (groupId) => {
      this.editing = false;
      this.#form.forget();
      this.groupId = groupId;
      this.#goesTo = '#title';
    },
  });
  readonly #deletion = new Deletion(this.#host, (groupId) => {
    if (this.source) forgetAccess(this.source);
    if (this.groupId === groupId) this.#back('#title');
    else void this.#list.reload();
  });

  constructor() {
    super();
    this.open = false;
    this.presentation = 'inline';
    this.editing = false;
    this.addEventListener('keydown', (event) => this.#onKeydown(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.#onUnload);
    if (this.hasUpdated && this.#knows) void this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.#onUnload);
    this.#list.close();
    this.#page.close();
  }

  /** Whether something is typed that is not saved. */
  get dirty(): boolean {
    return this.#isShown && this.editing && this.#form.isDirty;
  }

  /** Whether what is shown is on its way. */
  get loading(): boolean {
    const isAsking = this.#access.status === TaskStatus.PENDING;
    return isAsking || (this.groupId ? this.#page.isLoading : this.#list.isLoading);
  }

  get saving(): boolean {
    return this.#form.isSaving || this.#writes.isBusy;
  }

  /** Asks for everything again; what is on the screen stays until the answers come. */
  async reload(): Promise<void> {
    await Promise.all([this.#list.reload(), this.#page.reload()]);
  }

  /** Moves the focus into panel or dialog; it goes back when that closes. */
  override focus(): void {
    this.#surface.focus();
  }

  /** Closes for a person, as the close button does: asks first where something would be lost. */
  async close(): Promise<void> {
    if (this.editing && !(await this.#form.mayLeave())) return;
    if (!this.emit('groups-close', undefined, { cancelable: true })) return;
    this.#reset();
    await this.#leave();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('presentation') && !presentations.includes(this.presentation)) {
      console.warn(`customer-elements: groups are ${presentations.join(', ')}, not ${this.presentation}.`);
    }
    const isAnother = this.#source !== this.source;
    if (isAnother && this.#source) {
      this.#isLoadedFor = undefined;
      this.#list.forget();
      this.#page.forget();
      this.#form.forget();
      this.editing = false;
    }
    this.#source = this.source;
    if (changed.has('groupId') && changed.get('groupId') !== undefined) this.#page.close();
  }

  protected override updated(): void {
    const selector = this.#goesTo;
    this.#goesTo = undefined;
    if (!selector) return;
    const { renderRoot } = this;
    (
      renderRoot.querySelector<HTMLElement>(selector) ?? renderRoot.querySelector<HTMLElement>('#title')
    )?.focus();
  }

  get #presentation(): Presentation {
    return presentations.includes(this.presentation) ? this.presentation : 'inline';
  }

  get #isShown(): boolean {
    return this.#presentation === 'inline' || this.open;
  }

  /** The backend has said who is asking. */
  get #knows(): boolean {
    return this.source !== undefined && this.#access.value?.adapter === this.source;
  }

  #begin(adapter: CustomerAdapter): void {
    if (this.#isLoadedFor === adapter && this.#presentation === 'inline') return;
    this.#isLoadedFor = adapter;
    if (adapter.capabilities.groups) void this.#list.reload();
    void this.#page.reload();
  }

  #reset(): void {
    this.groupId = undefined;
    this.editing = false;
    this.#form.forget();
    this.#page.forget();
    this.#notice.close();
  }

  #openGroup(group: CustomerGroup): void {
    this.groupId = group.id;
    this.#goesTo = '#title';
  }

  #edit(group: GroupDetail | undefined): void {
    this.editing = true;
    this.#form.begin(group);
  }

  #leaveForm(saved: GroupDetail | undefined): void {
    this.editing = false;
    this.#form.forget();
    if (!saved) {
      this.#goesTo = this.groupId ? '[data-action=edit]' : '[data-action=create]';
      return;
    }
    this.#page.put(saved);
    this.groupId = saved.id;
    void this.#list.reload();
    this.#goesTo = '#title';
  }

  /** From the form to where it was opened, from a group to the list. */
  async #goBack(): Promise<void> {
    if (!this.editing) this.#back();
    else if (await this.#form.mayLeave()) this.#leaveForm(undefined);
  }

  #back(goesTo = `[data-group="${CSS.escape(this.groupId ?? '')}"]`): void {
    this.groupId = undefined;
    this.#page.forget();
    this.#goesTo = goesTo;
    void this.#list.reload();
  }

  #show(group: GroupDetail): void {
    if (!this.emit('group-show', { groupId: group.id, group }, { cancelable: true })) return;
    if (this.#presentation !== 'inline') void this.#leave();
  }

  /** It is found where it was when it is opened again. */
  #openMember(row: MemberRow): void {
    const detail = { customer: row, customerId: row.id };
    if (!this.emit('customer-open', detail, { cancelable: true })) return;
    if (this.#presentation !== 'inline') void this.#leave();
  }

  async #leave(): Promise<void> {
    if (this.#presentation === 'inline') return;
    this.open = false;
    await this.updateComplete;
    this.emit('groups-closed');
  }

  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.dirty) event.preventDefault();
  };

  #onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && this.editing) {
      event.preventDefault();
      void this.#form.submit();
    } else if (event.key === 'Escape' && this.#popover.current === undefined) {
      if (this.#presentation === 'inline' && !this.editing) return;
      event.preventDefault();
      event.stopPropagation();
      void (this.editing ? this.#goBack() : this.close());
    }
  }

  get #context(): GroupsContext {
    const { locale } = this.language;
    const known = this.#knows ? this.#access.value : undefined;
    const role = known && lowerRole(known.access.role, this.provided?.role);
    const can = this.source?.capabilities;
    const timeZone = known?.access.time_zone ?? 'UTC';
    return {
      text: (key, values) => this.text('groups', key, values),
      locale,
      timeZone,
      access: known?.access,
      mayEdit: (role === 'editor' || role === 'admin') && can?.groupEdit === true,
      hasRules: can?.ruleGroups === true,
      fields: { text: (key, values) => this.text('fields', key, values), locale },
      conflict: { text: (key, values) => this.text('conflict', key, values), locale, timeZone },
      table: {
        text: (key, values) => this.text('table', key, values),
        locale,
        timeZone,
        currency: known?.access.currency ?? 'USD',
      },
      shared: {
        retry: this.text('shared', 'retry'),
        cancel: this.text('shared', 'cancel'),
        problems: (count) => this.text('form', 'problems', { count }),
      },
    };
  }

  protected override render(): unknown {
    if (!this.#isShown) return nothing;
    const { direction } = this.language;
    const content = html`
      <div class="content" dir=${direction}>
        ${this.#renderHead()} ${this.#renderContent()} ${this.#notice.render()} ${this.#confirmation.render()}
        ${this.#popover.render()}
      </div>
    `;
    return this.#surface.render(
      content,
      direction,
      () => void (this.editing || this.groupId ? this.#goBack() : this.close()),
    );
  }

  #renderHead(): TemplateResult {
    const title = this.editing
      ? this.#form.title
      : this.groupId
        ? this.#page.renderTitle()
        : this.text('groups', 'groups');
    return html`
      <header class="head" part="header">
        ${
          this.editing || this.groupId
            ? html`<button
                class="button quiet icon back"
                type="button"
                aria-label=${this.text('groups', 'back')}
                title=${this.text('groups', 'back')}
                @click=${() => void this.#goBack()}
              >
                ${icons.previous}
              </button>`
            : nothing
        }
        <h2 id="title" tabindex="-1">${title}</h2>
        ${
          this.#presentation === 'inline'
            ? nothing
            : html`<button
                class="button quiet icon close"
                type="button"
                aria-label=${this.text('shared', 'close')}
                @click=${() => void this.close()}
              >
                ${icons.cross}
              </button>`
        }
      </header>
    `;
  }

  #renderContent(): unknown {
    if (this.#access.status === TaskStatus.ERROR) return this.#renderFailed(this.#access.error);
    if (!this.#knows) {
      return html`<div class="body" aria-busy="true">
        <span class="visually-hidden" role="status">${this.text('shared', 'loading')}</span>
        ${[1, 2, 3, 4, 5].map(
          () => html`<div class="group-row" aria-hidden="true">${skeletonLine('long')}</div>`,
        )}
      </div>`;
    }
    if (this.editing) return this.#form.render();
    if (this.groupId) return this.#page.render();
    return html`<div class="body">${this.#list.render()}</div>`;
  }

  #renderFailed(error: unknown): TemplateResult {
    return html`<div class="body">
      ${stateBlock({
        icon: icons.warning,
        alert: true,
        title: this.text('groups', 'listFailed'),
        text: this.errorText(error),
        actions: html`<button
          class="button"
          type="button"
          data-action="retry"
          @click=${() => void this.#access.run()}
        >
          ${this.text('shared', 'retry')}
        </button>`,
      })}
    </div>`;
  }
}
