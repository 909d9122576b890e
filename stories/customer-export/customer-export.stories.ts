import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { AdapterError } from '../../src/adapter/errors.ts';
import type { CustomerFilters } from '../../src/model/filters.ts';
import type { CustomerChoice } from '../../src/model/operations.ts';
import { brokenShop, fullShop, silentShop } from '../shops.ts';

interface Args {
  adapter: CustomerAdapter;
  customers?: CustomerChoice | undefined;
  filters?: CustomerFilters | undefined;
  presentation: 'dialog' | 'inline';
}

const meta: Meta<Args> = {
  title: 'customer-export',
  component: 'customer-export',
  args: { adapter: fullShop(), presentation: 'inline' },
  render: ({ adapter, customers, filters, presentation }) => html`
    <customer-export
      .adapter=${adapter}
      .customers=${customers}
      .filters=${filters}
      presentation=${presentation}
      open
    ></customer-export>
  `,
};
export default meta;
type Story = StoryObj<Args>;

/** Presses what a person would, once it is there. */
async function press(canvas: HTMLElement, selector: string): Promise<void> {
  const root = canvas.querySelector('customer-export')?.shadowRoot;
  for (let tries = 0; tries < 100 && !root?.querySelector(selector); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  root?.querySelector<HTMLElement>(selector)?.click();
}

/** A shop whose export has so many customers, and answers each part as it is told to. */
function shopWith(total: number, answer: (step: number) => Promise<string>): CustomerAdapter {
  const shop = fullShop();
  return {
    ...shop,
    countCustomers: async () => ({ value: total, exact: true }),
    startOperation: async (request, options) => ({
      ...(await shop.startOperation(request, options)),
      asked: total,
      steps: { total: Math.ceil(total / 20_000), done: [] },
    }),
    exportChunk: ({ step }) => answer(step),
  };
}

const never = () => new Promise<string>(() => undefined);
/** The file itself is not what is looked at. */
const startInStorage = async (canvas: HTMLElement): Promise<void> => {
  Object.defineProperty(window, 'showSaveFilePicker', { value: undefined, configurable: true });
  await press(canvas, '.start:not([aria-disabled=true])');
};

export const Everybody: Story = {};

export const OfAFilteredList: Story = { args: { filters: { status: ['active'] } } };

export const OfASelection: Story = {
  args: {
    customers: { ids: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'] },
    filters: { status: ['active'] },
  },
};

export const AsADialog: Story = { args: { presentation: 'dialog' } };

export const AllColumns: Story = {
  play: async ({ canvasElement }) => press(canvasElement, '[data-action=all]'),
};

export const NoColumns: Story = {
  render: ({ adapter }) => html`<customer-export .adapter=${adapter} fields="email"></customer-export>`,
  play: async ({ canvasElement }) => press(canvasElement, '[data-remove=email]'),
};

export const Nobody: Story = {
  args: { customers: { filters: { search: 'nobody of this name' } } },
};

export const TooManyForAWorkbook: Story = {
  args: { adapter: shopWith(2_000_000, never) },
  play: async ({ canvasElement }) => press(canvasElement, 'input[value=xlsx]'),
};

export const Running: Story = {
  args: {
    adapter: shopWith(1_200_000, async (step) => (step < 9 ? '' : never())),
  },
  play: async ({ canvasElement }) => startInStorage(canvasElement),
};

export const Paused: Story = {
  args: {
    adapter: shopWith(1_200_000, async (step) => (step < 9 ? '' : never())),
  },
  play: async ({ canvasElement }) => {
    await startInStorage(canvasElement);
    await press(canvasElement, '[data-action=pause]');
  },
};

export const Waiting: Story = {
  args: {
    adapter: shopWith(1_200_000, async (step) => {
      if (step < 9) return '';
      throw new AdapterError('unavailable', 'The connection dropped.');
    }),
  },
  play: async ({ canvasElement }) => startInStorage(canvasElement),
};

export const StandingStill: Story = {
  args: {
    adapter: shopWith(1_200_000, async (step) => {
      if (step < 9) return '';
      throw new AdapterError('forbidden', 'Not any more.');
    }),
  },
  play: async ({ canvasElement }) => startInStorage(canvasElement),
};

/** A text that no cell of a workbook holds. */
export const LimitOfAWorkbook: Story = {
  args: { adapter: shopWith(1, async () => `${'x'.repeat(40_000)}\u001e`) },
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'input[value=xlsx]');
    await startInStorage(canvasElement);
  },
};

export const Done: Story = {
  play: async ({ canvasElement }) => startInStorage(canvasElement),
};

/** Two were removed for good since it started. */
export const SomeAreGone: Story = {
  render: () => {
    const shop = fullShop();
    const adapter: CustomerAdapter = {
      ...shop,
      finishOperation: async (request, options) => ({
        ...(await shop.finishOperation(request, options)),
        skipped: 2,
        failures: ['0193a1b2-0000-7000-8000-000000000001', '0193a1b2-0000-7000-8000-000000000002'].map(
          (id) => ({
            id,
            code: 'unknown',
            message: 'There is no such customer any more.',
            outcome: 'skipped' as const,
          }),
        ),
      }),
    };
    return html`<customer-export .adapter=${adapter}></customer-export>`;
  },
  play: async ({ canvasElement }) => startInStorage(canvasElement),
};

export const Stopped: Story = {
  args: { adapter: shopWith(100_000, () => new Promise((resolve) => setTimeout(() => resolve(''), 200))) },
  play: async ({ canvasElement }) => {
    await startInStorage(canvasElement);
    await press(canvasElement, '[data-action=pause]');
    await press(canvasElement, '[data-action=stop]');
  },
};

export const ForAViewer: Story = { args: { adapter: fullShop('viewer') } };

export const Loading: Story = { args: { adapter: silentShop() } };

export const Failed: Story = { args: { adapter: brokenShop() } };

export const OnAPhone: Story = {
  args: { presentation: 'dialog' },
  globals: { viewport: { value: 'phone' } },
};

export const Dark: Story = { globals: { theme: 'dark' } };

export const RightToLeft: Story = { globals: { locale: 'ar' } };
