import { html, type TemplateResult } from 'lit';
import { maximumWidth, type ColumnLayout } from './column-widths.ts';
import { columns, type ColumnName } from './columns.ts';
import type { ColumnsController } from './columns-controller.ts';
import type { TableContext } from './context.ts';

const keyStep = 8;

export interface ResizeView {
  context: TableContext;
  columns: ColumnsController;
  layout: ColumnLayout;
}

/**
 * The end edge of a column's heading: drawn with the pointer, moved by arrow keys, Home for the narrowest, Enter or a
 * double click for the usual width. After the window splitter of the ARIA Authoring Practices,
 * https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/
 */
export function resizeHandle(
  name: ColumnName,
  { context, columns: controller, layout }: ResizeView,
): TemplateResult {
  return html`
    <span
      class="resize"
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label=${context.text('columnWidth', { column: context.text(columns[name].label) })}
      aria-valuenow=${Math.round(layout.widthOf(name))}
      aria-valuemin=${columns[name].minimum}
      aria-valuemax=${maximumWidth}
      @pointerdown=${(event: PointerEvent) => drag(event, name, controller)}
      @keydown=${(event: KeyboardEvent) => onKeydown(event, name, controller)}
      @dblclick=${() => controller.resetWidth(name)}
    ></span>
  `;
}

function drag(event: PointerEvent, name: ColumnName, controller: ColumnsController): void {
  if (event.button !== 0 || !event.isPrimary) return;
  const handle = event.currentTarget as HTMLElement;
  const { width, nameWidth, towardsEnd } = measure(handle);
  const ended = new AbortController();
  let takeBack: (() => void) | undefined;
  const cancel = () => {
    ended.abort();
    takeBack?.();
  };
  const listen = <Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ) => handle.addEventListener(type, listener, { signal: ended.signal });

  handle.setPointerCapture(event.pointerId);
  listen('pointermove', ({ clientX }) => {
    if (!takeBack && clientX === event.clientX) return;
    takeBack ??= controller.holdName(nameWidth);
    controller.resize(name, width + (clientX - event.clientX) * towardsEnd);
  });
  listen('pointerup', () => {
    ended.abort();
    if (takeBack) controller.remember();
  });
  listen('pointercancel', cancel);
  listen('keydown', (press) => {
    if (press.key !== 'Escape') return;
    // Not also for what the host closes by it.
    press.stopPropagation();
    cancel();
  });
}

function onKeydown(event: KeyboardEvent, name: ColumnName, controller: ColumnsController): void {
  const { width, nameWidth, towardsEnd } = measure(event.currentTarget as HTMLElement);
  const sizes: Record<string, number> = {
    ArrowRight: width + keyStep * towardsEnd,
    ArrowLeft: width - keyStep * towardsEnd,
    Home: columns[name].minimum,
  };
  const size = sizes[event.key];
  if (size === undefined && event.key !== 'Enter') return;
  // The list beneath would scroll.
  event.preventDefault();
  if (size === undefined) return controller.resetWidth(name);
  controller.holdName(nameWidth);
  controller.resize(name, size);
  controller.remember();
}

/** As drawn, in CSS pixels: the name's column has whatever room there is. */
function measure(handle: HTMLElement): { width: number; nameWidth: number; towardsEnd: 1 | -1 } {
  const widthOf = (element: Element | null | undefined) => element?.getBoundingClientRect().width ?? 0;
  return {
    width: widthOf(handle.parentElement),
    nameWidth: widthOf(handle.closest('tr')?.querySelector('.column-name')),
    towardsEnd: getComputedStyle(handle).direction === 'rtl' ? -1 : 1,
  };
}
