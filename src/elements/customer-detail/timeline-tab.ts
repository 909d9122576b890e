import type { TemplateResult } from 'lit';
import { timelineKinds } from '../../model/timeline.ts';
import type { DetailHost, DetailTab } from './detail-host.ts';
import { openOrder, type OrdersTabOptions } from './orders-tab.ts';
import { footOf } from './rows-foot.ts';
import { TimelineController } from './timeline-controller.ts';
import { timeline } from './timeline.ts';

/** Everything that happened, newest first. */
export class TimelineTab implements DetailTab {
  readonly #host: DetailHost;
  readonly #options: OrdersTabOptions;
  readonly #controller: TimelineController;

  constructor(host: DetailHost, options: OrdersTabOptions) {
    this.#host = host;
    this.#options = options;
    this.#controller = new TimelineController(host);
  }

  isOffered = (): boolean => this.#host.source()?.capabilities.timeline === true;

  render(): TemplateResult {
    const { pages, error, isLoaded, loading, kinds } = this.#controller;
    this.#controller.show();
    const capabilities = this.#host.source()?.capabilities;
    return timeline({
      ...footOf(this.#host, pages),
      entries: pages.rows,
      isLoaded,
      isOld: loading && isLoaded,
      offered: timelineKinds.filter((kind) => kind !== 'groups' || capabilities?.groups),
      kinds,
      error: error === undefined || loading ? undefined : this.#host.errorText(error),
      toggle: (kind) => this.#controller.toggle(kind),
      showEverything: () => {
        this.#controller.showEverything();
        this.#focusKinds();
      },
      retry: () => {
        this.#controller.retry();
        this.#focusKinds();
      },
      href: this.#options.orderHref,
      open: openOrder(this.#host, this.#options),
    });
  }

  /** The button that was pressed goes. */
  #focusKinds(): void {
    this.#host.element.shadowRoot?.querySelector<HTMLElement>('.kind')?.focus();
  }
}
