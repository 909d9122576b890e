import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { DetailHarness, listen, readable, stillness, type Setup } from './harness.ts';
import { theShop, twoPages } from './shop.ts';

const card = (detail: DetailHarness, id: string) => detail.find(`[data-address="${id}"]`);
const labels = (detail: DetailHarness) => detail.all('.address-head').map((head) => readable(head));
const input = (detail: DetailHarness, name: string) => detail.find<HTMLInputElement>(`#address-${name}`);
const stored = (detail: DetailHarness, id: string) => detail.shop.addresses.find((one) => one.id === id);

async function write(detail: DetailHarness, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    input(detail, name).value = value;
    input(detail, name).dispatchEvent(new Event('input', { bubbles: true }));
    await detail.element.updateComplete;
  }
}

async function choose(detail: DetailHarness, id: string, action: string): Promise<void> {
  const more = card(detail, id).querySelector<HTMLElement>('[data-action=more]')!;
  more.focus();
  more.click();
  await waitUntil(() => detail.has(`.menu-item[data-action=${action}]`));
  detail.find(`.menu-item[data-action=${action}]`).click();
  await detail.loaded();
}

async function editing(setup: Setup = {}): Promise<DetailHarness> {
  const detail = await DetailHarness.create(setup);
  await choose(detail, 'work', 'edit');
  await waitUntil(() => detail.focused?.id === 'address-label');
  return detail;
}

async function adding(setup: Setup = {}): Promise<DetailHarness> {
  const detail = await DetailHarness.create(setup);
  await detail.press('Add address');
  await waitUntil(() => detail.focused?.id === 'address-label');
  return detail;
}

const whole = { label: 'Studio', address_line_1: '5 Quay', city: 'Lyon', state: 'OR', postal_code: '97301' };
const theirs = (detail: DetailHarness, fields: object) =>
  detail.element.adapter!.saveAddress({
    customerId: 'zoe',
    id: 'work',
    version: 1,
    fields,
    operationId: crypto.randomUUID(),
  });

