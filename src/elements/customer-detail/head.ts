import { html, nothing, type TemplateResult } from 'lit';
import type { Customer } from '../../model/customer.ts';
import { displayName } from '../../model/names.ts';
import { avatar } from '../../parts/avatar.ts';
import { statusBadge } from '../../parts/badges.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import type { DetailContext } from './context.ts';
import type { EditableName } from './editable-fields.ts';

export interface HeadView {
  context: DetailContext;
  /** Absent while it is not known yet. */
  customer: Customer | undefined;
  /** What stands in the name's place: that the customer is loading, or is gone. */
  title: string;
  statusLabel: (customer: Customer) => string;
  closeLabel: string;
  canClose: boolean;
  /** Where one can go from here; neither where there is no list. */
  way: { previous: boolean; next: boolean };
  /** The keys that do the same are named in the tooltips. */
  hasShortcuts: boolean;
  close: () => void;
  walk: (by: 'previous' | 'next') => void;
  email: (customer: Customer) => void;
  /** What stands there, to be edited in place by who may. */
  editable: (name: EditableName, shown: unknown) => unknown;
  /** The fields stand in its place. */
  isEditingName: boolean;
  /** "More actions". */
  menu: unknown;
}

export function head(view: HeadView): TemplateResult {
  const { context, customer, canClose, closeLabel } = view;
  const { text } = context;
  return html`
    <header class="head" part="header">
      ${
        canClose
          ? html`<button
              class="button quiet icon back"
              type="button"
              aria-label=${text('back')}
              @click=${view.close}
            >
              ${icons.previous}
            </button>`
          : nothing
      }
      <div class="who">
        ${
          customer
            ? avatar(customer)
            : view.title
              ? nothing
              : html`<span class="skeleton round" aria-hidden="true"></span>`
        }
        <div class="who-text">
          <div class="name-line">
            <h2
              id="title"
              part="name"
              tabindex="-1"
              title=${customer ? displayName(customer) : nothing}
              ?hidden=${view.isEditingName}
            >
              ${
                customer
                  ? html`<bdi>${displayName(customer)}</bdi>`
                  : view.title ||
                    html`${skeletonLine('medium')}<span class="visually-hidden">${text('loading')}</span>`
              }
            </h2>
            ${view.editable('name', nothing)}
          </div>
          ${customer ? badges(view, customer) : nothing}
        </div>
      </div>
      <div class="head-actions">
        ${customer ? emailButton(view, customer) : nothing} ${view.menu} ${walkButtons(view)}
        ${
          canClose
            ? html`<button
                class="button quiet icon close"
                type="button"
                aria-label=${closeLabel}
                title=${closeLabel}
                @click=${view.close}
              >
                ${icons.cross}
              </button>`
            : nothing
        }
      </div>
    </header>
  `;
}

function badges(view: HeadView, customer: Customer): TemplateResult {
  const {
    context: { text },
    statusLabel,
  } = view;
  return html`
    <div class="badges">
      <span title=${customer.is_guest ? text('guestMeans') : nothing}
        >${view.editable('status', statusBadge(customer.status, statusLabel(customer)))}</span
      >
      ${customer.accepts_marketing ? html`<span class="pill">${text('acceptsMarketing')}</span>` : nothing}
    </div>
  `;
}

function emailButton({ context: { text }, email }: HeadView, customer: Customer): TemplateResult {
  return html`<button
    class="button email"
    type="button"
    aria-label=${text('sendEmail')}
    title=${text('sendEmail')}
    @click=${() => email(customer)}
  >
    ${icons.mail}<span class="button-text">${text('sendEmail')}</span>
  </button>`;
}

function walkButtons({ context, way, hasShortcuts, walk }: HeadView): TemplateResult | typeof nothing {
  if (!way.previous && !way.next) return nothing;
  const { text } = context;
  const button = (by: 'previous' | 'next', key: string) =>
    html`<button
      class="button quiet icon"
      type="button"
      data-walk=${by}
      aria-label=${text(by)}
      title=${hasShortcuts ? `${text(by)} (${key})` : text(by)}
      aria-keyshortcuts=${hasShortcuts ? key : nothing}
      aria-disabled=${way[by] ? 'false' : 'true'}
      @click=${() => walk(by)}
    >
      ${by === 'previous' ? icons.ascending : icons.descending}
    </button>`;
  return html`${button('previous', 'k')}${button('next', 'j')}`;
}
