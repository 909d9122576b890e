import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import type { ColumnName } from '../../../src/elements/customer-table/columns.ts';
import { TableHarness, aFrame, listen, stillness, type Setup } from './harness.ts';

const storageKey = 'test-columns';

/** In 1200 pixels the first columns leave 308 for the name. */
const create = (setup: Setup = {}) =>
  TableHarness.create({
    count: 12,
    ...setup,
    attributes: { 'storage-key': storageKey, ...setup.attributes },
  });

const order = (table: TableHarness) =>
  table.all('thead th[aria-label]').map((heading) => heading.getAttribute('aria-label'));

const handle = (table: TableHarness, name: ColumnName) =>
  table.find(`thead .column-${name} [role=separator]`);

const width = (table: TableHarness, name: ColumnName) =>
  table.find(`thead .column-${name}`).getBoundingClientRect().width;

const edges = (table: TableHarness) =>
  table.all('thead th').map((heading) => Math.round(heading.getBoundingClientRect().left));

const centre = (element: Element): [number, number] => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
};

/** Presses a handle, draws it sideways and, where asked to, lets go. */
async function draw(table: TableHarness, name: ColumnName, pixels: number, letGo = true): Promise<void> {
  const [x, y] = centre(handle(table, name));
  await sendMouse({ type: 'move', position: [x, y] });
  await sendMouse({ type: 'down' });
  await sendMouse({ type: 'move', position: [x + pixels, y + 30] });
  if (letGo) await sendMouse({ type: 'up' });
  await table.element.updateComplete;
}

async function key(table: TableHarness, press: string): Promise<void> {
  await sendKeys({ press });
  await table.element.updateComplete;
}

before(() => setViewport({ width: 1280, height: 720 }));
after(() => setViewport({ width: 800, height: 600 }));
afterEach(() => localStorage.removeItem(storageKey));

describe('customer-table: the order of columns', () => {
  const first = ['Customer', 'Phone', 'Orders', 'Total spent', 'Groups', 'Status', 'Registered'];

  it('is the one that code gave, the customer first', async () => {
    const table = await create({ properties: { columns: ['status', 'name', 'phone'] } });
    expect(order(table)).to.deep.equal(['Customer', 'Status', 'Phone']);
  });

  it('leaves out names that are no columns', async () => {
    const columns = ['phone', 'shoe_size', 'phone'] as ColumnName[];
    const table = await create({ properties: { columns } });
    expect(order(table)).to.deep.equal(['Customer', 'Phone']);
  });

  it('is changed in the menu, in head and rows, with the actions last', async () => {
    const table = await create();
    await table.press('Columns');
    await table.press('Move Status up');
    expect(order(table)).to.deep.equal([
      'Customer',
      'Phone',
      'Orders',
      'Total spent',
      'Status',
      'Groups',
      'Registered',
    ]);
    const cells = [...table.find('tbody tr').children].map((cell) => cell.classList[0]);
    expect(cells.slice(4)).to.deep.equal([
      'column-total_spent',
      'column-status',
      'column-groups',
      'column-created_at',
      'actions-cell',
    ]);
  });

  it('has a menu that opens with the focus on what can be changed', async () => {
    const table = await create();
    table.button('Columns').focus();
    await key(table, 'Enter');
    await aFrame();
    expect((table.root.activeElement as HTMLElement).dataset.column).to.equal('email');
  });

  it('is changed by keyboard, keeps the focus on the column that moves, and says its new place', async () => {
    const table = await create();
    await table.press('Columns');
    table.button('Move Orders down').focus();
    await key(table, 'Enter');
    expect(table.focused).to.equal('button Move Orders down');
    expect(table.text('.root > [role=status]')).to.equal('Orders is now column 4 of 7');
    await key(table, 'Space');
    expect(table.focused).to.equal('button Move Orders down');
    expect(table.text('.root > [role=status]')).to.equal('Orders is now column 5 of 7');
    expect(order(table)[4]).to.equal('Orders');
  });

  it('ends behind the customer and at the last column, without losing the focus', async () => {
    const table = await create();
    await table.press('Columns');
    expect(table.hasButton('Move Customer down')).to.equal(false);
    for (const [label, column] of [
      ['Move Phone up', 'Phone'],
      ['Move Registered down', 'Registered'],
    ] as const) {
      const button = table.button(label);
      expect(button.getAttribute('aria-disabled'), column).to.equal('true');
      button.focus();
      await key(table, 'Enter');
      expect(table.focused).to.equal(`button ${label}`);
    }
    expect(order(table)).to.deep.equal(first);
  });

  it('brings a hidden column back where it was', async () => {
    const table = await create();
    await table.press('Columns');
    await table.press('Move Status up');
    await table.press('Move Status up');
    const moved = order(table);
    await table.choose('Status');
    expect(order(table)).to.not.include('Status');
    await table.choose('Status');
    expect(order(table)).to.deep.equal(moved);
  });

  it('is remembered when the table comes again', async () => {
    const table = await create();
    await table.press('Columns');
    await table.press('Move Registered up');
    const moved = order(table);
    expect(moved).to.not.deep.equal(first);
    expect(order(await create())).to.deep.equal(moved);
  });
});

