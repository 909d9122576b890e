import { initialState, Task, TaskStatus } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import type { GroupDetail } from '../../model/groups.ts';
import { displayName } from '../../model/names.ts';
import { colorDot } from '../../parts/badges.ts';
import { TypeAhead } from '../../parts/fields/type-ahead.ts';
import { formatClock, formatPercentage } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import { stateBlock } from '../../parts/state-block.ts';
import type { GroupsHost, GroupsTextKey } from './context.ts';
import { aboutMembers, MemberChanging, type AskedChanges, type ChangedMembers } from './member-changes.ts';
import { MemberRows, type MemberKind, type MemberRow } from './member-rows.ts';
import { emailsIn } from './pasted-emails.ts';
import { RuleCounts } from './rule-counts.ts';
import { ruleInWords } from './rule-words.ts';

export interface GroupPageOptions {
  /** Of the group that is shown; absent where none is. */
  groupId: () => string | undefined;
  edit: (group: GroupDetail) => void;
  remove: (group: GroupDetail) => void;
  show: (group: GroupDetail) => void;
  openMember: (row: MemberRow) => void;
}

const kinds: readonly MemberKind[] = ['members', 'put_in', 'kept_out'];

/** One group: what it is, who is in it, and who was put in or kept out by hand. */
export class GroupPage {
  readonly #host: GroupsHost;
  readonly #options: GroupPageOptions;
  readonly #task: Task<readonly [CustomerAdapter | undefined, string | undefined], GroupDetail>;
  readonly #rows: MemberRows;
  readonly #changing: MemberChanging;
  readonly #typeAhead: TypeAhead;
  readonly #count: RuleCounts;
  #group: GroupDetail | undefined;
  /** E-mails that lead to nobody. */
  #unknown: readonly string[] = [];

