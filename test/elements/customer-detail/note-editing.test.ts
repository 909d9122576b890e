import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { DetailHarness, listen, readable, stillness, type Setup } from './harness.ts';
import { theShop, twoPages } from './shop.ts';

/** One note of Zoë's, on the screen. */
async function shown(setup: Setup = {}): Promise<DetailHarness> {
  const shop = setup.shop ?? theShop();
  const detail = await DetailHarness.create({ ...setup, shop });
  await detail.openTab('notes');
  return detail;
}

const row = (detail: DetailHarness, id: string) => detail.find(`[data-note="${id}"]`);
const ids = (detail: DetailHarness) => detail.all('.note-row').map((one) => one.dataset.note);
const press = async (detail: DetailHarness, id: string, action: string) => {
  const button = row(detail, id).querySelector<HTMLElement>(`[data-action=${action}]`)!;
  button.focus();
  button.click();
  await detail.loaded();
};
const field = (detail: DetailHarness) => detail.find<HTMLTextAreaElement>('.note-row textarea');

async function editing(setup: Setup = {}): Promise<DetailHarness> {
  const detail = await shown(setup);
  await press(detail, 'note-3', 'edit');
  await waitUntil(() => detail.focused === field(detail));
  field(detail).select();
  await sendKeys({ type: 'Mine' });
  return detail;
}

const ctrlEnter = async () => {
  await sendKeys({ down: 'Control' });
  await sendKeys({ press: 'Enter' });
  await sendKeys({ up: 'Control' });
};
const failing = (method: string, error: () => AdapterError | undefined) => ({
  fail: (asked: string) => (asked === method ? error() : undefined),
});
/** Somebody else at the same shop. */
const colleague = (detail: DetailHarness) => detail.element.adapter!;

