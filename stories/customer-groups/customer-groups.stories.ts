import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { createMemoryAdapter, sampleCustomers } from '../../src/adapters/memory/index.ts';
import type { Role } from '../../src/model/access.ts';
import type { Presentation } from '../../src/parts/surface.ts';
import { brokenShop, emptyShop, silentShop } from '../shops.ts';

/** Groups by hand, and two that fill themselves. */
function shopWithRules(role: Role = 'admin'): CustomerAdapter {
  const { groups, ...sample } = sampleCustomers(248);
  const [pattern] = groups;
  if (!pattern) throw new Error('The sample has no groups.');
  const ruled = [
    {
      ...pattern,
      id: 'lately',
      name: 'Ordered lately',
      color: '#16954a',
      description: 'Whoever ordered within the last year',
      discount_percentage: null,
      rule: { lastOrderFrom: '-365d' },
    },
    {
      ...pattern,
      id: 'spenders',
      name: 'Big spenders',
      color: '#c2680e',
      description: null,
      discount_percentage: 12.5,
      rule: { minSpent: 100_000, status: ['active' as const] },
    },
  ];
  return createMemoryAdapter({
    ...sample,
    groups: [...groups, ...ruled],
    access: { role, time_zone: 'Europe/Berlin' },
  });
}

interface Args {
  adapter: CustomerAdapter;
  groupId?: string | undefined;
  presentation: Presentation;
}

const meta: Meta<Args> = {
  title: 'customer-groups',
  component: 'customer-groups',
  args: { adapter: shopWithRules(), presentation: 'inline' },
  render: ({ adapter, groupId, presentation }) => html`
    <customer-groups
      .adapter=${adapter}
      group-id=${ifDefined(groupId)}
      presentation=${presentation}
      open
    ></customer-groups>
  `,
};
export default meta;
type Story = StoryObj<Args>;

/** Presses what a person would, once it is there. */
async function press(canvas: HTMLElement, ...selectors: string[]): Promise<void> {
  const root = canvas.querySelector('customer-groups')?.shadowRoot;
  for (const selector of selectors) {
    for (let tries = 0; tries < 100 && !root?.querySelector(selector); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    root?.querySelector<HTMLElement>(selector)?.click();
  }
}

const byHand = sampleCustomers(248).groups[0]?.id;

export const Full: Story = {};

export const AsADialog: Story = { args: { presentation: 'dialog' } };

export const AsAPanel: Story = { args: { presentation: 'panel' } };

export const Members: Story = { args: { groupId: byHand } };

export const FilledByARule: Story = { args: { groupId: 'spenders' } };

export const NewGroup: Story = {
  play: async ({ canvasElement }) => press(canvasElement, '[data-action=create]'),
};

/** The rule is another one than what is saved: who leaves is named. */
export const PreviewOfARule: Story = {
  args: { groupId: 'spenders' },
  play: async ({ canvasElement }) => press(canvasElement, '[data-action=edit]', '.chip-remove'),
};

export const WithMistakes: Story = {
  play: async ({ canvasElement }) => press(canvasElement, '[data-action=create]', 'button[type=submit]'),
};

export const BeforeDeleting: Story = {
  args: { groupId: byHand },
  play: async ({ canvasElement }) => press(canvasElement, '[data-action=delete]'),
};

export const ForAViewer: Story = { args: { adapter: shopWithRules('viewer'), groupId: byHand } };

export const Loading: Story = { args: { adapter: silentShop() } };

export const Empty: Story = { args: { adapter: emptyShop() } };

export const Failed: Story = { args: { adapter: brokenShop() } };

export const OnAPhone: Story = {
  args: { presentation: 'dialog' },
  globals: { viewport: { value: 'phone' } },
};

export const Dark: Story = { globals: { theme: 'dark' } };

export const RightToLeft: Story = { args: { groupId: 'spenders' }, globals: { locale: 'ar' } };
