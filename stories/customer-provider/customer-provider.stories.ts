import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import type { Role } from '../../src/model/access.ts';
import { fullShop } from '../shops.ts';

interface Args {
  adapter: CustomerAdapter;
  locale?: string;
  maxRole?: Role;
}

const meta: Meta<Args> = {
  title: 'customer-provider',
  component: 'customer-provider',
  args: { adapter: fullShop() },
  argTypes: { maxRole: { control: 'select', options: ['viewer', 'editor', 'admin'] } },
  render: ({ adapter, locale, maxRole }) => html`
    <customer-provider .adapter=${adapter} locale=${ifDefined(locale)} max-role=${ifDefined(maxRole)}>
      <customers-view></customers-view>
    </customer-provider>
  `,
};
export default meta;
type Story = StoryObj<Args>;

export const OneAdapterForAll: Story = {};

export const LimitedToReading: Story = { args: { maxRole: 'viewer' } };

export const InGerman: Story = { args: { locale: 'de' } };