describe('customer-detail: editing notes', () => {
  it('saves by Ctrl+Enter in place, and gives the focus back', async () => {
    const detail = await editing();
    const saved = listen<{ note: { content: string } }>(detail.element, 'note-edited');
    await ctrlEnter();
    await waitUntil(() => saved.length === 1);
    await detail.loaded();
    expect(readable(row(detail, 'note-3').querySelector('.note-text')!)).to.equal('Mine');
    expect((detail.focused as HTMLElement).dataset.action).to.equal('edit');
    expect(ids(detail).indexOf('note-3')).to.equal(4);
    await expect(detail.element).to.be.accessible();
  });

  it('takes an edit back by Escape, and gives it again by Undo', async () => {
    const detail = await editing({ attributes: { presentation: 'panel' } });
    await sendKeys({ press: 'Escape' });
    await detail.loaded();
    expect(detail.isOpen).to.equal(true);
    expect(readable(row(detail, 'note-3').querySelector('.note-text')!)).to.equal('Note 3');
    await detail.press('Undo');
    expect(field(detail).value).to.equal('Mine');
  });

  it('keeps what was typed where saving fails, and sends it again under the same id', async () => {
    let isDown = true;
    const sent: string[] = [];
    const detail = await editing({
      options: {
        fail: (method, request) => {
          if (method !== 'updateNote') return undefined;
          sent.push((request as { operationId: string }).operationId);
          return isDown ? new AdapterError('unavailable', 'down') : undefined;
        },
      },
    });
    await ctrlEnter();
    await waitUntil(() => detail.has('.note-row [role=alert]'));
    expect(field(detail).value).to.equal('Mine');
    isDown = false;
    await detail.press('Save note');
    await waitUntil(() => !detail.has('.note-row textarea'));
    expect(new Set(sent).size).to.equal(1);
    expect(sent).to.have.length(2);
  });

  it('shows what somebody else made of it meanwhile, and saves mine only when told to', async () => {
    const detail = await editing();
    const other = { operationId: crypto.randomUUID(), customerId: 'zoe', id: 'note-3', version: 1 };
    await colleague(detail).updateNote({ ...other, content: 'Theirs' });
    await ctrlEnter();
    await waitUntil(() => detail.has('.note-conflict'));
    await detail.loaded();
    expect(detail.text('.note-conflict')).to.contain('Ada Admin').and.contain('Theirs');
    expect(field(detail).value).to.equal('Mine');
    expect(detail.shop.notes.find(({ id }) => id === 'note-3')!.content).to.equal('Theirs');
    await expect(detail.element).to.be.accessible();
    await detail.press('Save mine instead');
    await waitUntil(() => !detail.has('.note-row textarea'));
    expect(detail.shop.notes.find(({ id }) => id === 'note-3')!.content).to.equal('Mine');
  });

  it('keeps theirs where that is chosen, and mine for Undo', async () => {
    const detail = await editing();
    const other = { operationId: crypto.randomUUID(), customerId: 'zoe', id: 'note-3', version: 1 };
    await colleague(detail).updateNote({ ...other, content: 'Theirs' });
    await ctrlEnter();
    await waitUntil(() => detail.has('.note-conflict'));
    await detail.press('Keep theirs');
    expect(readable(row(detail, 'note-3').querySelector('.note-text')!)).to.equal('Theirs');
    expect(detail.text('.notice')).to.contain('taken back');
  });

  it('saves over a note that was only pinned meanwhile', async () => {
    const detail = await editing();
    const other = { operationId: crypto.randomUUID(), customerId: 'zoe', id: 'note-3' };
    await colleague(detail).pinNote({ ...other, pinned: true });
    await ctrlEnter();
    await waitUntil(() => !detail.has('.note-row textarea'));
    expect(readable(row(detail, 'note-3').querySelector('.note-text')!)).to.equal('Mine');
    expect(ids(detail).slice(0, 2)).to.have.members(['note-3', 'note-20']);
  });

  it('offers what was typed as a new note where somebody deleted the old one', async () => {
    const detail = await editing();
    const other = { operationId: crypto.randomUUID(), customerId: 'zoe', id: 'note-3', version: 1 };
    await colleague(detail).deleteNote(other);
    await ctrlEnter();
    await waitUntil(() => detail.has('.note-conflict'));
    await detail.press('Make it a new note');
    expect(detail.find<HTMLTextAreaElement>('.note-form textarea').value).to.equal('Mine');
    expect(ids(detail)).to.not.include('note-3');
  });

  it('pins and unpins where the note then stands, with the focus', async () => {
    const detail = await shown();
    await press(detail, 'note-3', 'pin');
    await waitUntil(() => ids(detail)[0] === 'note-3');
    await detail.loaded();
    expect((detail.focused as HTMLElement).dataset.action).to.equal('pin');
    expect(ids(detail).slice(0, 3)).to.deep.equal(['note-3', 'note-20', 'note-0']);
    await press(detail, 'note-3', 'pin');
    await waitUntil(() => ids(detail)[0] === 'note-20');
    expect(ids(detail).indexOf('note-3')).to.equal(4);
  });

  it('deletes with Undo, which has the focus, and counts', async () => {
    const detail = await shown();
    await press(detail, 'note-3', 'delete');
    await waitUntil(() => detail.has('.notice.shown'));
    await detail.loaded();
    await stillness(detail.element);
    expect(detail.text('#tab-notes')).to.equal('Notes 24');
    expect((detail.focused as HTMLElement).className).to.contain('notice-undo');
    await expect(detail.element).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => ids(detail).includes('note-3'));
    await detail.loaded();
    expect(detail.text('#tab-notes')).to.equal('Notes 25');
    expect(ids(detail).indexOf('note-3')).to.equal(4);
    expect((detail.focused as HTMLElement).dataset.action).to.equal('edit');
  });

  it('deletes nothing that somebody else has changed meanwhile, and shows it', async () => {
    const detail = await shown();
    const other = { operationId: crypto.randomUUID(), customerId: 'zoe', id: 'note-3', version: 1 };
    await colleague(detail).updateNote({ ...other, content: 'Theirs' });
    await press(detail, 'note-3', 'delete');
    await waitUntil(() => detail.has('.notice.failed'));
    expect(readable(row(detail, 'note-3').querySelector('.note-text')!)).to.equal('Theirs');
  });

  it('says so where a note could not be pinned or deleted', async () => {
    const down = () => new AdapterError('unavailable', 'down');
    const detail = await shown({ options: failing('pinNote', down) });
    await press(detail, 'note-3', 'pin');
    await waitUntil(() => detail.has('.notice.failed'));
    expect(detail.text('.notice')).to.contain('can’t be reached');
  });

  it('does nothing where the host prevents it', async () => {
    const detail = await editing();
    for (const name of ['note-edit', 'note-pin', 'note-delete']) {
      detail.element.addEventListener(name, (event) => event.preventDefault());
    }
    await ctrlEnter();
    await press(detail, 'note-4', 'pin');
    await press(detail, 'note-4', 'delete');
    expect(field(detail).value).to.equal('Mine');
    expect(detail.shop.notes.map(({ version }) => version)).to.deep.equal(Array(25).fill(1));
  });

  it('offers a viewer nothing of it', async () => {
    const detail = await shown({ options: { access: { role: 'viewer' } } });
    expect(detail.has('.row-actions')).to.equal(false);
  });

  it('has an edit still there after a reload, and asks where the note changed meanwhile', async () => {
    const shop = theShop();
    const [before, after] = twoPages(shop);
    const detail = await editing({ shop, properties: { adapter: before } });
    detail.element.remove();
    const other = { operationId: crypto.randomUUID(), customerId: 'zoe', id: 'note-3', version: 1 };
    await after.updateNote({ ...other, content: 'Theirs' });

    const again = await shown({ shop, properties: { adapter: after } });
    expect(field(again).value).to.equal('Mine');
    expect(again.all('.note-row textarea'), 'other notes').to.have.length(1);
    await again.press('Save note');
    await waitUntil(() => again.has('.note-conflict'));
    expect(again.text('.note-conflict')).to.contain('Theirs');
    await again.press('Save mine instead');
    await waitUntil(() => !again.has('.note-row textarea'));
    expect(shop.notes.find(({ id }) => id === 'note-3')!.content).to.equal('Mine');
    again.element.remove();

    const [, later] = twoPages(shop);
    const last = await shown({ shop, properties: { adapter: { ...later, site: after.site } } });
    expect(last.has('.note-row textarea'), 'once it is saved').to.equal(false);
  });

  it('forgets an edit that was taken back', async () => {
    const shop = theShop();
    const [before, after] = twoPages(shop);
    const detail = await editing({ shop, properties: { adapter: before } });
    await sendKeys({ press: 'Escape' });
    await detail.loaded();
    detail.element.remove();
    const again = await shown({ shop, properties: { adapter: after } });
    expect(again.has('.note-row textarea')).to.equal(false);
  });

  it('keeps an edit while another customer is looked at', async () => {
    const shop = theShop();
    const adapter = createMemoryAdapter(shop);
    const detail = await editing({ shop, properties: { adapter } });
    detail.element.customerId = 'amir';
    await detail.loaded();
    expect(detail.has('.note-row textarea')).to.equal(false);
    detail.element.customerId = 'zoe';
    await detail.loaded();
    expect(field(detail).value).to.equal('Mine');
  });
});
