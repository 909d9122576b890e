import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { createMemoryAdapter, sampleCustomers } from '../../src/adapters/memory/index.ts';
import type { Presentation } from '../../src/parts/surface.ts';
import { brokenShop, fullShop, silentShop } from '../shops.ts';

const { customers } = sampleCustomers(248);
const some = customers.find(({ phone, tags, is_guest: isGuest }) => phone && tags.length && !isGuest);

interface Args {
  adapter: CustomerAdapter;
  customerId?: string | undefined;
  presentation: Presentation;
}

const meta: Meta<Args> = {
  title: 'customer-form',
  component: 'customer-form',
  args: { adapter: fullShop(), presentation: 'inline' },
  render: ({ adapter, customerId, presentation }) => html`
    <customer-form
      .adapter=${adapter}
      customer-id=${ifDefined(customerId)}
      presentation=${presentation}
      open
    ></customer-form>
  `,
};
export default meta;
type Story = StoryObj<Args>;

/** Presses what a person would, once it is there. */
async function press(canvas: HTMLElement, selector: string): Promise<void> {
  const root = canvas.querySelector('customer-form')?.shadowRoot;
  for (let tries = 0; tries < 100 && !root?.querySelector(selector); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  root?.querySelector<HTMLElement>(selector)?.click();
}

async function type(canvas: HTMLElement, values: Record<string, string>): Promise<void> {
  await press(canvas, 'form');
  const root = canvas.querySelector('customer-form')?.shadowRoot;
  for (const [name, value] of Object.entries(values)) {
    const input = root?.querySelector<HTMLInputElement>(`#field-${name}`);
    if (!input) continue;
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }
}

export const Create: Story = {};

export const Edit: Story = { args: { customerId: some?.id } };

export const AsADialog: Story = { args: { customerId: some?.id, presentation: 'dialog' } };

export const AsAPanel: Story = { args: { presentation: 'panel' } };

export const Guest: Story = { args: { customerId: customers.find((one) => one.is_guest)?.id } };

export const WithAddress: Story = {
  play: async ({ canvasElement }) => press(canvasElement, '.add-address'),
};

export const WithMistakes: Story = {
  play: async ({ canvasElement }) => {
    await type(canvasElement, { email: 'ada@', avatar_url: 'javascript:alert(1)', phone: '12' });
    await press(canvasElement, 'button[type=submit]');
  },
};

export const EmailThatExists: Story = {
  play: async ({ canvasElement }) => {
    await type(canvasElement, { first_name: 'Ada', email: some?.email ?? '' });
    await press(canvasElement, 'button[type=submit]');
  },
};

/** Somebody else saves each time just before: the fields that both change are shown side by side. */
export const BothChanged: Story = {
  render: () => {
    const shop = createMemoryAdapter({ ...sampleCustomers(20), access: { display_name: 'Ben Example' } });
    let isMeddling = false;
    const adapter: CustomerAdapter = {
      ...shop,
      updateCustomer: async (request, options) => {
        if (!isMeddling) {
          isMeddling = true;
          const fields = { first_name: 'Augusta', phone: '+493012345678', accepts_marketing: true };
          await shop.updateCustomer({ ...request, operationId: crypto.randomUUID(), fields });
        }
        return shop.updateCustomer(request, options);
      },
    };
    const customer = sampleCustomers(20).customers.find((one) => !one.is_guest);
    return html`<customer-form .adapter=${adapter} customer-id=${ifDefined(customer?.id)}></customer-form>`;
  },
  play: async ({ canvasElement }) => {
    await type(canvasElement, { first_name: 'Adelaide', phone: '+4930999999' });
    await press(canvasElement, 'button[type=submit]');
  },
};

export const ForAViewer: Story = { args: { adapter: fullShop('viewer') } };

export const Loading: Story = { args: { adapter: silentShop(), customerId: some?.id } };

export const Failed: Story = { args: { adapter: brokenShop(), customerId: some?.id } };

export const OnAPhone: Story = {
  args: { customerId: some?.id, presentation: 'dialog' },
  globals: { viewport: { value: 'phone' } },
};

export const Dark: Story = { args: { customerId: some?.id }, globals: { theme: 'dark' } };

export const RightToLeft: Story = { args: { customerId: some?.id }, globals: { locale: 'ar' } };