describe('customer-detail: the address book', () => {
  it('adds an address, prefilled with the name', async () => {
    const detail = await adding();
    expect(input(detail, 'first_name').value).to.equal('Zoë');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
    await write(detail, whole);
    const saved = listen<{ address: { city: string } }>(detail.element, 'address-saved');
    await detail.press('Save address');
    await waitUntil(() => saved.length === 1);
    await detail.loaded();
    expect(saved[0]!.address.city).to.equal('Lyon');
    expect(labels(detail).join()).to.contain('Studio');
    expect((detail.focused as HTMLElement).dataset.action).to.equal('more');
  });

  it('shows mistakes at their fields and by name in a summary, which has the focus', async () => {
    const detail = await adding();
    await detail.press('Save address');
    await waitUntil(() => detail.has('.summary'));
    await detail.loaded();
    expect((detail.focused as HTMLElement).className).to.contain('summary');
    expect(detail.text('.summary')).to.contain('Street and number').and.contain('City');
    expect(input(detail, 'city').getAttribute('aria-invalid')).to.equal('true');
    await expect(detail.element).to.be.accessible();
    await write(detail, { city: 'Lyon' });
    expect(input(detail, 'city').getAttribute('aria-invalid')).to.equal(null);
    detail.find('.summary a').click();
    await detail.loaded();
    expect(detail.focused?.id).to.equal('address-address_line_1');
  });

  it('edits in place, and sends only what was changed', async () => {
    const sent: object[] = [];
    const detail = await editing({
      options: {
        fail: (method, request) => {
          if (method === 'saveAddress') sent.push((request as { fields: object }).fields);
          return undefined;
        },
      },
    });
    await write(detail, { city: 'Salem' });
    await detail.press('Save address');
    await waitUntil(() => !detail.has('.address-form'));
    expect(sent).to.deep.equal([{ city: 'Salem' }]);
    expect(readable(card(detail, 'work'))).to.contain('Salem');
  });

  it('keeps what was typed where saving fails, and saves it once', async () => {
    let isDown = true;
    const sent: string[] = [];
    const detail = await adding({
      options: {
        fail: (method, request) => {
          if (method !== 'saveAddress') return undefined;
          sent.push((request as { operationId: string }).operationId);
          return isDown ? new AdapterError('unavailable', 'down') : undefined;
        },
      },
    });
    await write(detail, whole);
    await detail.press('Save address');
    await waitUntil(() => detail.has('.form-alert'));
    expect(detail.text('.form-alert')).to.contain('nothing you typed is lost');
    expect(input(detail, 'city').value).to.equal('Lyon');
    isDown = false;
    await detail.press('Save address');
    await waitUntil(() => !detail.has('.address-form'));
    expect(new Set(sent).size).to.equal(1);
    expect(detail.shop.addresses).to.have.length(3);
  });

  it('takes an edit back by Escape, and gives it again by Undo', async () => {
    const detail = await editing({ attributes: { presentation: 'panel' } });
    await write(detail, { city: 'Salem' });
    await sendKeys({ press: 'Escape' });
    await detail.loaded();
    expect(detail.isOpen).to.equal(true);
    expect(detail.has('.address-form')).to.equal(false);
    await detail.press('Undo');
    expect(input(detail, 'city').value).to.equal('Salem');
  });

  it('has what was typed still there after a reload, and merges what changed meanwhile', async () => {
    const shop = theShop();
    const [before, after] = twoPages(shop);
    const detail = await editing({ shop, properties: { adapter: before } });
    await write(detail, { city: 'Salem' });
    detail.element.remove();

    const again = await DetailHarness.create({ shop, properties: { adapter: after } });
    await waitUntil(() => again.has('.address-form'));
    expect(input(again, 'city').value).to.equal('Salem');
    await theirs(again, { company: 'Moonside' });
    await again.press('Save address');
    await waitUntil(() => !again.has('.address-form'));
    expect(stored(again, 'work')).to.include({ city: 'Salem', company: 'Moonside' });
  });

  it('has a new address still there after a reload', async () => {
    const shop = theShop();
    const [before, after] = twoPages(shop);
    const detail = await adding({ shop, properties: { adapter: before } });
    await write(detail, { city: 'Lyon' });
    detail.element.remove();
    const again = await DetailHarness.create({ shop, properties: { adapter: after } });
    await waitUntil(() => again.has('.address-form'));
    expect(input(again, 'city').value).to.equal('Lyon');
  });

  it('merges what somebody else changed in other fields, and says so', async () => {
    const detail = await editing();
    await theirs(detail, { company: 'Moonside' });
    await write(detail, { city: 'Salem' });
    await detail.press('Save address');
    await waitUntil(() => detail.has('.notice.shown'));
    expect(detail.text('.notice')).to.contain('Ada Admin').and.contain('Company');
    expect(stored(detail, 'work')).to.include({ city: 'Salem', company: 'Moonside' });
  });

  it('shows both where two changed the same, and saves what is chosen', async () => {
    const detail = await editing();
    await theirs(detail, { city: 'Eugene' });
    await write(detail, { city: 'Salem' });
    await detail.press('Save address');
    await waitUntil(() => detail.has('.conflict'));
    await detail.loaded();
    expect(detail.text('.conflict')).to.contain('Eugene').and.contain('Salem');
    expect(stored(detail, 'work')!.city).to.equal('Eugene');
    await expect(detail.element).to.be.accessible();
    detail.find<HTMLInputElement>('.conflict input[value=mine]').click();
    await detail.loaded();
    await detail.press('Save what is chosen');
    await waitUntil(() => !detail.has('.address-form'));
    expect(stored(detail, 'work')!.city).to.equal('Salem');
  });

  it('offers what was typed as a new address where somebody deleted the old one', async () => {
    const detail = await editing();
    const request = { customerId: 'zoe', id: 'work', version: 1, operationId: crypto.randomUUID() };
    await detail.element.adapter!.deleteAddress(request);
    await write(detail, { city: 'Salem' });
    await detail.press('Save address');
    await waitUntil(() => detail.has('.form-alert'));
    await detail.press('Make it a new address');
    await detail.press('Save address');
    await waitUntil(() => !detail.has('.address-form'));
    expect(detail.shop.addresses.map(({ city }) => city)).to.include('Salem');
  });

  it('makes an address the default, which takes over from the one before', async () => {
    const detail = await DetailHarness.create();
    await theirs(detail, { company: 'Moonside' });
    await choose(detail, 'work', 'is_default_billing');
    await waitUntil(() => stored(detail, 'work')!.is_default_billing);
    await detail.loaded();
    expect(stored(detail, 'home')!.is_default_billing).to.equal(false);
    expect(labels(detail)).to.deep.equal(['Work Billing', 'Home']);
    expect(stored(detail, 'work')!.company, 'their change stays').to.equal('Moonside');
  });

  it('deletes with Undo', async () => {
    const detail = await DetailHarness.create();
    await choose(detail, 'work', 'delete');
    await waitUntil(() => detail.has('.notice.shown'));
    await detail.loaded();
    expect(labels(detail)).to.deep.equal(['Home Billing']);
    expect(detail.text('.notice')).to.contain('Work');
    await detail.press('Undo');
    await waitUntil(() => labels(detail).length === 2);
    expect(readable(card(detail, 'work'))).to.contain('218 Maple Avenue');
  });

  it('asks before it deletes where the backend can’t undo', async () => {
    const detail = await DetailHarness.create({ options: { capabilities: { undo: false } } });
    await choose(detail, 'work', 'delete');
    await waitUntil(() => detail.has('.confirmation'));
    expect(detail.text('.confirmation')).to.contain('Work').and.contain('218 Maple Avenue');
    await detail.press('Cancel');
    expect(labels(detail)).to.have.length(2);
  });

  it('does nothing where the host prevents it, and offers a viewer only to copy', async () => {
    const detail = await editing();
    detail.element.addEventListener('address-save', (event) => event.preventDefault());
    await write(detail, { city: 'Salem' });
    await detail.press('Save address');
    expect(stored(detail, 'work')!.city).to.equal('Portland');
    expect(input(detail, 'city').value).to.equal('Salem');
    const viewer = await DetailHarness.create({ options: { access: { role: 'viewer' } } });
    expect(viewer.has('.add-address, [data-action=more]')).to.equal(false);
    expect(viewer.all('.copy')).to.have.length(2);
  });
});
