import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { DetailHarness, listen, readable, stillness, type Setup } from './harness.ts';
import { theShop } from './shop.ts';

/** Zoë, and Amir as somebody with her phone. */
function alike(): Setup {
  const shop = theShop();
  shop.zoe.has_account = false;
  Object.assign(shop.amir, { phone: '0033 612345678', first_name: 'Zoé', last_name: 'Lefevre' });
  Object.assign(shop.amir, { status: 'active', is_guest: false, tags: ['web'] });
  return { shop };
}

async function comparing(setup = alike()): Promise<DetailHarness> {
  const detail = await DetailHarness.create(setup);
  await waitUntil(() => detail.has('.duplicate'));
  await detail.press('Compare');
  await waitUntil(() => detail.has('.merge-consequences, .merge .merge-problem'));
  return detail;
}

const dialogText = (detail: DetailHarness) => readable(detail.find('dialog.merge'));

describe('customer-detail: merging', () => {
  it('says quietly who might be the same person, and why', async () => {
    const detail = await DetailHarness.create(alike());
    await waitUntil(() => detail.has('.duplicate'));
    expect(detail.text('.duplicate')).to.contain('Zoé Lefevre').and.contain('same phone');
    await expect(detail.element).to.be.accessible();
  });

  it('remembers "not the same person", and takes it back by Undo', async () => {
    const detail = await DetailHarness.create(alike());
    await waitUntil(() => detail.has('.duplicate'));
    const told = listen<{ otherId: string }>(detail.element, 'duplicate-dismissed');
    await detail.press('Not the same person');
    await waitUntil(() => told.length === 1);
    await detail.loaded();
    expect(told[0]!.otherId).to.equal('amir');
    expect(detail.has('.duplicate')).to.equal(false);
    await detail.press('Undo');
    await waitUntil(() => detail.has('.duplicate'));
  });

  it('shows a viewer neither suggestions nor the action, and an editor only what he may say', async () => {
    const viewer = await DetailHarness.create({ ...alike(), options: { access: { role: 'viewer' } } });
    expect(viewer.has('.duplicate')).to.equal(false);
    const editor = await DetailHarness.create({ ...alike(), options: { access: { role: 'editor' } } });
    await waitUntil(() => editor.has('.duplicate'));
    expect(editor.has('[data-action=compare]')).to.equal(false);
    expect(editor.has('[data-action=dismiss]')).to.equal(true);
  });

  it('compares the two, and says what moves and where the other e-mail leads', async () => {
    const detail = await comparing();
    expect(dialogText(detail))
      .to.contain('Zoë')
      .and.contain('Zoé')
      .and.contain('amir@example.com')
      .and.contain('leads to');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
  });

  it('merges by the fields that were chosen, shows who stays, and takes it back by Undo', async () => {
    const detail = await comparing();
    const asked = listen<{ keepId: string; fields: object }>(detail.element, 'customer-merge');
    const told = listen<{ customer: { email: string; tags: string[] } }>(detail.element, 'customer-merged');
    detail.find<HTMLInputElement>('input[name=merge-email][value=amir]').click();
    await detail.loaded();
    await detail.press('Merge');
    await waitUntil(() => told.length === 1);
    await detail.loaded();
    expect(asked[0]).to.deep.equal({ keepId: 'zoe', goneId: 'amir', fields: { email: 'amir@example.com' } });
    expect(told[0]!.customer.email).to.equal('amir@example.com');
    expect(told[0]!.customer.tags).to.include('web');
    expect(detail.has('dialog.merge')).to.equal(false);
    expect(detail.text('.notice')).to.contain('zoe@example.com');
    expect(detail.focused).to.equal(detail.find('.notice-undo'));

    const undone = listen(detail.element, 'merge-undone');
    await detail.press('Undo');
    await waitUntil(() => undone.length === 1);
    await detail.loaded();
    expect(detail.text('.notice')).to.contain('as they were');
    await waitUntil(() => detail.has('.duplicate'));
  });

  it('lets the other one stay: it is shown then', async () => {
    const detail = await comparing();
    const shown = listen<{ customerId: string; by: string }>(detail.element, 'customer-shown');
    detail.find<HTMLInputElement>('input[name=stays][value=amir]').click();
    await waitUntil(() => detail.has('input[name=stays][value=amir]:checked'));
    await detail.loaded();
    await detail.press('Merge');
    await waitUntil(() => shown.length === 1);
    expect(shown[0]).to.deep.equal({ customerId: 'amir', by: 'merge' });
    await detail.loaded();
    expect(detail.name).to.contain('Zoé');
  });

  it('stays as it is when the host page prevents it', async () => {
    const detail = await comparing();
    detail.element.addEventListener('customer-merge', (event) => event.preventDefault());
    await detail.press('Merge');
    expect(detail.has('dialog.merge')).to.equal(true);
  });

  it('names two accounts as what is in the way, and does not offer to merge', async () => {
    const setup = alike();
    setup.shop!.zoe.has_account = true;
    setup.shop!.amir.has_account = true;
    const detail = await comparing(setup);
    expect(dialogText(detail)).to.contain('account of their own');
    expect(detail.find('[data-action=merge]').getAttribute('aria-disabled')).to.equal('true');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
  });

  it('keeps what was chosen when it fails, and says why', async () => {
    const setup = alike();
    const detail = await comparing({
      ...setup,
      options: {
        fail: (method) => (method === 'mergeCustomers' ? new AdapterError('unavailable', 'down') : undefined),
      },
    });
    detail.find<HTMLInputElement>('input[name=merge-email][value=amir]').click();
    await detail.press('Merge');
    await waitUntil(() => detail.has('.merge-problem'));
    expect(dialogText(detail)).to.contain('could not be merged');
    expect(detail.find<HTMLInputElement>('input[name=merge-email][value=amir]').checked).to.equal(true);
  });

  it('shows both as they are now when one was edited meanwhile', async () => {
    const setup = alike();
    const detail = await comparing(setup);
    Object.assign(setup.shop!.amir, { version: setup.shop!.amir.version + 1, last_name: 'Changed' });
    await detail.press('Merge');
    await waitUntil(() => dialogText(detail).includes('changed meanwhile'));
    await detail.loaded();
    expect(dialogText(detail)).to.contain('Changed');
  });

  it('finds the other one by searching, from the menu, by keyboard', async () => {
    const setup = alike();
    setup.shop!.amir.phone = null;
    const detail = await DetailHarness.create(setup);
    await detail.press('More actions');
    await detail.press('Merge with another customer');
    await waitUntil(() => detail.has('dialog.merge[open]'));
    await waitUntil(() => detail.focused === detail.find('.merge input[type=search]'));
    await sendKeys({ type: 'lefev' });
    await waitUntil(() => detail.has('.merge-person'));
    expect(detail.all('.merge-person').map((one) => one.dataset.id)).to.deep.equal(['amir']);
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => detail.has('.merge-consequences'));
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !detail.has('dialog.merge'));
    expect(detail.name).to.contain('Zoë');
  });
});
