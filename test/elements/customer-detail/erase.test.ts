import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { DetailHarness, listen, stillness, type Setup } from './harness.ts';

async function erasing(setup: Setup = {}): Promise<DetailHarness> {
  const detail = await DetailHarness.create({ attributes: { presentation: 'panel' }, ...setup });
  await detail.press('More actions');
  await detail.press('Erase data…');
  await waitUntil(() => detail.has('.privacy'));
  return detail;
}

const ready = (detail: DetailHarness) => waitUntil(() => detail.has('[data-action=erase]'));
const field = (detail: DetailHarness) => detail.find<HTMLInputElement>('.privacy input');
const said = (detail: DetailHarness) => detail.find('.privacy').innerText.replace(/\s+/g, ' ');

async function type(detail: DetailHarness, text: string): Promise<void> {
  field(detail).focus();
  await sendKeys({ type: text });
}

describe('customer-detail: erasing a person', () => {
  it('shows what goes and what stays, the safe choice focused, and erases once the e-mail is typed', async () => {
    const detail = await erasing();
    const told = listen<{ customerId: string; receipt: { changed: number } }>(
      detail.element,
      'customer-erased',
    );
    await ready(detail);
    expect(detail.focused).to.equal(detail.find('.privacy [data-action=cancel]'));
    expect(said(detail))
      .to.contain('2 addresses')
      .and.contain('25 notes')
      .and.contain('33 orders')
      .and.contain('cannot be undone');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();

    await type(detail, 'ZOE@example.com');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => told.length === 1);
    expect([told[0]!.customerId, told[0]!.receipt.changed]).to.deep.equal(['zoe', 1]);
    await waitUntil(() => detail.text('.state-title').includes('were erased'));
    expect(detail.has('.privacy')).to.equal(false);
    expect(detail.text('.body')).to.contain('Orders are kept');
    expect(detail.shop.notes).to.have.length(0);
    expect(detail.shop.orders).to.have.length(33);
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
  });

  it('erases nobody whose e-mail was not typed, and says what is wrong', async () => {
    const detail = await erasing();
    await ready(detail);
    await type(detail, 'amir@example.com');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => said(detail).includes('not the e-mail'));
    expect(detail.focused).to.equal(field(detail));
    expect(field(detail).getAttribute('aria-invalid')).to.equal('true');
    expect(detail.shop.notes).to.have.length(25);
  });

  it('goes back to the customer by Escape, whose panel stays open', async () => {
    const detail = await erasing();
    await ready(detail);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !detail.has('.privacy'));
    expect(detail.isOpen).to.equal(true);
    expect(detail.focused).to.not.equal(null);
  });

  it('keeps what was typed where it failed, and sends the same operation again', async () => {
    let isDown = true;
    const sent: string[] = [];
    const detail = await erasing({
      options: {
        fail: (method, request) => {
          if (method !== 'eraseCustomer') return undefined;
          sent.push((request as { operationId: string }).operationId);
          return isDown ? new AdapterError('unavailable', 'down') : undefined;
        },
      },
    });
    await ready(detail);
    await type(detail, 'zoe@example.com');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => said(detail).includes('Nothing was erased'));
    expect(field(detail).value).to.equal('zoe@example.com');
    isDown = false;
    await detail.press('Erase for good');
    await waitUntil(() => !detail.has('.privacy'));
    expect(sent).to.have.length(2);
    expect(new Set(sent).size).to.equal(1);
  });

  it('shows anew what goes where somebody changed the customer meanwhile', async () => {
    const detail = await erasing();
    await ready(detail);
    detail.shop.zoe.version++;
    await type(detail, 'zoe@example.com');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => said(detail).includes('changed this customer meanwhile'));
    expect(detail.shop.notes).to.have.length(25);
    await ready(detail);
    await detail.press('Erase for good');
    await waitUntil(() => detail.shop.notes.length === 0);
  });

  it('says why it is not known what would go, and asks again', async () => {
    let isDown = true;
    const detail = await erasing({
      options: {
        fail: (method) =>
          method === 'previewErase' && isDown ? new AdapterError('unavailable', 'down') : undefined,
      },
    });
    await waitUntil(() => detail.has('.privacy [data-action=retry]'));
    isDown = false;
    await detail.press('Try again');
    await ready(detail);
  });

  it('does nothing where the host prevents customer-erase, and is offered to an admin alone', async () => {
    const detail = await DetailHarness.create();
    detail.element.addEventListener('customer-erase', (event) => event.preventDefault());
    await detail.press('More actions');
    await detail.press('Erase data…');
    expect(detail.has('.privacy')).to.equal(false);

    const editor = await DetailHarness.create({ options: { access: { role: 'editor' } } });
    if (editor.has('.more-actions')) await editor.press('More actions');
    const offered = editor.all('[role=menuitem]').map((item) => item.dataset.action);
    expect(offered).to.not.include.members(['erase']).and.not.include.members(['hand-over']);
  });

  it('reads well from right to left, and in the dark', async () => {
    const detail = await DetailHarness.create({
      attributes: { presentation: 'panel', locale: 'ar', theme: 'dark' },
    });
    await waitUntil(() => detail.has('.more-actions'));
    detail.find('.more-actions').click();
    await waitUntil(() => detail.has('[data-action=erase]'));
    detail.find('[data-action=erase]').click();
    await waitUntil(() => detail.has('.privacy .privacy-list'));
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
  });
});
