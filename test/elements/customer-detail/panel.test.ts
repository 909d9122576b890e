import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { DetailHarness, listen, stillness } from './harness.ts';

const walkable = { 'previous-id': 'amir', 'next-id': 'amir' };
const asPanel = { presentation: 'panel', ...walkable };

describe('customer-detail: panel, dialog, keys', () => {
  afterEach(() => setViewport({ width: 1200, height: 800 }));
  beforeEach(() => setViewport({ width: 1200, height: 800 }));

  it('is open while it has a customer', async () => {
    const detail = await DetailHarness.create({ attributes: asPanel });
    expect(detail.isOpen).to.equal(true);
    detail.element.removeAttribute('customer-id');
    await detail.element.updateComplete;
    expect(detail.has('dialog')).to.equal(false);
    detail.element.customerId = 'zoe';
    await detail.loaded();
    expect(detail.isOpen).to.equal(true);
  });

  it('leaves the page usable beside a panel, and not behind a dialog', async () => {
    const panel = await DetailHarness.create({ attributes: asPanel });
    expect(panel.find('dialog').matches(':modal')).to.equal(false);
    await stillness(panel.element);
    const { left, width, height } = panel.find('dialog').getBoundingClientRect();
    expect([left, width, height]).to.deep.equal([600, 600, 800]);
    panel.element.remove();
    const dialog = await DetailHarness.create({ attributes: { presentation: 'dialog' } });
    expect(dialog.find('dialog').matches(':modal')).to.equal(true);
  });

  it('stands above an ancestor that is transformed and cut', async () => {
    const detail = await DetailHarness.create({ attributes: asPanel });
    const box = detail.element.parentElement!;
    box.style.transform = 'translateX(10px)';
    box.style.overflow = 'hidden';
    await stillness(detail.element);
    expect(detail.find('dialog').getBoundingClientRect().right).to.equal(1200);
  });

  it('takes the focus when it opens and gives it back when it closes', async () => {
    const opener = document.createElement('button');
    document.body.append(opener);
    for (const presentation of ['panel', 'dialog']) {
      opener.focus();
      const detail = await DetailHarness.create({ attributes: { presentation } });
      expect(detail.focused?.localName, presentation).to.equal('dialog');
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !detail.has('dialog'));
      expect(document.activeElement === opener, presentation).to.equal(true);
    }
    opener.remove();
  });

  it('announces that it closes, and stays where the host prevents it', async () => {
    const detail = await DetailHarness.create({ attributes: asPanel });
    const closed = listen(detail.element, 'detail-closed');
    const stay = (event: Event) => event.preventDefault();
    detail.element.addEventListener('detail-close', stay);
    await detail.press('Close');
    expect(detail.isOpen).to.equal(true);
    detail.element.removeEventListener('detail-close', stay);
    await detail.press('Close');
    expect(detail.has('dialog')).to.equal(false);
    expect(closed).to.deep.equal([{ customerId: 'zoe' }]);
  });

  it('keeps a modal open where the host prevents closing, however often Escape is pressed', async () => {
    const detail = await DetailHarness.create({ attributes: { presentation: 'dialog' } });
    detail.element.addEventListener('detail-close', (event) => event.preventDefault());
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Escape' });
    await detail.loaded();
    expect(detail.isOpen).to.equal(true);
  });

  it('is open again where it was moved in the page', async () => {
    for (const presentation of ['panel', 'dialog']) {
      const detail = await DetailHarness.create({ attributes: { presentation } });
      const box = document.createElement('section');
      document.body.append(box);
      box.append(detail.element);
      await detail.loaded();
      expect(detail.isOpen, presentation).to.equal(true);
      expect(detail.find('dialog').matches(':modal'), presentation).to.equal(presentation === 'dialog');
      box.remove();
    }
  });

  it('goes to the next and the previous customer by j and k, with the focus kept', async () => {
    const detail = await DetailHarness.create({ attributes: asPanel });
    const shown = listen(detail.element, 'customer-shown');
    await sendKeys({ press: 'j' });
    await detail.loaded();
    expect(detail.name).to.equal('Amir');
    detail.element.previousId = 'zoe';
    await sendKeys({ press: 'k' });
    await detail.loaded();
    expect(detail.name).to.equal('Zoë Lefèvre');
    expect(detail.focused?.localName).to.equal('dialog');
    expect(shown).to.deep.equal([
      { customerId: 'amir', by: 'next' },
      { customerId: 'zoe', by: 'previous' },
    ]);
  });

  it('keeps the focus inside where what had it goes with the customer', async () => {
    const detail = await DetailHarness.create({ attributes: asPanel });
    detail.fact('E-mail').querySelector('a')!.focus();
    await sendKeys({ press: 'j' });
    await detail.loaded();
    expect(detail.focused).to.not.equal(null);
  });

  it('leaves j and k to the host where shortcuts are off, and to those who type', async () => {
    const detail = await DetailHarness.create({ attributes: { ...asPanel, shortcuts: 'off' } });
    await detail.key('j');
    expect(detail.name).to.equal('Zoë Lefèvre');
    detail.element.shortcuts = undefined;
    await detail.key('j', detail.find('select'));
    expect(detail.name).to.equal('Zoë Lefèvre');
  });

  it('stays where the host prevents customer-show, and at the end of the list', async () => {
    const detail = await DetailHarness.create({ attributes: { ...asPanel } });
    const stay = (event: Event) => event.preventDefault();
    detail.element.addEventListener('customer-show', stay);
    await detail.press('Next customer');
    expect(detail.name).to.equal('Zoë Lefèvre');
    detail.element.removeEventListener('customer-show', stay);
    detail.element.nextId = undefined;
    await detail.press('Next customer');
    expect(detail.name).to.equal('Zoë Lefèvre');
    expect(detail.button('Next customer').getAttribute('aria-disabled')).to.equal('true');
  });

  it('chooses tabs by arrow keys, mirrored from right to left', async () => {
    const detail = await DetailHarness.create();
    detail.find('#tab-info').focus();
    await sendKeys({ press: 'ArrowRight' });
    await detail.element.updateComplete;
    expect(detail.focused?.id).to.equal('tab-orders');
    expect(detail.find('#tab-orders').getAttribute('aria-selected')).to.equal('true');
    await sendKeys({ press: 'End' });
    await detail.element.updateComplete;
    expect(detail.focused?.id).to.equal('tab-timeline');
    detail.element.lang = 'ar';
    await waitUntil(() => detail.text('#tab-notes').startsWith('الملاحظات'));
    await sendKeys({ press: 'ArrowRight' });
    await detail.element.updateComplete;
    expect(detail.focused?.id).to.equal('tab-notes');
  });

  it('stands at the left, and its chart runs from right to left, in Arabic', async () => {
    const detail = await DetailHarness.create({ attributes: { ...asPanel, locale: 'ar' } });
    await waitUntil(() => detail.text('#tab-info') === 'المعلومات');
    await stillness(detail.element);
    expect(detail.find('dialog').getBoundingClientRect().left).to.equal(0);
  });

  it('is a whole page with a way back on a phone', async () => {
    await setViewport({ width: 390, height: 800 });
    const detail = await DetailHarness.create({ attributes: asPanel });
    await stillness(detail.element);
    const { left, width, height } = detail.find('dialog').getBoundingClientRect();
    expect([left, width, height]).to.deep.equal([0, 390, 800]);
    expect(detail.find('dialog').matches(':modal')).to.equal(true);
    expect(detail.find('.body').scrollWidth).to.be.at.most(390);
    for (const button of detail.all('.head button')) {
      const box = button.getBoundingClientRect();
      if (box.width) expect(Math.min(box.width, box.height), button.ariaLabel!).to.be.at.least(44);
    }
    await detail.press('Back');
    expect(detail.has('dialog')).to.equal(false);
  });

  it('becomes a page when the window gets narrow', async () => {
    const detail = await DetailHarness.create({ attributes: asPanel });
    await setViewport({ width: 390, height: 800 });
    await waitUntil(() => detail.find('dialog').matches(':modal'));
  });

  it('warns about a presentation that is none, and is a panel', async () => {
    const warned: unknown[] = [];
    const warn = console.warn;
    console.warn = (text: unknown) => warned.push(text);
    const detail = await DetailHarness.create({ attributes: { presentation: 'drawer' } });
    console.warn = warn;
    expect(warned).to.have.length(1);
    expect(detail.isOpen).to.equal(true);
  });
});
