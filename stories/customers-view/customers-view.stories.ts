import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { brokenShop, emptyShop, fullShop, silentShop } from '../shops.ts';

interface Args {
  adapter: CustomerAdapter;
  heading?: string;
  noStats: boolean;
}

const meta: Meta<Args> = {
  title: 'customers-view',
  component: 'customers-view',
  args: { adapter: fullShop(), noStats: false },
  render: ({ adapter, heading, noStats }) =>
    html`<customers-view
      .adapter=${adapter}
      heading=${ifDefined(heading)}
      ?no-stats=${noStats}
    ></customers-view>`,
};
export default meta;
type Story = StoryObj<Args>;

export const Full: Story = {};

export const WithoutStatistics: Story = { args: { noStats: true, heading: 'People who buy from us' } };

export const ForAViewer: Story = { args: { adapter: fullShop('viewer') } };

export const Loading: Story = { args: { adapter: silentShop() } };

export const Empty: Story = { args: { adapter: emptyShop() } };

export const Failed: Story = { args: { adapter: brokenShop() } };

export const NoAccess: Story = { args: { adapter: brokenShop('forbidden') } };

export const OnAPhone: Story = { globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { globals: { theme: 'dark' } };

export const RightToLeft: Story = { globals: { locale: 'ar' } };

export const Restyled: Story = {
  render: ({ adapter }) => html`
    <style>
      .restyled {
        --customers-accent: light-dark(#0f766e, #5eead4);
        --customers-radius: 2px;
        --customers-font-size: 13px;
        --customers-row-height: 40px;
      }
    </style>
    <customers-view class="restyled" .adapter=${adapter}></customers-view>
  `,
};
