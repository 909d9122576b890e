import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { DetailHarness, listen, stillness, type Setup } from './harness.ts';

async function menuOf(setup: Setup = {}): Promise<DetailHarness> {
  const detail = await DetailHarness.create(setup);
  await detail.press('More actions');
  return detail;
}

const actions = (detail: DetailHarness) => detail.all('[role=menuitem]').map((item) => item.dataset.action);
const question = (detail: DetailHarness) => detail.find('.confirmation').innerText.replace(/\s+/g, ' ');
const guest = { attributes: { 'customer-id': 'amir' } };

describe('customer-detail: what can be done with a customer', () => {
  it('offers an admin what there is, and a viewer nothing', async () => {
    expect(actions(await menuOf(guest))).to.include.members(['promote', 'delete']);
    expect(actions(await menuOf()))
      .to.include('delete')
      .and.not.include('promote');
    const editor = await menuOf({ ...guest, options: { access: { role: 'editor' } } });
    expect(actions(editor)).to.include('promote').and.not.include('delete');
    const viewer = await DetailHarness.create({ ...guest, options: { access: { role: 'viewer' } } });
    expect(viewer.has('.more-actions')).to.equal(false);
  });

  it('closes its menu by Escape, and stays open itself', async () => {
    const detail = await menuOf({ attributes: { presentation: 'panel' } });
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !detail.has('[role=menuitem]'));
    expect(detail.isOpen).to.equal(true);
    expect(detail.focused).to.equal(detail.button('More actions'));
  });

  it('turns a guest into a registered customer, and says so', async () => {
    const detail = await menuOf(guest);
    const told = listen<{ customer: { is_guest: boolean } }>(detail.element, 'customer-promoted');
    await detail.press('Turn into a registered customer');
    await waitUntil(() => told.length === 1);
    await detail.loaded();
    expect(told[0]!.customer.is_guest).to.equal(false);
    expect(detail.text('.badges')).to.equal('Active');
    expect(detail.text('.notice')).to.contain('Amir').and.contain('registered');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
  });

  it('says why a guest could not be registered, until that is closed', async () => {
    const detail = await menuOf({
      ...guest,
      options: {
        fail: (method) => (method === 'promoteGuest' ? new AdapterError('unavailable', 'down') : undefined),
      },
    });
    await detail.press('Turn into a registered customer');
    await waitUntil(() => detail.has('.notice.failed'));
    expect(detail.text('.notice')).to.contain('can’t be reached');
    await detail.key('Escape', detail.find('.notice-close'));
    expect(detail.has('.notice.shown')).to.equal(false);
  });

  it('changes nothing where the host prevents it', async () => {
    const detail = await menuOf(guest);
    const stop = (event: Event) => event.preventDefault();
    detail.element.addEventListener('customer-promote', stop);
    detail.element.addEventListener('customer-delete', stop);
    await detail.press('Turn into a registered customer');
    await detail.press('More actions');
    await detail.press('Delete customer');
    expect(detail.has('.confirmation')).to.equal(false);
    expect(detail.text('.badges')).to.equal('Guest');
  });
});

describe('customer-detail: deleting a customer', () => {
  async function asked(setup: Setup = {}): Promise<DetailHarness> {
    const detail = await menuOf(setup);
    await detail.press('Delete customer');
    await waitUntil(() => detail.has('.confirmation'));
    return detail;
  }
  const confirm = async (detail: DetailHarness) => {
    detail.find('.confirmation [data-action=confirm]').click();
    await waitUntil(() => detail.has('.notice.shown'));
    await detail.loaded();
  };

  it('names what goes and what stays, with the safe choice first', async () => {
    const detail = await asked();
    expect(question(detail))
      .to.contain('Zoë Lefèvre')
      .and.contain('2 addresses, 25 notes')
      .and.contain('31 orders');
    expect((detail.focused as HTMLElement).dataset.action).to.equal('cancel');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
  });

  it('names nothing there is none of', async () => {
    const detail = await asked(guest);
    expect(question(detail))
      .to.contain('30 days')
      .and.not.match(/\b0 |Hidden|stays/);
  });

  it('deletes nothing where Escape answers, and gives the focus back', async () => {
    const detail = await asked({ attributes: { presentation: 'panel' } });
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !detail.has('.confirmation'));
    expect(detail.isOpen).to.equal(true);
    expect(detail.focused).to.equal(detail.button('More actions'));
    expect(detail.shop.customers).to.have.length(2);
  });

  it('deletes, and takes it back by Undo, where the focus is', async () => {
    const detail = await asked();
    const deleted = listen(detail.element, 'customer-deleted');
    const restored = listen(detail.element, 'customer-restored');
    await confirm(detail);
    expect(detail.name).to.equal('This customer was deleted');
    expect(deleted).to.have.length(1);
    await waitUntil(() => detail.focused === detail.button('Undo'));
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => restored.length === 1);
    await waitUntil(() => detail.name === 'Zoë Lefèvre');
    expect(detail.focused, 'the focus is kept').to.not.equal(null);
  });

  it('offers an admin to restore whom somebody deleted, and says why that fails', async () => {
    const detail = await asked();
    await confirm(detail);
    detail.shop.amir.email = 'ZOE@example.com';
    await detail.press('Restore customer');
    await waitUntil(() => detail.has('.notice.failed'));
    expect(detail.text('.notice')).to.contain('Another customer has this e-mail');
    detail.shop.amir.email = 'amir@example.com';
    await detail.press('Restore customer');
    await waitUntil(() => detail.name === 'Zoë Lefèvre');
  });
});
