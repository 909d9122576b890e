import { expect, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { TableHarness, listen, stillness, type Setup } from './harness.ts';

const accessible = async (table: TableHarness) => {
  await stillness(table.element);
  await expect(table.element).to.be.accessible();
};

for (const theme of ['light', 'dark'] as const) {
  describe(`customer-table: axe, ${theme}`, () => {
    const show = async (setup: Setup = {}) => {
      const table = await TableHarness.begin({
        ...setup,
        attributes: { theme, ...setup.attributes },
      });
      table.element.parentElement!.style.background = theme === 'dark' ? '#16181c' : '#ffffff';
      if (!setup.options?.delay) await table.loaded();
      return table;
    };

    it('finds nothing in the list', async () => accessible(await show()));

    it('finds nothing in the list in Arabic', async () =>
      accessible(await show({ properties: { locale: 'ar' } })));

    it('finds nothing in compact rows with every column', async () => {
      const { columnNames } = await import('../../../src/elements/customer-table/columns.ts');
      await accessible(
        await show({ attributes: { density: 'compact' }, properties: { columns: columnNames } }),
      );
    });

    it('finds nothing while loading', async () => {
      await accessible(await show({ options: { delay: () => new Promise(() => {}) } }));
    });

    it('finds nothing in an empty shop', async () => {
      await accessible(await show({ count: 0, attributes: { actions: 'create import' } }));
    });

    it('finds nothing where nobody matches', async () => {
      await accessible(await show({ properties: { filters: { search: 'nobody', status: 'guest' } } }));
    });

    it('finds nothing in an error', async () => {
      const fail = () => new AdapterError('unavailable', 'down');
      await accessible(await show({ options: { fail } }));
    });

    it('finds nothing with a selection', async () => {
      const table = await show();
      table.find('thead input').click();
      await accessible(table);
    });

    it('finds nothing in cards on a phone', async () => accessible(await show({ width: '390px' })));

    for (const kind of ['Status', 'Group', 'Number of orders', 'Total spent', 'Registered', 'Country']) {
      it(`finds nothing in the editor of ${kind}`, async () => {
        const table = await show({ properties: { filters: { status: ['active'], hasOrders: true } } });
        await table.addFilter(kind);
        await waitUntil(() => table.find('.popover').innerText.trim() !== '');
        await accessible(table);
      });
    }

    it('finds nothing in the menus', async () => {
      const table = await show({ attributes: { actions: 'edit delete' } });
      await table.press(`Actions for ${table.names[0]!}`);
      await accessible(table);
      await table.dismiss();
      await table.press('Columns');
      await accessible(table);
    });
  });
}

describe('customer-table: by keyboard', () => {
  it('reaches everything in the order one sees it', async () => {
    const table = await TableHarness.create({ count: 12, properties: { filters: { hasOrders: true } } });
    table.searchField.focus();
    const stops: string[] = [];
    for (let stop = 0; stop < 14; stop++) {
      await sendKeys({ press: 'Tab' });
      stops.push(table.focused);
    }
    expect(stops.slice(0, 5)).to.deep.equal([
      'button Has orders: Yes',
      'button Remove filter Has orders',
      'button Filter',
      'button Clear all',
      'button Columns',
    ]);
    expect(stops[5]).to.match(/^input Select/);
    expect(stops).to.include('button Customer');
  });

  it('opens the row’s menu, walks it by arrows and letters, runs an item and returns', async () => {
    const table = await TableHarness.create();
    const label = `Actions for ${table.names[1]!}`;
    table.button(label).focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => table.focused === 'button View');
    await sendKeys({ press: 'ArrowDown' });
    expect(table.focused).to.equal('button Send e-mail');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'ArrowUp' });
    expect(table.focused).to.equal('button Copy e-mail');
    await sendKeys({ press: 'v' });
    expect(table.focused).to.equal('button View');
    const opened = listen(table.element, 'customer-open');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => !table.find('.popover').matches(':popover-open'));
    await table.loaded();
    expect(opened).to.have.length(1);
    expect(table.focused).to.equal(`button ${label}`);
  });

  it('selects by Space and opens by Enter', async () => {
    const table = await TableHarness.create();
    const opened = listen(table.element, 'customer-open');
    table.checkbox(0).focus();
    await sendKeys({ press: 'Space' });
    await table.element.updateComplete;
    expect(table.has('.selection-bar')).to.equal(true);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    expect(opened).to.have.length(1);
  });

  it('scrolls sideways by keyboard where the columns do not fit', async () => {
    const table = await TableHarness.create({ width: '760px' });
    const list = table.find('.list');
    expect(list.tabIndex).to.equal(0);
    expect(list.scrollWidth).to.be.greaterThan(list.clientWidth);
    list.focus();
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(() => list.scrollLeft > 0);
  });
});

describe('customer-table: on a phone', () => {
  before(() => setViewport({ width: 390, height: 844 }));
  after(() => setViewport({ width: 800, height: 600 }));

  it('is a list of cards, 56 pixels and more, that fits the width', async () => {
    const table = await TableHarness.create({ width: '360px' });
    expect(table.has('table')).to.equal(false);
    expect(table.all('.card')).to.have.length(20);
    expect(Math.min(...table.all('.card').map((card) => card.offsetHeight))).to.be.at.least(56);
    expect(table.element.scrollWidth).to.be.at.most(360);
    for (const card of table.all('.card')) expect(card.scrollWidth).to.be.at.most(360);
  });

  it('sorts by a menu', async () => {
    const table = await TableHarness.create({ width: '360px' });
    await table.press('Sort');
    await table.press('Total spent');
    expect(table.element.sort).to.deep.equal({ by: 'total_spent', direction: 'desc' });
    await table.press('Sort');
    await table.press('Lowest first');
    expect(table.element.sort).to.deep.equal({ by: 'total_spent', direction: 'asc' });
  });

  it('opens editors as a sheet at the bottom', async () => {
    const table = await TableHarness.create({ width: '360px' });
    await table.addFilter('Registered');
    await stillness(table.element);
    const sheet = table.find('.popover').getBoundingClientRect();
    expect(Math.round(sheet.bottom)).to.equal(window.innerHeight);
    expect(sheet.width).to.equal(document.documentElement.clientWidth);
  });

  it('becomes a table again when there is room', async () => {
    const table = await TableHarness.create({ width: '360px' });
    table.element.parentElement!.style.width = '900px';
    await waitUntil(() => table.has('table'));
  });
});

describe('customer-table: reduced motion', () => {
  it('moves nothing', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const table = await TableHarness.create();
    await table.check(0);
    const running = table.root
      .getAnimations()
      .filter((one) => Number(one.effect?.getComputedTiming().duration) > 1);
    expect(running).to.have.length(0);
    await emulateMedia({ reducedMotion: 'no-preference' });
  });
});
