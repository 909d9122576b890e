import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { csv, ImportHarness } from './harness.ts';

const two = 'email,first name\nann@example.com,Ann\nbob@example.com,Bob\n';
const many = (count: number): string =>
  `email,first name\n${Array.from({ length: count }, (_, index) => `p${index}@example.com,P${index}`).join('\n')}`;

const show = (setup: { width?: string; lang?: string } = {}) =>
  ImportHarness.create(createMemoryAdapter(), setup);

function transferOf(...files: File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

function paste(target: EventTarget, clipboardData: DataTransfer): ClipboardEvent {
  const event = new ClipboardEvent('paste', {
    clipboardData,
    bubbles: true,
    composed: true,
    cancelable: true,
  });
  target.dispatchEvent(event);
  return event;
}

function textTransfer(text: string): DataTransfer {
  const transfer = new DataTransfer();
  transfer.setData('text/plain', text);
  return transfer;
}

describe('<customer-import>, picking a file', () => {
  it('says what it takes, and how much', async () => {
    const harness = await show();
    expect(harness.text).to.contain('XLSX up to 50,000,000 cells');
    await expect(harness.element).to.be.accessible();
  });

  it('takes a dropped file, and shows that it would', async () => {
    const harness = await show();
    const dataTransfer = transferOf(csv(two));
    const zone = harness.find('.drop');
    zone.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true, bubbles: true }));
    await harness.element.updateComplete;
    expect(zone.classList.contains('over')).to.equal(true);
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true }));
    await harness.sees('[data-step=map]');
    expect(harness.text).to.contain('customers.csv');
  });

  it('takes no file where several are dropped, and says so', async () => {
    const harness = await show();
    const dataTransfer = transferOf(csv(two), csv(two, 'others.csv'));
    harness
      .find('.drop')
      .dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true }));
    await harness.sees('[role=alert]');
    expect(harness.find('[role=alert]').textContent).to.contain('2 files were dropped');
    expect(harness.step).to.equal('pick');
  });

  it('takes rows of a spreadsheet from the clipboard, wherever the focus is in it', async () => {
    const harness = await show();
    harness.button('Download a template').focus();
    const event = paste(document.body, textTransfer('E-Mail\tVorname\r\nann@example.com\tAnn\r\n'));
    expect(event.defaultPrevented).to.equal(true);
    await harness.sees('[data-step=map]');
    expect(harness.fileLine).to.equal('Read by column names · 1 row · UTF-8 · tab');
    expect(harness.target('E-Mail')).to.equal('E-mail');
  });

  it('takes a copied file from the clipboard', async () => {
    const harness = await show();
    paste(harness.find('.drop'), transferOf(csv(two, 'copied.csv')));
    await harness.sees('[data-step=map]');
    expect(harness.text).to.contain('copied.csv');
  });

  it('leaves alone what is pasted elsewhere on the page', async () => {
    const harness = await show();
    const elsewhere = document.createElement('button');
    document.body.append(elsewhere);
    elsewhere.focus();
    expect(paste(elsewhere, textTransfer(two)).defaultPrevented).to.equal(false);
    elsewhere.remove();
    expect(harness.step).to.equal('pick');
  });

  it('has a field to paste into, and gives the focus back when it is closed', async () => {
    const harness = await show();
    harness.button('Paste rows').click();
    await harness.sees('textarea');
    await waitUntil(() => harness.focused?.matches('textarea'));
    await expect(harness.element).to.be.accessible();
    harness.button('Cancel').click();
    await harness.sees('.drop');
    await waitUntil(() => harness.focused?.textContent?.trim() === 'Paste rows');
    await sendKeys({ press: 'Enter' });
    await harness.sees('textarea');
    const field = harness.find<HTMLTextAreaElement>('textarea');
    expect(paste(field, textTransfer(two)).defaultPrevented, 'the field takes it').to.equal(false);
    field.value = two;
    harness.button('Read these rows').click();
    await harness.sees('[data-step=map]');
    expect(harness.fileLine).to.contain('2 rows');
  });

  it('shows how far it has read a long file, and can be told to stop', async () => {
    const harness = await show();
    const reading = harness.element.readFile(csv(many(200_000)));
    await harness.sees('progress');
    expect(harness.focused?.textContent).to.equal('Reading customers.csv');
    await expect(harness.element).to.be.accessible();
    harness.button('Cancel').click();
    await reading;
    await harness.sees('.drop');
    expect(harness.focused?.matches('h3')).to.equal(true);
    expect(harness.all('[role=alert], .footer')).to.have.length(0);
  });

  it('can be told to read in another way what looked like no list', async () => {
    const harness = await show();
    const utf16 = Uint8Array.from(
      [...'EMAIL§VORNAME\na at example\n'].flatMap((letter) => [0, letter.charCodeAt(0)]),
    );
    await harness.choose(new File([utf16], 'list.csv'));
    const delimiter = () => harness.root.querySelector<HTMLSelectElement>('[role=alert] [name=delimiter]');
    expect(delimiter()?.value).to.equal(',');
    await harness.select(delimiter()!, 'semicolon');
    await waitUntil(() => delimiter()?.value === ';', 'it is not read again', { timeout: 15_000 });
    await expect(harness.element).to.be.accessible();
  });

  it('keeps the file that is open when one comes back to choose another', async () => {
    const harness = await show();
    await harness.choose(csv(two));
    await harness.send('first name', 'Last name');
    harness.button('Choose another file').click();
    await harness.sees('.drop');
    expect(harness.text).to.contain('customers.csv is still open');
    harness.button('Go on').click();
    await harness.sees('[data-step=map]');
    expect(harness.target('first name')).to.equal('Last name');
  });

  it('reads on when it is moved on the page', async () => {
    const harness = await show();
    const reading = harness.element.readFile(csv(many(50_000)));
    await harness.sees('progress');
    const parent = harness.element.parentElement!;
    harness.element.remove();
    parent.append(harness.element);
    await reading;
    await harness.sees('[data-step=map]');
    expect(harness.fileLine).to.contain('50,000 rows');
  });
});
