import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type uPlot from 'uplot';
import { toMajorUnits } from '../../model/money.ts';
import { startOf } from '../../model/days.ts';
import type { DetailContext } from './context.ts';
import type { MonthlySum } from './monthly-sums.ts';

export interface ChartData {
  months: readonly MonthlySum[];
  currency: string;
  context: DetailContext;
  /** The month under the pointer. */
  onPoint: (month: MonthlySum | undefined) => void;
}

const height = 96;

/**
 * Draws months as bars on a canvas by uPlot, which is fetched when there is something to draw. Colours come from CSS
 * when it draws, so theme and forced colours are followed; a table says the same to those who can't see it.
 */
export class SpendingChart implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #element: HTMLElement | undefined;
  #data: ChartData | undefined;
  #plot: uPlot | undefined;
  #drawn = '';
  readonly #resized = new ResizeObserver(() => requestAnimationFrame(() => this.#fit()));

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** For `ref()` on the element to draw in. */
  readonly attach = (element: Element | undefined): void => {
    if (element === this.#element) return;
    this.#clear();
    this.#element = element as HTMLElement | undefined;
    if (this.#element) this.#resized.observe(this.#element);
  };

  show(data: ChartData): void {
    this.#data = data;
  }

  hostUpdated(): void {
    if (this.#element && this.#data) void this.#draw(this.#element, this.#data);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#clear();
  }

  /** For a change of theme: the colours are those that CSS has by now. */
  readonly repaint = (): void => this.#plot?.redraw(false);

  async #draw(element: HTMLElement, data: ChartData): Promise<void> {
    const { months, currency, context } = data;
    const drawing = JSON.stringify([months, currency, context.locale, context.direction]);
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    const { default: UPlot } = await import('uplot');
    if (drawing !== this.#drawn || element !== this.#element || !element.isConnected) return;
    this.#plot?.destroy();
    const points: uPlot.AlignedData = [
      months.map((_, index) => index),
      months.map(({ total }) => toMajorUnits(total, currency)),
    ];
    this.#plot = new UPlot(this.#options(UPlot, element, data), points, element);
  }

  #options(UPlot: typeof uPlot, element: HTMLElement, data: ChartData): uPlot.Options {
    const { months, currency, context } = data;
    const style = getComputedStyle(element);
    const colors = () => ({ bar: style.color, text: style.caretColor, line: style.textDecorationColor });
    const font = `11px ${style.fontFamily}`;
    const rightToLeft = context.direction === 'rtl';
    const money = new Intl.NumberFormat(context.locale, {
      ...(isCurrency(currency) ? { style: 'currency', currency } : {}),
      notation: 'compact',
      maximumFractionDigits: 1,
      minimumFractionDigits: 0,
    });
    const monthName = new Intl.DateTimeFormat(context.locale, {
      month: 'short',
      year: '2-digit',
      timeZone: 'UTC',
    });
    const step = Math.ceil(months.length / 4);
    return {
      width: element.clientWidth,
      height,
      padding: [8, rightToLeft ? 0 : 8, 0, rightToLeft ? 8 : 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: {
        x: { time: false, dir: rightToLeft ? -1 : 1, range: [-0.5, months.length - 0.5] },
        y: { range: (_, __, most) => [0, most || 1] },
      },
      axes: [
        {
          font,
          size: 20,
          gap: 6,
          stroke: () => colors().text,
          grid: { show: false },
          ticks: { show: false },
          splits: () => months.flatMap((_, index) => (index % step === 0 ? index : [])),
          values: (_, splits) =>
            splits.map((index) => monthName.format(startOf(`${months[index]?.month ?? '1970-01'}-01`))),
        },
        {
          font,
          side: rightToLeft ? 1 : 3,
          size: 48,
          gap: 6,
          space: 32,
          stroke: () => colors().text,
          grid: { stroke: () => colors().line, width: 1 },
          ticks: { show: false },
          values: (_, splits) => splits.map((value) => money.format(value)),
        },
      ],
      series: [
        {},
        {
          fill: () => colors().bar,
          stroke: () => colors().bar,
          width: 0,
          points: { show: false },
          ...barsOf(UPlot),
        },
      ],
      hooks: {
        setCursor: [({ cursor }) => data.onPoint(cursor.idx == null ? undefined : months[cursor.idx])],
      },
    };
  }

  #fit(): void {
    const width = this.#element?.clientWidth;
    if (this.#plot && width && width !== this.#plot.width) this.#plot.setSize({ width, height });
  }

  #clear(): void {
    this.#resized.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#drawn = '';
  }
}

function barsOf(UPlot: typeof uPlot): Pick<uPlot.Series, 'paths'> {
  const paths = UPlot.paths.bars?.({ size: [0.7, 20], radius: 0.15 });
  return paths ? { paths } : {};
}

const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code);
