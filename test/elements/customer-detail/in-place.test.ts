import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter, type MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import type { CustomerUpdatedDetail } from '../../../src/elements/customer-form/events.ts';
import type { CustomerFields } from '../../../src/model/customer-fields.ts';
import { DetailHarness, listen, readable, stillness } from './harness.ts';
import { theShop } from './shop.ts';

const pencil = (name: string) => `[data-edit="${name}"]`;

async function edit(detail: DetailHarness, name: string, value: string, field = name): Promise<void> {
  detail.find(pencil(name)).click();
  await detail.loaded();
  const input = detail.find<HTMLInputElement>(`#edit-${field}`);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  await detail.loaded();
}

const isSaved = (detail: DetailHarness, name: string) => () =>
  detail.root.querySelector<HTMLElement>(pencil(name))?.parentElement?.innerText.includes('Saved') === true;

describe('customer-detail: editing in place', () => {
  it('saves by Enter, says so where it happened, and keeps links links', async () => {
    const detail = await DetailHarness.create();
    const updated = listen<CustomerUpdatedDetail>(detail.element, 'customer-updated');
    await edit(detail, 'email', 'new@example.com');
    expect(detail.focused?.id).to.equal('edit-email');
    await sendKeys({ press: 'Enter' });
    await waitUntil(isSaved(detail, 'email'), 'it does not say that it is saved');
    expect(updated[0]?.customer).to.include({ email: 'new@example.com', email_verified: false });
    expect(detail.fact('E-mail').querySelector('a')!.href).to.equal('mailto:new@example.com');
    expect(detail.focused?.getAttribute('data-edit')).to.equal('email');
    await waitUntil(() => !isSaved(detail, 'email')(), 'it says so for ever', { timeout: 4000 });
  });

  it('takes it back by Escape, and closes nothing else', async () => {
    const detail = await DetailHarness.create({ attributes: { presentation: 'panel' } });
    await edit(detail, 'phone', '12');
    await sendKeys({ press: 'Escape' });
    await detail.loaded();
    expect(detail.has('#edit-phone')).to.equal(false);
    expect(detail.isOpen).to.equal(true);
    expect(readable(detail.fact('Phone'))).to.equal('+33 6 12 34 56 78');
  });

  it('edits names, status, consent and a detail of the shop’s own', async () => {
    const detail = await DetailHarness.create();
    const updated = listen<CustomerUpdatedDetail>(detail.element, 'customer-updated');
    const enter = async (name: string) => {
      detail.find('[data-action=save-field]').click();
      await waitUntil(isSaved(detail, name), `${name} is not saved`);
    };
    await edit(detail, 'name', 'Zoé', 'first_name');
    await enter('name');
    expect(detail.name).to.equal('Zoé Lefèvre');
    const choose = async (name: string, value: string) => {
      detail.find(pencil(name)).click();
      await detail.loaded();
      const select = detail.find<HTMLSelectElement>(`#edit-${name}`);
      select.value = value;
      select.dispatchEvent(new Event('change'));
      await enter(name);
    };
    await choose('status', 'inactive');
    await choose('accepts_marketing', 'false');
    await edit(detail, 'metadata.Shoe size', '43', 'detail');
    await enter('metadata.Shoe size');
    const { customer } = updated.at(-1)!;
    expect(customer).to.include({ first_name: 'Zoé', status: 'inactive', accepts_marketing: false });
    expect(customer.metadata).to.deep.equal({
      level: 'gold',
      'Shoe size': 43,
      source: { campaign: 'spring' },
    });
  });

  it('says what is wrong beside it, and keeps what was typed through a failure', async () => {
    let isDown = true;
    const options: MemoryAdapterOptions = {
      fail: (method) =>
        method === 'updateCustomer' && isDown ? new AdapterError('unavailable', 'x') : undefined,
    };
    const detail = await DetailHarness.create({ options });
    await edit(detail, 'email', 'zoe@');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => detail.has('#in-place-error'));
    expect(detail.text('#in-place-error')).to.contain('This is not an e-mail address');
    expect(detail.find('#edit-email').getAttribute('aria-invalid')).to.equal('true');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();

    const input = detail.find<HTMLInputElement>('#edit-email');
    input.value = 'zoe2@example.com';
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => detail.text('#in-place-error').includes('can’t be reached'));
    expect(input.value).to.equal('zoe2@example.com');
    detail.element.customerId = 'amir';
    await detail.loaded();
    detail.element.customerId = 'zoe';
    await detail.loaded();
    expect(detail.find<HTMLInputElement>('#edit-email').value, 'there and back').to.equal('zoe2@example.com');
    isDown = false;
    detail.find('[data-action=save-field]').click();
    await waitUntil(isSaved(detail, 'email'));
  });

  it('merges what another changed, and asks where both changed the same', async () => {
    const shop = theShop();
    const adapter = createMemoryAdapter({ ...shop, access: { display_name: 'Ben' } });
    const detail = await DetailHarness.create({ shop, properties: { adapter } });
    const meddle = async (fields: Partial<CustomerFields>) => {
      const { version } = (await adapter.getCustomer({ id: 'zoe' })).customer;
      await adapter.updateCustomer({ id: 'zoe', version, operationId: crypto.randomUUID(), fields });
    };
    await edit(detail, 'name', 'Zoé', 'first_name');
    await meddle({ phone: '+33711111111' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() =>
      detail.root.textContent!.replace(/[\u2068\u2069]/g, '').includes('Meanwhile Ben changed: Phone'),
    );
    await waitUntil(
      () => readable(detail.fact('Phone')).includes('+33 7 11 11 11 11'),
      'the new number is not shown',
      {
        timeout: 10_000,
      },
    );

    await edit(detail, 'phone', '+33 6 22 22 22 22');
    await meddle({ phone: '+33733333333' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => detail.has('.conflict'), 'nobody is asked');
    expect(detail.text('.sides'))
      .to.contain('+33 6 22 22 22 22')
      .and.contain('Ben')
      .and.contain('+33 7 33 33 33 33');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
    detail.find<HTMLInputElement>('.sides input[value=mine]').click();
    await detail.loaded();
    detail.find('[data-action=resolve]').click();
    await waitUntil(isSaved(detail, 'phone'), 'the choice is not saved');
    expect((await adapter.getCustomer({ id: 'zoe' })).customer.phone).to.equal('+33622222222');
  });

  it('opens the whole form, shows what that saved, and gives the focus back', async () => {
    const detail = await DetailHarness.create({ attributes: { presentation: 'panel' } });
    await detail.press('More actions');
    detail.find('[data-action=edit]').click();
    const form = detail.find('customer-form');
    await waitUntil(() => form.shadowRoot!.querySelector('form') !== null, 'there is no form');
    const field = form.shadowRoot!.querySelector<HTMLInputElement>('#field-last_name')!;
    field.value = 'Martin';
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    form.shadowRoot!.querySelector<HTMLElement>('button[type=submit]')!.click();
    await waitUntil(() => detail.name === 'Zoë Martin', 'the detail has the old name');
    await waitUntil(() => detail.focused !== null, 'the focus is lost');
    expect(detail.isOpen).to.equal(true);
  });

  it('offers no pencil to a viewer, nor for a guest’s status', async () => {
    const viewer = await DetailHarness.create({ options: { access: { role: 'viewer' } } });
    expect(viewer.all('.pencil')).to.have.length(0);
    const guest = await DetailHarness.create({ attributes: { 'customer-id': 'amir' } });
    expect(guest.has(pencil('status'))).to.equal(false);
    expect(guest.has(pencil('email'))).to.equal(true);
  });
});
