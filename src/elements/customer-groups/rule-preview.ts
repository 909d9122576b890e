import { initialState, Task, TaskStatus } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { GroupRule, RulePreview } from '../../model/groups.ts';
import { displayName } from '../../model/names.ts';
import { formatClock } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import type { GroupsHost, GroupsTextKey } from './context.ts';

/** A rule that is not the saved one, of a group that may not be there yet. */
export interface AskedRule {
  groupId: string | undefined;
  rule: GroupRule | null;
}

/** Who enters and who leaves a group, were it saved with the rule as it stands there now. */
export class PreviewOfRule {
  readonly #host: GroupsHost;
  readonly #task: Task<readonly [CustomerAdapter | undefined, string | undefined], RulePreview>;

  constructor(host: GroupsHost, asked: () => AskedRule | undefined) {
    this.#host = host;
    this.#task = new Task(host.element, {
      args: () => {
        const rule = asked();
        return [host.source(), rule && JSON.stringify(rule)] as const;
      },
      task: async ([adapter, rule], { signal }) => {
        if (!adapter || rule === undefined) return initialState;
        const { groupId, ...request } = JSON.parse(rule) as AskedRule;
        return adapter.previewGroupRule(groupId ? { groupId, ...request } : request, { signal });
      },
    });
  }

  /** Nobody has seen yet what saving would do. */
  get isPending(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  render(): TemplateResult | typeof nothing {
    const { status } = this.#task;
    if (status === TaskStatus.INITIAL) return nothing;
    const { text } = this.#host.context();
    return html`
      <section class="preview" aria-labelledby="preview-title" aria-busy=${this.isPending ? 'true' : 'false'}>
        <h3 id="preview-title">${text('previewTitle')}</h3>
        ${
          status === TaskStatus.COMPLETE && this.#task.value
            ? this.#renderAnswer(this.#task.value)
            : status === TaskStatus.ERROR
              ? this.#renderFailure(this.#task.error)
              : // Never what an earlier rule would have done.
                html`<p class="quiet" role="status">${text('previewing')}</p>
                  ${skeletonLine('long')}`
        }
      </section>
    `;
  }

  #renderAnswer({ enters, leaves, stays, asOf }: RulePreview): TemplateResult {
    const { text, locale, timeZone } = this.#host.context();
    return html`
      <p class="preview-numbers" role="status">
        ${text('enterCount', { count: enters.count })} ${text('leaveCount', { count: leaves.count })}
        ${text('stayCount', { count: stays })}
        <span class="quiet">${text('asOf', { time: formatClock(locale, asOf, timeZone) })}</span>
      </p>
      <div class="preview-people">${this.#people('enter', enters)} ${this.#people('leave', leaves)}</div>
    `;
  }

  #people(way: 'enter' | 'leave', { count, rows }: RulePreview['enters']): TemplateResult | typeof nothing {
    if (!count) return nothing;
    const { text } = this.#host.context();
    const titles: Record<typeof way, GroupsTextKey> = { enter: 'enters', leave: 'leaves' };
    return html`
      <div class="preview-list" data-way=${way}>
        <h4>${way === 'enter' ? icons.plus : icons.cross} ${text(titles[way])}</h4>
        <ul>
          ${rows.map((person) => html`<li><bdi>${displayName(person)}</bdi></li>`)}
          ${
            count > rows.length
              ? html`<li class="quiet">${text('andMore', { count: count - rows.length })}</li>`
              : nothing
          }
        </ul>
      </div>
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    const { text, shared } = this.#host.context();
    return html`
      <p class="form-error" role="alert">
        ${icons.warning}<span>${text('previewFailed', { reason: this.#host.errorText(error) })}</span>
      </p>
      <button class="button" type="button" data-action="preview" @click=${() => void this.#task.run()}>
        ${shared.retry}
      </button>
    `;
  }
}