describe('customer-table: the width of columns', () => {
  it('follows the pointer, and the other columns keep theirs', async () => {
    const table = await create();
    const before = edges(table);
    await draw(table, 'phone', -40, false);
    expect(width(table, 'phone')).to.equal(92);
    await sendMouse({ type: 'up' });
    // Selection, customer and phone begin where they did; what follows moves along; the actions stay at the end.
    const after = edges(table);
    expect(after.slice(0, 3)).to.deep.equal(before.slice(0, 3));
    expect(after.slice(3)).to.deep.equal(before.slice(3).map((edge) => edge - 40));
    expect(table.find('table').offsetWidth).to.equal(1200);
  });

  it('scrolls sideways where a person makes more than fits', async () => {
    const table = await create();
    const before = edges(table);
    await draw(table, 'groups', 100);
    expect(width(table, 'groups')).to.equal(324);
    expect(edges(table).slice(0, 6)).to.deep.equal(before.slice(0, 6));
    expect(table.find('.list').scrollWidth).to.equal(1300);
  });

  it('follows the pointer from right to left', async () => {
    const table = await create({ properties: { locale: 'ar' } });
    await draw(table, 'groups', -30);
    expect(width(table, 'groups')).to.equal(254);
    handle(table, 'groups').focus();
    await key(table, 'ArrowRight');
    expect(width(table, 'groups')).to.equal(246);
    await key(table, 'ArrowLeft');
    expect(width(table, 'groups')).to.equal(254);
  });

  it('is taken back by Escape while it is drawn', async () => {
    const table = await create();
    const before = edges(table);
    const heard = listen(table.element, 'keydown');
    await draw(table, 'groups', 60, false);
    await key(table, 'Escape');
    expect(heard, 'what the host closes by Escape stays open').to.have.length(0);
    await sendMouse({ type: 'up' });
    expect(edges(table)).to.deep.equal(before);
    expect(localStorage.getItem(storageKey)).to.equal(null);
  });

  it('neither sorts nor opens anything', async () => {
    const table = await create();
    const sorted = listen(table.element, 'sort-changed');
    const opened = listen(table.element, 'customer-open');
    await draw(table, 'total_spent', 24);
    await sendMouse({ type: 'click', position: centre(handle(table, 'total_spent')) });
    handle(table, 'total_spent').focus();
    await key(table, 'ArrowRight');
    await key(table, 'Enter');
    expect(sorted).to.have.length(0);
    expect(opened).to.have.length(0);
  });

  it('is a separator with its value in pixels, moved by keys', async () => {
    const table = await create();
    const separator = handle(table, 'phone');
    const value = () => Number(separator.getAttribute('aria-valuenow'));
    expect(separator.getAttribute('aria-label')).to.equal('Width of Phone');
    expect(separator.getAttribute('aria-valuemax')).to.equal('800');
    expect(Number(handle(table, 'name').getAttribute('aria-valuenow'))).to.equal(width(table, 'name'));
    const usual = value();
    separator.focus();
    await key(table, 'ArrowRight');
    expect(value()).to.equal(usual + 8);
    await key(table, 'ArrowLeft');
    await key(table, 'ArrowLeft');
    expect(value()).to.equal(usual - 8);
    expect(width(table, 'phone')).to.equal(usual - 8);
    await key(table, 'Home');
    expect(String(value())).to.equal(separator.getAttribute('aria-valuemin'));
    await key(table, 'ArrowLeft');
    expect(String(value())).to.equal(separator.getAttribute('aria-valuemin'));
    await key(table, 'Enter');
    expect(value()).to.equal(usual);
    expect(table.focused).to.equal('span Width of Phone');
  });

  it('is the usual one again after a double click', async () => {
    const table = await create();
    await draw(table, 'groups', -50);
    expect(width(table, 'groups')).to.equal(174);
    handle(table, 'groups').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    await table.element.updateComplete;
    expect(width(table, 'groups')).to.equal(224);
  });

  it('stays within what a column needs and what is sensible', async () => {
    const table = await create();
    await draw(table, 'groups', -600);
    expect(width(table, 'groups')).to.equal(Number(handle(table, 'groups').getAttribute('aria-valuemin')));
    const [x, y] = centre(handle(table, 'name'));
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [5000, y] });
    await sendMouse({ type: 'up' });
    await table.element.updateComplete;
    expect(width(table, 'name')).to.equal(800);
  });

  it('is remembered when the table comes again, and forgotten by Reset', async () => {
    const table = await create();
    await draw(table, 'phone', -30);
    await draw(table, 'name', -40);
    const drawn = edges(table);
    const next = await create();
    expect(edges(next)).to.deep.equal(drawn);
    await next.press('Columns');
    await next.press('Reset columns');
    expect(width(next, 'phone')).to.equal(132);
    expect(width(next, 'name')).to.equal(316);
    expect(edges(await create())).to.not.deep.equal(drawn);
  });

  it('leaves the name what is left at the next visit', async () => {
    await draw(await create(), 'phone', -30);
    const next = await create();
    expect(width(next, 'phone')).to.equal(102);
    expect(width(next, 'name')).to.equal(346);
  });

  it('survives being taken off the page and put back', async () => {
    const table = await create();
    await draw(table, 'phone', -30);
    const drawn = edges(table);
    const box = table.element.parentElement!;
    table.element.remove();
    box.append(table.element);
    await table.loaded();
    expect(edges(table)).to.deep.equal(drawn);
  });

  for (const [what, stored] of Object.entries({
    'no JSON': 'columns',
    'not an object': '7',
    'of other types': '{"columns":{"phone":1},"widths":[9],"density":3}',
    'of unknown names': '{"columns":["shoe_size"],"widths":{"shoe_size":100},"density":"airy"}',
    'out of bounds': '{"widths":{"phone":4,"groups":99999,"status":"100","name":null}}',
  })) {
    it(`ignores what is stored if it is ${what}`, async () => {
      const usual = edges(await create());
      localStorage.setItem(storageKey, stored);
      const table = await create();
      expect(edges(table)).to.deep.equal(usual);
      expect(table.element.density).to.equal('comfortable');
    });
  }

  it('is a target of 24 pixels for a finger', async () => {
    const table = await create();
    const rules = (table.element.shadowRoot!.adoptedStyleSheets ?? []).flatMap((sheet) => [
      ...sheet.cssRules,
    ]);
    const coarse = rules.filter(
      (rule): rule is CSSMediaRule =>
        rule instanceof CSSMediaRule && rule.conditionText === '(pointer: coarse)',
    );
    const sizes = coarse.flatMap((rule) => [...rule.cssRules] as CSSStyleRule[]);
    expect(sizes.find((rule) => rule.selectorText === '.resize')?.style.width).to.equal('24px');
  });
});

