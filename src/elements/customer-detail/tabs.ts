import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../parts/format.ts';
import type { DetailContext } from './context.ts';

export const tabNames = ['info', 'orders', 'notes', 'timeline'] as const;
export type TabName = (typeof tabNames)[number];

export interface TabsView {
  context: DetailContext;
  /** Those that are offered. */
  names: readonly TabName[];
  current: TabName;
  counts: Readonly<Partial<Record<TabName, number | undefined>>>;
  choose: (name: TabName) => void;
  /** Draws what the current tab holds. */
  content: (name: TabName) => unknown;
}

/** Tabs as the ARIA practices have them: one stop for the Tab key, arrows choose. */
export function tabs({ context, names, current: wanted, counts, choose, content }: TabsView): TemplateResult {
  const current = names.includes(wanted) ? wanted : 'info';
  const { text, locale } = context;
  const tab = (name: TabName) => {
    const count = counts[name];
    return html`
      <button
        class="tab"
        part="tab"
        type="button"
        role="tab"
        id="tab-${name}"
        aria-controls="panel-${name}"
        aria-selected=${name === current ? 'true' : 'false'}
        tabindex=${name === current ? '0' : '-1'}
        @click=${() => choose(name)}
      >
        ${text(name)}${count === undefined ? nothing : html` <span class="tab-count">${formatNumber(locale, count)}</span>`}
      </button>
    `;
  };
  return html`
    <div
      class="tabs"
      role="tablist"
      aria-label=${text('tabs')}
      @keydown=${(event: KeyboardEvent) => moveBetween(event, names, current, context.direction, choose)}
    >
      ${names.map(tab)}
    </div>
    ${names.map(
      (name) => html`
        <div
          class="tab-panel"
          role="tabpanel"
          id="panel-${name}"
          aria-labelledby="tab-${name}"
          tabindex="0"
          ?hidden=${name !== current}
        >
          ${name === current ? content(name) : nothing}
        </div>
      `,
    )}
  `;
}

function moveBetween(
  event: KeyboardEvent,
  names: readonly TabName[],
  current: TabName,
  direction: 'ltr' | 'rtl',
  choose: (name: TabName) => void,
): void {
  const forward = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const back = direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
  const at = names.indexOf(current);
  const steps: Record<string, number> = {
    [forward]: (at + 1) % names.length,
    [back]: at - 1,
    Home: 0,
    End: -1,
  };
  const name = steps[event.key] === undefined ? undefined : names.at(steps[event.key] ?? 0);
  if (!name) return;
  event.preventDefault();
  choose(name);
  (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#tab-${name}`)?.focus();
}
