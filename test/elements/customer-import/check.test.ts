import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { csv, ImportHarness } from './harness.ts';

const people = [
  'Email,First Name,Phone,Country,Accepts Marketing,Status,Zip,Comment',
  'ann@example.com,Ann,+4922155501001,Germany,yes,active,50667,', // 2
  'mailto:bob@example.com,Bob,,,,,,', // 3
  'Cleo <cleo@example.com>,Cleo,,,,,,', // 4
  'no address,Dan,,,,,,', // 5
  ',Eve,,,,,,', // 6
  'ANN@example.com,Anna,,,,,,again', // 7
  'fay@example.com,Fay,,Atlantis,perhaps,gold,,', // 8
  'gus@example.com,Gus,4.91512E+11,Atlantis,,,,', // 9
  'hal@example.com,Hal,,Germany,,,1067,', // 10
  `ida@example.com,${'I'.repeat(120)},,,,,,`, // 11
  'joe@example.com,,0221 555 0100,,,,,', // 12
].join('\n');

/** The step of the check, with what a person does in it and sees of it. */
class CheckHarness {
  readonly import: ImportHarness;

  static async open(text: string, setup: { width?: string; lang?: string } = {}): Promise<CheckHarness> {
    const harness = await ImportHarness.create(createMemoryAdapter(), setup);
    await harness.chooseUntil('check', csv(text));
    const check = new CheckHarness(harness);
    await check.settled();
    return check;
  }

  private constructor(harness: ImportHarness) {
    this.import = harness;
  }

  get root(): ShadowRoot {
    return this.import.root;
  }

  /** Nothing is being checked and all rows in sight are here. */
  async settled(): Promise<void> {
    await waitUntil(
      () => !this.root.querySelector('.busy.on, .grid-row.loading') && this.root.querySelector('#kind-title'),
      'it does not come to rest',
      { timeout: 15_000 },
    );
    await this.import.element.updateComplete;
    await aTimeout(50);
  }

  get title(): string {
    return this.import.find('#kind-title').textContent?.trim() ?? '';
  }

  get foot(): string {
    return this.import.find('.footer p').textContent?.trim() ?? '';
  }

  get said(): string {
    return [...this.root.querySelectorAll('.visually-hidden[role=status]')]
      .map((status) => status.textContent?.trim())
      .join(' ');
  }

  get kinds(): Record<string, string> {
    return Object.fromEntries(
      this.import
        .all('.kind')
        .map((kind) => [
          kind.querySelector('.kind-name')?.textContent?.trim() ?? '',
          kind.querySelector('.kind-count')?.textContent?.trim() ?? '',
        ]),
    );
  }

  get chips(): string[] {
    return this.import.all('.chip-value').map((chip) => chip.textContent?.trim() ?? '');
  }

  /** The numbers of the rows that are shown. */
  get rows(): string[] {
    return this.import
      .all('.grid-body .grid-row [data-position="0"]')
      .map((cell) => cell.textContent?.trim() ?? '');
  }

