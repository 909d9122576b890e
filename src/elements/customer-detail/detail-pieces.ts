import { CustomerEditing } from './customer-editing.ts';
import { FieldEditor } from './field-editor.ts';
import type { DetailHost, DetailTab } from './detail-host.ts';
import { Privacy } from './erase/privacy.ts';
import type { PrivacyHost } from './erase/privacy-text.ts';
import { InfoTab } from './info-tab.ts';
import { Merging } from './merge/merging.ts';
import { NotesTab } from './notes-tab.ts';
import { OrdersTab, type OrdersTabOptions } from './orders-tab.ts';
import { Promotion } from './promotion.ts';
import { Removal } from './removal.ts';
import type { TabName } from './tabs.ts';
import { TimelineTab } from './timeline-tab.ts';

/** Everything in the detail that has a state of its own: each is given the host, and draws itself. */
export class DetailPieces {
  readonly tabs: Readonly<Record<TabName, DetailTab>>;
  readonly promotion: Promotion;
  readonly removal: Removal;
  readonly privacy: Privacy;
  readonly editing: CustomerEditing;
  readonly fields: FieldEditor;
  readonly merging: Merging;

  constructor(host: DetailHost, options: OrdersTabOptions, privacy: PrivacyHost) {
    this.fields = new FieldEditor(host);
    this.tabs = {
      info: new InfoTab(host, this.fields),
      orders: new OrdersTab(host, options),
      notes: new NotesTab(host),
      timeline: new TimelineTab(host, options),
    };
    this.merging = new Merging(host);
    this.promotion = new Promotion(host);
    this.removal = new Removal(host, {
      isShown: (id) => id === host.customerId(),
      refresh: () => void host.reload(),
      returnTo: () => host.element.shadowRoot?.querySelector<HTMLElement>('#title'),
    });
    this.privacy = new Privacy(host, privacy);
    this.editing = new CustomerEditing(host);
  }

  /** Dialogs of the pieces, which stand over the whole detail. */
  renderDialogs(): unknown[] {
    return [...this.privacy.render(), this.editing.render(), this.merging.renderDialog()];
  }
}
