import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { DetailHarness, listen, readable, type Setup } from './harness.ts';
import { theShop } from './shop.ts';

const textarea = (detail: DetailHarness) => detail.find<HTMLTextAreaElement>('.note-form textarea');

async function writing(setup: Setup = {}): Promise<DetailHarness> {
  const detail = await DetailHarness.create(setup);
  await detail.openTab('notes');
  textarea(detail).focus();
  await sendKeys({ type: 'Called back' });
  return detail;
}

const ctrlEnter = async () => {
  await sendKeys({ down: 'Control' });
  await sendKeys({ press: 'Enter' });
  await sendKeys({ up: 'Control' });
};

describe('customer-detail: writing notes', () => {
  it('adds one by Ctrl+Enter, below the pinned ones, and counts it', async () => {
    const detail = await writing();
    const added = listen<{ customerId: string; note: { content: string } }>(detail.element, 'note-added');
    await ctrlEnter();
    await waitUntil(() => added.length === 1);
    await detail.loaded();
    expect(readable(detail.all('.note-row')[1]!)).to.equal('Ada Admin now Called back');
    expect(added[0]!.note.content).to.equal('Called back');
    expect(textarea(detail).value).to.equal('');
    expect(detail.focused).to.equal(textarea(detail));
    expect(detail.text('#tab-notes')).to.equal('Notes 26');
    await expect(detail.element).to.be.accessible();
  });

  it('keeps the focus where the first one of a customer is written', async () => {
    const detail = await DetailHarness.create({ attributes: { 'customer-id': 'amir' } });
    await detail.openTab('notes');
    expect(detail.has('.nothing-yet')).to.equal(true);
    textarea(detail).focus();
    await sendKeys({ type: 'Called back' });
    await ctrlEnter();
    await waitUntil(() => detail.has('.note-row'));
    expect(detail.focused).to.equal(textarea(detail));
  });

  it('keeps what was typed where saving fails, and writes nothing twice when it is sent again', async () => {
    let isDown = true;
    const sent: string[] = [];
    const detail = await writing({
      options: {
        fail: (method, request) => {
          if (method !== 'addNote') return undefined;
          sent.push((request as { operationId: string }).operationId);
          return isDown ? new AdapterError('unavailable', 'ECONNREFUSED') : undefined;
        },
      },
    });
    await ctrlEnter();
    await waitUntil(() => detail.has('.note-form [role=alert]'));
    expect(textarea(detail).value).to.equal('Called back');
    expect(detail.text('.note-form [role=alert]')).to.contain('still here').and.contain('can’t be reached');
    isDown = false;
    await detail.press('Add note');
    await waitUntil(() => textarea(detail).value === '');
    expect(new Set(sent).size).to.equal(1);
  });

  it('keeps a note that is being written while another customer is looked at', async () => {
    const detail = await writing();
    detail.element.customerId = 'amir';
    await detail.loaded();
    expect(textarea(detail).value).to.equal('');
    detail.element.customerId = 'zoe';
    await detail.loaded();
    expect(textarea(detail).value).to.equal('Called back');
  });

  it('has what was typed still there in an element that is made anew, as after a reload', async () => {
    const shop = theShop();
    const adapter = createMemoryAdapter(shop);
    const before = await writing({ shop, properties: { adapter } });
    before.element.remove();
    const after = await DetailHarness.create({ shop, properties: { adapter } });
    await after.openTab('notes');
    expect(textarea(after).value).to.equal('Called back');
    await after.press('Add note');
    await waitUntil(() => textarea(after).value === '');
    expect(shop.notes).to.have.length(26);
  });

  it('saves nothing where the host prevents note-add', async () => {
    const detail = await writing();
    detail.element.addEventListener('note-add', (event) => event.preventDefault());
    await ctrlEnter();
    await detail.loaded();
    expect(textarea(detail).value).to.equal('Called back');
    expect(detail.shop.notes).to.have.length(25);
  });

  it('offers no field to a viewer', async () => {
    const detail = await DetailHarness.create({ options: { access: { role: 'viewer' } } });
    await detail.openTab('notes');
    expect(detail.has('.note-form')).to.equal(false);
    expect(detail.all('.note-row')).to.have.length(20);
  });
});
