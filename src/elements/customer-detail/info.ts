import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerDetail, CustomerRecord, Origin } from '../../model/detail.ts';
import { formatDate, formatInstant, isolated } from '../../parts/format.ts';
import { shownPhone } from '../../parts/fields/phone-field.ts';
import { icons } from '../../parts/icons.ts';
import { mailtoUrl } from '../../parts/email.ts';
import type { DetailContext } from './context.ts';
import type { EditableName } from './editable-fields.ts';

export interface InfoView {
  context: DetailContext;
  detail: CustomerDetail;
  /** Draws again, once what writes numbers is here. */
  redraw: () => void;
  /** What stands there, to be edited in place by who may. */
  editable: (name: EditableName, shown: unknown) => unknown;
  /** Announces a letter to this customer; prevents the link where the host takes care of it. */
  email: (event: MouseEvent) => void;
  /** Their sections. */
  addresses: TemplateResult;
  groups: TemplateResult;
  tags: TemplateResult;
}

/** Contact, addresses, groups, tags, and whatever else the shop keeps. */
export function info(view: InfoView): TemplateResult {
  const { context, detail, editable } = view;
  const { text } = context;
  const { customer } = detail;
  const metadata = Object.entries(customer.metadata);
  return html`
    <section aria-labelledby="contact-title">
      <h3 id="contact-title">${text('contact')}</h3>
      <dl class="facts">
        ${fact(text('email'), editable('email', emailLink(view, customer)))}
        ${fact(text('phone'), editable('phone', customer.phone ? phoneLink(customer.phone, view.redraw) : none(context)))}
        ${fact(text('marketing'), editable('accepts_marketing', consent(context, detail)))}
        ${fact(text('account'), text(customer.has_account ? 'hasAccount' : 'noAccount'))}
        ${fact(text('picture'), editable('avatar_url', customer.avatar_url ? webLink(customer.avatar_url) : none(context)))}
        ${fact(text('customerSince'), withOrigin(context, customer.created_at, detail.origin))}
        ${fact(text('lastSeen'), customer.last_seen_at ? moment(context, customer.last_seen_at) : none(context))}
      </dl>
    </section>
    ${view.addresses} ${view.groups} ${view.tags}
    ${
      metadata.length
        ? html`<section aria-labelledby="metadata-title">
            <h3 id="metadata-title">${text('metadata')}</h3>
            <dl class="facts">
              ${metadata.map(([name, value]) => fact(html`<bdi>${name}</bdi>`, editable(`metadata.${name}`, html`<bdi class="written">${asText(value)}</bdi>`)))}
            </dl>
          </section>`
        : nothing
    }
  `;
}

const fact = (name: unknown, value: unknown): TemplateResult => html`
  <div class="fact">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>
`;

function emailLink({ context: { text }, email }: InfoView, customer: CustomerRecord): TemplateResult {
  const address = html`<bdi>${customer.email}</bdi>`;
  const href = mailtoUrl([customer.email]);
  return html`
    ${href ? html`<a href=${href} @click=${email}>${address}</a>` : address}
    ${
      customer.email_verified
        ? html`<span class="verified">${icons.check}${text('verified')}</span>`
        : html`<span class="unverified">${text('notVerified')}</span>`
    }
  `;
}

function phoneLink(phone: string, redraw: () => void): TemplateResult {
  const dialled = phone.replace(/[^\d+*#]/g, '');
  const number = html`<bdi dir="ltr">${shownPhone(phone, redraw)}</bdi>`;
  return dialled ? html`<a href="tel:${dialled}">${number}</a>` : number;
}

/** No other address is kept, and none other becomes a link. */
function webLink(url: string): TemplateResult {
  const shown = html`<bdi dir="ltr">${url}</bdi>`;
  if (!/^https?:\/\//.test(url)) return shown;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${shown}</a>`;
}

function consent(context: DetailContext, { customer, consent: given }: CustomerDetail): TemplateResult {
  const answer = context.text(customer.accepts_marketing ? 'marketingYes' : 'marketingNo');
  if (!given) return html`${answer}`;
  return html`${answer}, ${withOrigin(context, given.since, given.origin)}`;
}

function withOrigin(context: DetailContext, since: string, origin: Origin | null): TemplateResult {
  const { text } = context;
  const how = !origin
    ? ''
    : origin.fileName !== null
      ? text('byImport', { file: isolated(origin.fileName), by: isolated(origin.by) })
      : text('byPerson', { by: isolated(origin.by) });
  return html`${moment(context, since)}${how ? html` <span class="origin">${how}</span>` : nothing}`;
}

function moment({ locale, timeZone }: DetailContext, iso: string): TemplateResult {
  return html`<time datetime=${iso} title=${formatInstant(locale, iso, timeZone)}
    >${formatDate(locale, iso, timeZone)}</time
  >`;
}

/** Quiet, but said aloud. */
export function none({ text }: DetailContext): TemplateResult {
  return html`<span class="none" aria-hidden="true">–</span
    ><span class="visually-hidden">${text('none')}</span>`;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
