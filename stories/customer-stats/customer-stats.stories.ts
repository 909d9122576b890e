import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import type { CustomerFiltersInput } from '../../src/model/filters.ts';
import { brokenShop, emptyShop, fullShop, silentShop } from '../shops.ts';

interface Args {
  adapter: CustomerAdapter;
  filters: CustomerFiltersInput;
}

const meta: Meta<Args> = {
  title: 'customer-stats',
  component: 'customer-stats',
  args: { adapter: fullShop(), filters: {} },
  render: ({ adapter, filters }) =>
    html`<customer-stats .adapter=${adapter} .filters=${filters}></customer-stats>`,
};
export default meta;
type Story = StoryObj<Args>;

export const Full: Story = {};

export const GuestsChosen: Story = { args: { filters: { status: 'guest' } } };

export const SeveralCurrencies: Story = {
  args: {
    adapter: {
      ...fullShop(),
      getStats: async () => ({
        ...(await fullShop().getStats()),
        otherRevenue: [
          { currency: 'EUR', total: 1_284_350 },
          { currency: 'JPY', total: 86_200 },
        ],
      }),
    },
  },
};

export const Loading: Story = { args: { adapter: silentShop() } };

export const Empty: Story = { args: { adapter: emptyShop() } };

export const Failed: Story = { args: { adapter: brokenShop() } };

export const OnAPhone: Story = { globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { globals: { theme: 'dark' } };

export const RightToLeft: Story = { globals: { locale: 'ar' } };
