import { FlowLayout } from '@lit-labs/virtualizer/layouts/flow.js';

/**
 * Rows below each other. What was measured is taken note of in the next frame: at once, rows would be added while
 * rows are being measured, which browsers report as an error of the page, at every turn of the wheel.
 * https://github.com/PolymerLabs/uni-virtualizer/issues/112
 */
export class RowsLayout extends FlowLayout {
  /** Until one is measured they are taken for as low as they can be, so that there are enough of them at once. */
  override _itemSize = { width: 100, height: 37 };

  override updateItemSizes(sizes: Parameters<FlowLayout['updateItemSizes']>[0]): void {
    requestAnimationFrame(() => {
      super.updateItemSizes(sizes);
      this.reflowIfNeeded(true);
    });
  }
}
