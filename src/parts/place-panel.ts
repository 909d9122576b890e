const margin = 8;
const gap = 4;

export interface PanelPlace {
  /** Which edges are in line. */
  align?: 'start' | 'end' | undefined;
  /** As wide as what it belongs to. */
  isAsWide?: boolean;
  /** In pixels, however much room there is. */
  tallest?: number;
}

/** Puts a panel of the top layer under what it belongs to, or above where there is more room, inside the window. */
export function placePanel(
  panel: HTMLElement,
  anchor: DOMRect,
  { align, isAsWide, tallest = Infinity }: PanelPlace = {},
): void {
  const viewportWidth = document.documentElement.clientWidth;
  const viewportHeight = window.innerHeight;
  panel.style.maxHeight = '';
  if (isAsWide) panel.style.width = `${anchor.width}px`;
  const { width, height: whole } = panel.getBoundingClientRect();
  const height = Math.min(whole, tallest);
  const below = viewportHeight - anchor.bottom - gap - margin;
  const above = anchor.top - gap - margin;
  const up = height > below && above > below;
  const room = Math.max(up ? above : below, 120);
  const shownHeight = Math.min(height, room);
  const rightToLeft = getComputedStyle(panel).direction === 'rtl';
  const alignRight = (align === 'end') !== rightToLeft;
  const left = alignRight ? anchor.right - width : anchor.left;
  const top = up ? anchor.top - gap - shownHeight : anchor.bottom + gap;
  panel.style.maxHeight = `${Math.min(room, tallest)}px`;
  panel.style.left = `${Math.max(margin, Math.min(left, viewportWidth - width - margin))}px`;
  panel.style.top = `${Math.max(margin, Math.min(top, viewportHeight - shownHeight - margin))}px`;
}