  constructor(host: GroupsHost, options: GroupPageOptions) {
    this.#host = host;
    this.#options = options;
    this.#task = new Task(host.element, {
      args: () => [host.source(), options.groupId()] as const,
      task: async ([adapter, id], { signal }) =>
        adapter && id ? adapter.getGroup({ id }, { signal }) : initialState,
      onComplete: (group) => this.#take(group),
    });
    this.#rows = new MemberRows(host, {
      groupId: () => this.#group?.id,
      act: (kind, rows) => this.#act(kind, rows),
      open: options.openMember,
    });
    this.#changing = new MemberChanging(host, {
      done: (changed, asked) => this.#changed(changed, asked),
      returnTo: () => host.element.shadowRoot?.querySelector<HTMLElement>('.rows'),
    });
    this.#typeAhead = new TypeAhead(host.element, {
      takesFirst: true,
      load: async (request, signal) => {
        const adapter = host.source();
        if (!adapter) return { options: [], next: null };
        const { search, cursor } = request;
        const { rows, next } = await adapter.listCustomers(
          {
            filters: search ? { search } : {},
            sort: { by: 'created_at', direction: 'desc' },
            limit: 20,
            ...(cursor ? { cursor } : {}),
          },
          { signal },
        );
        const isIn = (ids: readonly string[]) => ids.includes(this.#group?.id ?? '');
        const said = (email: string, ids: readonly string[]) =>
          isIn(ids) ? host.context().text('isInAlready') : email;
        return {
          options: rows.map((row) => ({
            value: row.id,
            label: displayName(row),
            note: said(row.email, row.group_ids),
          })),
          next,
        };
      },
      choose: ({ value }) => void this.#add({ add: [value] }),
      settle: (typed) => this.#settle(typed),
    });
    this.#count = new RuleCounts(host, () => {
      const group = this.#shown;
      return group?.rule ? [group.id] : [];
    });
  }

  /** As far as it is known. */
  get group(): GroupDetail | undefined {
    return this.#shown;
  }

  get isLoading(): boolean {
    return this.#task.status === TaskStatus.PENDING || (this.#group !== undefined && this.#rows.isLoading);
  }

  get #shown(): GroupDetail | undefined {
    const id = this.#options.groupId();
    return id !== undefined && this.#group?.id === id ? this.#group : undefined;
  }

  /** As a save answered it. */
  put(group: GroupDetail): void {
    const isSame = this.#group?.id === group.id;
    this.#group = group;
    if (isSame) {
      this.#count.refresh();
      void this.#rows.reload();
    } else this.#rows.begin('members');
  }

  async reload(): Promise<void> {
    if (this.#options.groupId() === undefined) return;
    await this.#task.run();
    this.#count.refresh();
    await this.#rows.reload();
  }

  forget(): void {
    this.#group = undefined;
    this.#unknown = [];
    this.#rows.close();
    this.#host.writes.forget(aboutMembers);
  }

  close(): void {
    this.#rows.close();
  }

  #take(group: GroupDetail): void {
    const isAnother = this.#group?.id !== group.id;
    this.#group = group;
    if (!isAnother) return;
    this.#unknown = [];
    this.#rows.begin('members');
  }

  #settle(typed: string): void {
    const emails = emailsIn(typed);
    // Who merely leaves the field has chosen nothing.
    const isThere = this.#host.element.shadowRoot?.activeElement?.id === 'add-member';
    if (isThere && emails.length) void this.#add({ emails });
  }

  #paste(event: ClipboardEvent): void {
    const emails = emailsIn(event.clipboardData?.getData('text') ?? '');
    // A single one is searched for like anything typed.
    if (emails.length < 2) return;
    event.preventDefault();
    this.#typeAhead.clear();
    void this.#add({ emails });
  }

  async #add(asked: AskedChanges): Promise<void> {
    this.#unknown = [];
    if (this.#group) await this.#changing.change(this.#group, asked, 'added');
  }

  #act(kind: MemberKind, rows: readonly MemberRow[]): void {
    const group = this.#group;
    if (!group || !rows.length) return;
    const ids = rows.map(({ id }) => id);
    if (kind !== 'members') void this.#changing.change(group, { release: ids }, 'released');
    else void this.#changing.change(group, { remove: ids }, group.rule ? 'keptOut' : 'removed');
  }

  #changed({ group, unknown }: ChangedMembers, asked: AskedChanges): void {
    if (group.id !== this.#group?.id) return;
    this.#group = group;
    this.#unknown = unknown;
    this.#count.refresh();
    const gone = [...(asked.remove ?? []), ...(asked.release ?? [])];
    if (gone.length && !asked.add?.length) this.#rows.drop(gone);
    else void this.#rows.reload();
  }

  render(): unknown {
    const group = this.#shown;
    if (!group) return html`<div class="body">${this.#renderMissing()}</div>`;
    return html`
      <div class="body">
        ${this.#renderFacts(group)} ${this.#renderAdd(group)} ${this.#renderFailure()}
        ${this.#renderUnknown()}
        <section class="member-list" aria-labelledby="members-title">
          <h3 id="members-title" class=${group.rule ? 'visually-hidden' : ''}>
            ${this.#membersTitle(group)}
          </h3>
          ${group.rule ? this.#renderKinds(group) : nothing} ${this.#rows.render()}
        </section>
      </div>
    `;
  }

  #renderMissing(): TemplateResult {
    const { text, shared } = this.#host.context();
    if (this.#task.status !== TaskStatus.ERROR) {
      return html`<span class="visually-hidden" role="status">${text('loading')}</span>
        ${['medium', 'long', 'long', 'medium'].map((size) => skeletonLine(size as 'long'))}`;
    }
    const { error } = this.#task;
    const isGone = isAdapterError(error, 'not_found');
    return stateBlock({
      icon: isGone ? icons.people : icons.warning,
      alert: true,
      title: text(isGone ? 'goneTitle' : 'groupFailed'),
      text: isGone ? text('gone') : this.#host.errorText(error),
      actions: isGone
        ? undefined
        : html`<button class="button" type="button" data-action="retry" @click=${() => void this.#task.run()}>
            ${shared.retry}
          </button>`,
    });
  }

  #membersTitle(group: GroupDetail): string {
    const { text } = this.#host.context();
    const count = this.#countOf(group);
    return count === undefined ? text('members') : text('memberCount', { count });
  }

  #countOf(group: GroupDetail): number | undefined {
    return group.rule ? this.#count.of(group.id) : (group.member_count ?? undefined);
  }

  #renderFacts(group: GroupDetail): TemplateResult {
    const { text, locale, timeZone, mayEdit, table } = this.#host.context();
    const { asOf } = this.#count;
    const button = (action: string, icon: TemplateResult, label: string, run: () => void) =>
      html`<button class="button" type="button" data-action=${action} @click=${run}>
        ${icon} ${label}
      </button>`;
    return html`
      <div class="facts">
        ${group.description ? html`<p class="about"><bdi>${group.description}</bdi></p>` : nothing}
        <p class="quiet facts-line">
          ${group.discount_percentage === null ? nothing : html`<span>${text('discountShort', { percentage: formatPercentage(locale, group.discount_percentage) })}</span>`}
          ${
            group.rule && asOf
              ? html`<span
                  >${this.#membersTitle(group)} ·
                  ${text('asOf', { time: formatClock(locale, asOf, timeZone) })}</span
                >`
              : nothing
          }
        </p>
        ${
          group.rule
            ? html`<p class="rule-words">
                <span class="by-rule">${icons.filter} ${text('byRule')}</span>
                ${ruleInWords(table, group.rule)}
              </p>`
            : nothing
        }
        <div class="actions">
          ${button('show', icons.filter, text('showInList'), () => this.#options.show(group))}
          ${
            mayEdit
              ? html`${button('edit', icons.pencil, text('edit'), () => this.#options.edit(group))}
                ${button('delete', icons.bin, text('delete'), () => this.#options.remove(group))}`
              : nothing
          }
        </div>
      </div>
    `;
  }

  #renderAdd(group: GroupDetail): TemplateResult | typeof nothing {
    const { text, mayEdit, fields } = this.#host.context();
    if (!mayEdit) return nothing;
    return html`
      <div class="add">
        <label class="form-label" for="add-member">${text('addMembers')}</label>
        ${this.#typeAhead.render({
          id: 'add-member',
          label: text('addMembers'),
          help: text(group.rule ? 'addHelpRule' : 'addHelp'),
          value: '',
          placeholder: text('addPlaceholder'),
          context: fields,
          paste: (event) => this.#paste(event),
        })}
        <p class="form-help" id="add-member-help">${text(group.rule ? 'addHelpRule' : 'addHelp')}</p>
      </div>
    `;
  }

  #renderFailure(): TemplateResult | typeof nothing {
    const { writes } = this.#host;
    const error = writes.errorOf(aboutMembers);
    if (error === undefined) return nothing;
    const { text, shared } = this.#host.context();
    return html`<div class="form-alert failed" role="alert">
      ${icons.warning}
      <div>
        <p class="form-alert-title">${text('changeFailed', { reason: this.#host.errorText(error) })}</p>
        <div class="form-alert-actions">
          <button
            class="button"
            type="button"
            data-action="retry-change"
            @click=${() => {
              this.#host.goTo('.rows');
              void writes.retry(aboutMembers);
            }}
          >
            ${shared.retry}
          </button>
        </div>
      </div>
    </div>`;
  }

  #renderUnknown(): TemplateResult | typeof nothing {
    if (!this.#unknown.length) return nothing;
    const { text } = this.#host.context();
    return html`<div class="form-alert unknown" role="alert">
      ${icons.warning}
      <div>
        <p class="form-alert-title">${text('unknownEmails', { count: this.#unknown.length })}</p>
        <ul>
          ${this.#unknown.map((email) => html`<li><bdi>${email}</bdi></li>`)}
        </ul>
        <div class="form-alert-actions">
          <button
            class="button"
            type="button"
            data-action="forget-unknown"
            @click=${() => {
              this.#unknown = [];
              this.#host.element.requestUpdate();
              this.#typeAhead.focus();
            }}
          >
            ${text('understood')}
          </button>
        </div>
      </div>
    </div>`;
  }

  #renderKinds(group: GroupDetail): TemplateResult {
    const { text } = this.#host.context();
    const labels: Record<MemberKind, [GroupsTextKey, number | undefined]> = {
      members: ['members', this.#countOf(group)],
      put_in: ['putIn', group.put_in],
      kept_out: ['keptOutList', group.kept_out],
    };
    return html`<div class="kinds" role="group" aria-label=${text('members')}>
      ${kinds.map((kind) => {
        const [label, count] = labels[kind];
        return html`<button
          class="button ${kind === this.#rows.kind ? '' : 'quiet'}"
          type="button"
          data-kind=${kind}
          aria-pressed=${kind === this.#rows.kind ? 'true' : 'false'}
          @click=${() => this.#rows.begin(kind)}
        >
          ${count === undefined ? text(label) : text('labelCount', { label: text(label), number: count })}
        </button>`;
      })}
    </div>`;
  }

  /** What stands in the dialog's head. */
  renderTitle(): TemplateResult {
    const { text } = this.#host.context();
    const group = this.#shown;
    if (!group) return html`${text('group')}`;
    return html`${colorDot(group.color)} <bdi>${group.name}</bdi>`;
  }
}
