import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { createMemoryAdapter, sampleCustomers } from '../../../src/adapters/memory/index.ts';
import { allFields } from '../../../src/elements/customer-export/field-groups.ts';
import { defaultExportFields, exportFields } from '../../../src/model/export.ts';
import { ExportHarness, linesOf } from './harness.ts';

const adapter = createMemoryAdapter({ ...sampleCustomers(3), access: { role: 'editor' } });
const usual = [...defaultExportFields];

describe('<customer-export>: the groups of columns', () => {
  it('have every column once', () => {
    expect([...allFields].sort()).to.deep.equal([...exportFields].sort());
  });
});

describe('<customer-export>: columns', () => {
  let harness: ExportHarness;
  const open = async (...given: Parameters<typeof ExportHarness.create>) =>
    (harness = await ExportHarness.create(...given));
  const head = async () => linesOf((await harness.export()).text)[0];

  beforeEach(() => localStorage.clear());
  afterEach(() => harness.end());

  it('are ticked and left out', async () => {
    await open(adapter);
    expect(harness.columns).to.deep.equal(usual);
    await harness.press('[data-field=tags]');
    await harness.press('[data-field=phone]');
    expect(harness.columns).to.deep.equal([...usual.filter((field) => field !== 'phone'), 'tags']);
    expect(await head()).to.equal('First Name,Last Name,Email,Status,Orders,Total Spent,Tags');
  });

  it('are ticked by the group, all and the usual ones at once', async () => {
    await open(adapter);
    await harness.press('[data-group=orders] legend input');
    expect(harness.columns).to.deep.equal([...usual, 'average_order_value', 'last_order_date']);
    await harness.press('[data-group=orders] legend input');
    expect(harness.columns).to.deep.equal(usual.slice(0, 5));
    await harness.press('[data-action=all]');
    expect(harness.columns).to.have.length(exportFields.length);
    await harness.press('[data-action=default]');
    expect(harness.columns).to.deep.equal(usual);
  });

  it('are put in order by the keyboard, which keeps its place and says where they are', async () => {
    await open(adapter);
    const up = harness.find('[data-move="email -1"]');
    up.focus();
    await sendKeys({ press: 'Enter' });
    await harness.element.updateComplete;
    expect(harness.columns.slice(0, 3)).to.deep.equal(['first_name', 'email', 'last_name']);
    await harness.reads('');
    expect((harness.root.activeElement as HTMLElement).dataset.move).to.equal('email -1');
    expect(harness.root.textContent).to.include('E-mail is now column 2 of 7');
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Enter' });
    await harness.element.updateComplete;
    expect(harness.columns[0]).to.equal('email');
    expect((harness.root.activeElement as HTMLElement).getAttribute('aria-disabled')).to.equal('true');
    expect((await head())?.startsWith('Email,First Name,Last Name,')).to.equal(true);
  });

  it('are put in order by dragging, and stay where Escape is pressed', async () => {
    await open(adapter);
    const at = (selector: string, share: number) => {
      const { left, top, width, height } = harness.find(selector).getBoundingClientRect();
      return [Math.round(left + width / 2), Math.round(top + height * share)] as [number, number];
    };
    harness.find('[data-column=phone]').scrollIntoView({ block: 'center' });
    await sendMouse({ type: 'move', position: at('[data-column=phone] .handle', 0.5) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: at('[data-column=first_name] .handle', 0.2) });
    await sendMouse({ type: 'up' });
    await harness.element.updateComplete;
    expect(harness.columns.slice(0, 3)).to.deep.equal(['phone', 'first_name', 'last_name']);
    const before = harness.columns;
    await sendMouse({ type: 'move', position: at('[data-column=phone] .handle', 0.5) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: at('[data-column=email] .handle', 0.9) });
    expect(harness.root.querySelector('.dragged')).to.not.equal(null);
    await sendKeys({ press: 'Escape' });
    await sendMouse({ type: 'up' });
    await harness.element.updateComplete;
    expect(harness.columns).to.deep.equal(before);
  });

  it('need to be one at least', async () => {
    await open(adapter, { fields: ['email'] });
    await harness.press('[data-remove=email]');
    await harness.reads('Choose at least one column.');
    expect(harness.find('.start').getAttribute('aria-disabled')).to.equal('true');
    // Nothing is lost: the focus is where it can be ticked again.
    expect((harness.root.activeElement as HTMLElement).dataset.field).to.equal('email');
  });

  it('are remembered with their order and the format, where a key says so', async () => {
    await open(adapter, { storageKey: 'mine' });
    await harness.press('[data-remove=first_name]');
    await harness.press('[data-move="email -1"]');
    await harness.press('input[value=xlsx]');
    harness.end();
    const left = harness.columns;
    await open(adapter, { storageKey: 'mine' });
    expect(harness.columns).to.deep.equal(left);
    expect(harness.find<HTMLInputElement>('input[value=xlsx]').checked).to.equal(true);
    harness.end();
    await open(adapter);
    expect(harness.columns).to.deep.equal(usual);
  });

  it('are the usual ones where something else is remembered', async () => {
    localStorage.setItem('mine', '{"fields": ["nothing", 5], "format": "pdf"}');
    await open(adapter, { storageKey: 'mine' });
    expect(harness.columns).to.deep.equal(usual);
    expect(harness.find<HTMLInputElement>('input[value=csv]').checked).to.equal(true);
  });
});