  get pane(): string {
    return (this.import.find('.pane').textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  get grid(): HTMLElement {
    return this.import.find('.grid');
  }

  /** The cell that screen readers are told is the active one. */
  get active(): HTMLElement | null {
    return this.root.getElementById(this.grid.getAttribute('aria-activedescendant') ?? '');
  }

  row(number: number): HTMLElement {
    const found = this.import
      .all('.grid-body .grid-row')
      .find((row) => row.querySelector('[data-position="0"]')?.textContent?.trim() === String(number));
    if (!found) throw new Error(`Row ${number} is not shown; there are ${this.rows.join(', ')}`);
    return found;
  }

  /** The cell of a row below a header. */
  cell(number: number, header: string): HTMLElement {
    const headers = this.import.all('[role=columnheader]').map((cell) => cell.textContent?.trim());
    const cell = this.row(number).children[headers.indexOf(header)];
    if (!(cell instanceof HTMLElement)) throw new Error(`There is no column ${header}`);
    return cell;
  }

  async look(kind: string): Promise<void> {
    const found = this.import
      .all('.kind')
      .find((button) => button.querySelector('.kind-name')?.textContent?.trim() === kind);
    if (!found) throw new Error(`There is no kind ${kind}: ${Object.keys(this.kinds).join(', ')}`);
    found.click();
    await this.import.element.updateComplete;
    await this.settled();
  }

  /** Presses a button and waits until what it asks for is checked. */
  async press(selector: string): Promise<void> {
    this.import.find(selector).click();
    await this.import.element.updateComplete;
    await this.settled();
  }

  async keys(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const [press = '', modifier] = key.split('+').reverse();
      if (modifier) await sendKeys({ down: modifier });
      await sendKeys({ press });
      if (modifier) await sendKeys({ up: modifier });
      await this.import.element.updateComplete;
    }
    await this.settled();
  }

  /** Types into a cell as somebody with a keyboard does. */
  async type(number: number, header: string, value: string): Promise<void> {
    this.cell(number, header).dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
    await this.import.sees('.cell-editor');
    const editor = this.import.find<HTMLInputElement>('.cell-editor');
    editor.value = value;
    editor.dispatchEvent(new Event('input', { bubbles: true }));
    await this.keys('Enter');
  }

  async choose(select: HTMLSelectElement, value: string): Promise<void> {
    select.value = value;
    select.dispatchEvent(new Event('change'));
    await this.import.element.updateComplete;
    await this.settled();
  }

  /** The select beside a word of the file. */
  word(word: string): HTMLSelectElement {
    const row = this.import
      .all('.word')
      .find((found) => found.querySelector('.word-text')?.textContent?.trim() === word);
    const select = row?.querySelector('select');
    if (!select) throw new Error(`There is no word ${word}`);
    return select;
  }

  async find(text: string, replaceWith: string): Promise<void> {
    if (!this.root.querySelector('#find-text')) await this.press('[data-action=find]');
    for (const [id, value] of [
      ['#find-text', text],
      ['#replace-text', replaceWith],
    ] as const) {
      const field = this.import.find<HTMLInputElement>(id);
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    await waitUntil(() => this.matches !== '', 'nothing is counted', { timeout: 5000 });
  }

  get matches(): string {
    return this.import.find('.find-foot [role=status]').textContent?.trim() ?? '';
  }
}

describe('the check of <customer-import>', () => {
  it('shows kinds of problems with true numbers, and says in a sentence what will be imported', async () => {
    const check = await CheckHarness.open(people);
    expect(check.kinds).to.deep.equal({
      'Invalid e-mail': '3',
      'No e-mail': '1',
      'Too long': '1',
      'Repeated e-mail': '1',
      'Unknown country': '2',
      'Shortened phone': '1',
      'Short postal code': '1',
      'Unclear consent': '1',
      'Unknown status': '1',
      'No name': '1',
      'Unreadable phone': '1',
      Ready: '5',
      'All rows': '11',
    });
    expect(check.foot).to.equal('5 of 11 rows will be imported. 6 are left out.');
    expect(check.title).to.equal('3 rows with an invalid e-mail');
    expect(check.rows).to.deep.equal(['3', '4', '5']);
    expect(check.cell(5, 'Email').textContent).to.contain('Not a valid e-mail');
  });

  it('repairs all of a kind after showing what becomes of a few, and takes it back', async () => {
    const check = await CheckHarness.open(people);
    await check.import.sees('.previews li');
    const previews = check.import
      .all('.previews li')
      .map((line) => line.textContent?.replace(/\s+/g, ' ').trim());
    expect(previews).to.deep.equal([
      'mailto:bob@example.com bob@example.com',
      'Cleo <cleo@example.com> cleo@example.com',
    ]);
    await check.press('[data-action=repair]');
    expect(check.said).to.contain('2 e-mails repaired. 7 of 11 rows will be imported. 4 are left out.');
    expect(check.kinds['Invalid e-mail']).to.equal('1');
    expect(check.chips).to.deep.equal(['E-mails repaired']);
    expect(check.import.focused?.id).to.equal('kind-title');
    await check.press('.chip-remove');
    expect(check.kinds['Invalid e-mail']).to.equal('3');
    expect(check.chips).to.deep.equal([]);
    expect(check.import.focused?.id).to.equal('kind-title');
  });

  it('takes what the words of the file mean, once for all rows', async () => {
    const check = await CheckHarness.open(people);
    await check.look('Unknown country');
    expect(check.import.find('.word-count').textContent?.trim()).to.equal('2 rows');
    await check.choose(check.word('Atlantis'), 'GR');
    expect(check.kinds['Unknown country']).to.equal('0');
    expect(check.word('Atlantis').value).to.equal('GR');
    await check.look('Unclear consent');
    await check.choose(check.word('perhaps'), 'null');
    await check.look('Unknown status');
    await check.choose(check.word('gold'), 'active');
    expect(check.chips).to.deep.equal(['1 country named', '1 answer explained', '1 status explained']);
    await check.look('Ready');
    check.cell(8, 'Country').dispatchEvent(new MouseEvent('mousedown', { bubbles: true, composed: true }));
    await check.settled();
    expect(check.pane).to.contain('Imported as \u2068Greece\u2069');
    await check.look('Unknown country');
    await check.choose(check.word('Atlantis'), '');
    expect(check.kinds['Unknown country']).to.equal('2');
  });

  it('reads numbers in the country that rows without one are said to be in', async () => {
    const check = await CheckHarness.open(people);
    await check.look('Unreadable phone');
    await check.choose(check.import.find<HTMLSelectElement>('.default-country select'), 'DE');
    expect(check.kinds['Unreadable phone']).to.equal('0');
    expect(check.chips).to.deep.equal(['Without a country: Germany']);
    await check.press('.chip-remove');
    expect(check.kinds['Unreadable phone']).to.equal('1');
  });

  it('changes a cell in place, by keyboard alone', async () => {
    const check = await CheckHarness.open(people);
    check.grid.focus();
    await check.keys('ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown', 'Enter');
    expect(check.import.focused?.className).to.contain('cell-editor');
    expect((check.import.focused as HTMLInputElement).value).to.equal('no address');
    await sendKeys({ type: 'dan@example.com' });
    await check.keys('Enter');
    expect(check.kinds['Invalid e-mail']).to.equal('2');
    expect(check.import.focused).to.equal(check.grid);
    expect(check.said).to.contain('Row 5 is changed. 6 of 11 rows will be imported.');
    await check.look('Ready');
    expect(check.cell(5, 'Email').textContent).to.contain('dan@example.com');
    expect(check.cell(5, 'Email').textContent).to.contain('changed');
  });

  it('takes back what is typed with Escape, and a change by its button or all of them at once', async () => {
    const check = await CheckHarness.open(people);
    check.grid.focus();
    await check.keys('Enter');
    await sendKeys({ type: 'x' });
    await check.keys('Escape');
    expect(check.import.focused).to.equal(check.grid);
    expect(check.chips).to.deep.equal([]);
    await check.look('All rows');
    await check.type(2, 'First Name', 'Anne');
    await check.type(8, 'First Name', 'Faye');
    await check.type(9, 'First Name', 'Gustav');
    expect(check.chips).to.deep.equal(['3 cells changed']);
    expect(check.pane).to.contain('In the file: \u2068Gus\u2069');
    await check.press('[data-action=take-back-cell]');
    expect(check.chips).to.deep.equal(['2 cells changed']);
    expect(check.cell(9, 'First Name').textContent).to.contain('Gus');
    await check.press('.chip-remove');
    expect(check.cell(2, 'First Name').textContent?.trim()).to.equal('Ann');
    expect(check.chips).to.deep.equal([]);
  });

  it('offers for a single cell what is offered for its kind', async () => {
    const check = await CheckHarness.open(people);
    await check.press('[data-action=use-repair]');
    expect(check.rows).to.deep.equal(['4', '5']);
    expect(check.chips).to.deep.equal(['1 cell changed']);
    await check.look('Too long');
    expect(check.cell(11, 'First Name').textContent).to.contain('120 characters, 100 fit');
    await check.press('[data-action=shorten]');
    expect(check.kinds['Too long']).to.equal('0');
    await check.look('Ready');
    check
      .cell(11, 'First Name')
      .dispatchEvent(new MouseEvent('mousedown', { bubbles: true, composed: true }));
    await check.settled();
    expect(check.import.find('.pane-value').textContent?.trim()).to.equal('I'.repeat(100));
  });

  it('leaves rows out and takes them back', async () => {
    const check = await CheckHarness.open(people);
    await check.look('Ready');
    check.row(8).querySelector<HTMLElement>('.row-act')?.click();
    await check.settled();
    check.row(9).querySelector<HTMLElement>('.row-act')?.click();
    await check.settled();
    expect(check.foot).to.equal('3 of 11 rows will be imported. 8 are left out.');
    expect(check.chips).to.deep.equal(['2 rows left out']);
    await check.look('Left out by you');
    expect(check.rows).to.deep.equal(['8', '9']);
    check.grid.focus();
    await check.keys('Home', 'ArrowRight', 'Enter');
    expect(check.said).to.contain('Row 8 is taken back.');
    expect(check.rows).to.deep.equal(['9']);
  });

  it('keeps every one of several changes that follow each other at once', async () => {
    const check = await CheckHarness.open(people);
    await check.look('All rows');
    for (const row of [2, 8, 9]) check.row(row).querySelector<HTMLElement>('.row-act')?.click();
    await check.settled();
    await waitUntil(() => check.foot.startsWith('3 of'), `it is ${check.foot}`);
    expect(check.chips).to.deep.equal(['3 rows left out']);
  });

  it('shows rows that repeat an e-mail together, says what differs, and lets another one count', async () => {
    const check = await CheckHarness.open(people);
    await check.look('Repeated e-mail');
    expect(check.rows).to.deep.equal(['2', '7']);
    expect(check.cell(2, 'Email').textContent).to.contain('This one counts');
    expect(check.cell(7, 'Email').textContent).to.contain('Repeats row 2');
    expect(check.cell(7, 'First Name').textContent).to.contain('differs from row 2');
    check.grid.focus();
    await check.keys('F8');
    expect(check.active?.textContent).to.contain('ANN@example.com');
    await check.press('[data-action=use-instead]');
    expect(check.said).to.contain('Row 7 counts now.');
    expect(check.chips).to.deep.equal(['1 row left out']);
    await check.look('Ready');
    expect(check.rows).to.include('7').and.not.include('2');
  });

  it('goes from one problem to the next among all rows', async () => {
    const check = await CheckHarness.open(people);
    await check.look('All rows');
    check.grid.focus();
    await check.keys('F8');
    expect(check.active?.textContent).to.contain('mailto:bob@example.com');
    await check.keys('F8', 'F8', 'F8');
    expect(check.active?.closest('.grid-row')).to.equal(check.row(6));
    await check.keys('Shift+F8');
    expect(check.active?.closest('.grid-row')).to.equal(check.row(5));
    await check.keys('Control+End', 'F8');
    expect(check.said).to.contain('There is no further problem.');
  });

  it('finds and replaces, says beforehand in how many cells, and takes it back', async () => {
    const check = await CheckHarness.open(people);
    await check.look('All rows');
    await check.find('EXAMPLE.com', 'example.org');
    expect(check.matches).to.equal('9 cells would change.');
    await check.press('[data-action=replace]');
    expect(check.said).to.contain('9 cells replaced.');
    expect(check.cell(2, 'Email').textContent).to.contain('ann@example.org');
    expect(check.chips).to.deep.equal(['\u2068EXAMPLE.com\u2069 → \u2068example.org\u2069']);
    await check.press('.chip-remove');
    expect(check.cell(2, 'Email').textContent).to.contain('ann@example.com');
    const [wholeCell, matchCase] = check.import.all<HTMLInputElement>('.find-choice input');
    matchCase?.click();
    await waitUntil(() => check.matches === 'No cell would change.', `it says ${check.matches}`);
    matchCase?.click();
    wholeCell?.click();
    await check.find('atlantis', 'Greece');
    await waitUntil(() => check.matches === '2 cells would change.', `it says ${check.matches}`);
  });

  it('cannot go on while nothing is importable, and says so', async () => {
    const check = await CheckHarness.open('email,name\nmailto:ann@example.com,Ann\n');
    expect(check.foot).to.contain('No row can be imported yet.');
    expect(check.root.querySelector('[data-action=next]')).to.equal(null);
    await check.press('[data-action=repair]');
    expect(check.foot).to.equal('1 of 1 row will be imported.');
    expect(check.title).to.equal('Invalid e-mail');
    expect(check.import.text).to.contain('Nothing is left here.');
    check.import.find('[data-action=next]').click();
    await waitUntil(() => check.import.step === 'decide');
  });

  it('says of a clean file that nothing was found', async () => {
    const check = await CheckHarness.open('email,name\nann@example.com,Ann\n');
    expect(check.import.text).to.contain('No problems were found.');
    expect(check.kinds).to.deep.equal({ Ready: '1', 'All rows': '1' });
  });

  it('is imported as it was put right', async () => {
    const adapter = createMemoryAdapter();
    const harness = await ImportHarness.create(adapter);
    await harness.chooseUntil('check', csv('email,name\nmailto:ann@example.com,Ann\nbob@example.com,Bob\n'));
    await harness.sees('[data-action=repair]');
    harness.find('[data-action=repair]').click();
    await waitUntil(() => harness.text.includes('2 of 2 rows will be imported.'));
    await harness.start();
    await harness.finished();
    expect(harness.numbers.Added).to.equal('2');
  });

  it('shows text of the file as text, whatever it says and however long it is', async () => {
    const hostile = '<img src=x onerror="window.isHurt=true">';
    const check = await CheckHarness.open(
      `email,first name,__proto__,country\n"${hostile.replaceAll('"', '""')}",${hostile.replaceAll('"', "'")},x,\nann@example.com,"${'long '.repeat(1000)}\nend",x,\nbob@example.com,Bob,x,__proto__\n`,
    );
    expect(check.cell(2, 'email').textContent).to.contain('<img src=x');
    expect(check.root.querySelector('img')).to.equal(null);
    await check.look('Unknown country');
    await check.choose(check.word('__proto__'), 'FR');
    expect(check.word('__proto__').value).to.equal('FR');
    expect(check.kinds['Unknown country']).to.equal('0');
    await check.look('All rows');
    expect(check.cell(3, 'first name').textContent?.trim().length).to.be.lessThan(250);
    check.cell(3, 'first name').dispatchEvent(new MouseEvent('mousedown', { bubbles: true, composed: true }));
    await check.settled();
    expect(check.import.find('.pane-value').textContent).to.contain('end');
    expect((window as { isHurt?: boolean }).isHurt).to.equal(undefined);
  });

  it('shows characters that have no shape, since they are what is wrong', async () => {
    const check = await CheckHarness.open(
      'email,city\nann\u200b@example.com,x\nbob@example.com,"Ro\u0007me"\n',
    );
    expect(check.cell(2, 'email').textContent).to.contain('ann[U+200B]@example.com');
    await check.look('Unreadable characters');
    expect(check.cell(3, 'city').textContent).to.contain('Ro\u2407me');
  });

  describe('with many rows', () => {
    it('draws a window of many rows, and the last of them can be reached', async () => {
      const rows = Array.from({ length: 20_000 }, (_, index) =>
        index % 100 ? `p${index}@example.com,P` : `p${index},P`,
      );
      const check = await CheckHarness.open(`email,name\n${rows.join('\n')}`);
      await check.look('All rows');
      expect(check.rows.length).to.be.lessThan(100);
      expect(check.grid.getAttribute('aria-rowcount')).to.equal('20001');
      check.grid.focus();
      await check.keys('Control+End');
      await waitUntil(() => check.active?.closest('[aria-rowindex="20001"]'), 'the last row is not reached', {
        timeout: 10_000,
      });
      await check.settled();
      expect(check.row(20_001).textContent).to.contain('p19999@example.com');
      expect(check.import.focused).to.equal(check.grid);
      await check.keys('Shift+F8');
      await waitUntil(
        () => check.active?.textContent?.includes('p19900'),
        'the problem before it is not reached',
      );
    });

    it('keeps the place of what is typed when it scrolls out of sight', async () => {
      const rows = Array.from({ length: 500 }, (_, index) => `p${index}@example.com,P`);
      const check = await CheckHarness.open(`email,name\n${rows.join('\n')}`);
      check.grid.focus();
      await check.keys('Enter');
      await sendKeys({ type: 'typed@example.com' });
      check.import.find('.grid-body').scrollTop = 10_000;
      await waitUntil(() => check.import.focused === check.grid, 'the focus is lost', { timeout: 10_000 });
      await check.settled();
      expect(check.chips).to.deep.equal(['1 cell changed']);
    });
  });

  it('begins anew with another file', async () => {
    const check = await CheckHarness.open(people);
    await check.press('[data-action=repair]');
    await check.import.choose(csv('email,name\nann@example.com,Ann\n')).catch(() => undefined);
    await check.import.element.readFile(csv('email,name\nann@example.com,Ann\n'));
    await check.import.goTo('check');
    await check.settled();
    expect(check.chips).to.deep.equal([]);
    expect(check.foot).to.equal('1 of 1 row will be imported.');
  });

  describe('accessibility', () => {
    it('is kept in every state: a kind, words, repeated rows, typing, finding, nothing left', async () => {
      const check = await CheckHarness.open(people);
      const { element } = check.import;
      await check.import.sees('.previews li');
      await expect(element).to.be.accessible();
      await check.press('[data-action=repair]');
      await check.look('Unknown country');
      await check.choose(check.word('Atlantis'), 'GR');
      await expect(element).to.be.accessible();
      await check.look('Repeated e-mail');
      await expect(element).to.be.accessible();
      await check.look('All rows');
      check.grid.focus();
      await check.keys('Enter');
      await check.import.sees('.cell-editor');
      await expect(element).to.be.accessible();
      await check.keys('Escape');
      await check.find('ann', 'anna');
      await expect(element).to.be.accessible();
    });

    it('is kept on a phone', async () => {
      const check = await CheckHarness.open(people, { width: '358px' });
      await expect(check.import.element).to.be.accessible();
      expect(check.import.element.scrollWidth).to.be.at.most(358);
    });

    it('is kept right to left, where the arrow keys go as they point', async () => {
      const check = await CheckHarness.open(people, { lang: 'ar' });
      await waitUntil(() => check.import.text.includes('التحقق'));
      check.import.element.dir = 'rtl';
      await check.settled();
      check.grid.focus();
      await check.keys('ArrowLeft');
      expect(check.active?.textContent).to.contain('Bob');
      await expect(check.import.element).to.be.accessible();
    });
  });
});