describe('customer-table: the line behind the customer', () => {
  const hasLine = (table: TableHarness) =>
    getComputedStyle(table.find('tbody .column-name'), '::after').content !== 'none';

  it('is there only while columns have gone beneath', async () => {
    const table = await create({ width: '760px' });
    const list = table.find('.list');
    const scroll = async (left: number) => {
      list.scrollLeft = left;
      await aFrame();
      await table.element.updateComplete;
    };
    expect(hasLine(table)).to.equal(false);
    await scroll(60);
    expect(hasLine(table)).to.equal(true);
    await scroll(0);
    expect(hasLine(table)).to.equal(false);
  });
});

describe('customer-table: room for the name', () => {
  const cut = (table: TableHarness) => table.all('.email').filter((one) => one.scrollWidth > one.clientWidth);

  it('shows e-mails whole beside a dashboard’s navigation', async () => {
    const table = await create({ width: '1162px', count: 20 });
    expect(table.find('.list').scrollWidth).to.equal(1162);
    expect(cut(table)).to.have.length(0);
  });

  it('shows e-mails whole where the columns scroll anyway', async () => {
    expect(cut(await create({ width: '760px', count: 20 }))).to.have.length(0);
  });
});

for (const theme of ['light', 'dark'] as const) {
  describe(`customer-table: columns and axe, ${theme}`, () => {
    it('finds nothing in drawn columns and their menu', async () => {
      const table = await create({ attributes: { theme } });
      table.element.parentElement!.style.background = theme === 'dark' ? '#16181c' : '#ffffff';
      await draw(table, 'groups', 80);
      handle(table, 'phone').focus();
      await stillness(table.element);
      await expect(table.element).to.be.accessible();
      await table.press('Columns');
      await stillness(table.element);
      await expect(table.element).to.be.accessible();
    });
  });
}
