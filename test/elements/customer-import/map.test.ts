import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { csv, fixtureFile, ImportHarness, shopifyExport } from './harness.ts';

const site = 'a-shop';
const show = (
  setup: { width?: string; lang?: string } = {},
  adapter: CustomerAdapter = { ...createMemoryAdapter(), site },
) => ImportHarness.create(adapter, setup);

const odd = csv(
  'E-Mail;Frist Name;Phones;Last visit;Notes;pass_hash;Street;House number\n' +
    'ann@example.com;Ann;+49 30 23125012;03/04/2024;calls;abc;Hauptstr.;7\n' +
    'bob@example.com;Bob;none;05/06/2024;;def;Ringweg;12\n' +
    'cy@example.com;Cy;+44 20 7946 0123;01/02/2024;;ghi;Am Markt;3\n' +
    'nobody;;x;;;;;\n',
  'odd.csv',
);

/** Whom an import of the file as it is mapped now makes. */
async function imported(harness: ImportHarness, email: string) {
  await harness.start();
  await harness.finished();
  const { rows } = await harness.element.adapter!.listCustomers({
    filters: { search: email },
    sort: { by: 'created_at', direction: 'desc' },
    limit: 1,
  });
  return await harness.element.adapter!.getCustomer({ id: rows[0]!.id });
}

describe('<customer-import>, mapping the columns', () => {
  beforeEach(() => localStorage.clear());
  after(() => localStorage.clear());

  describe('of a platform that is known', () => {
    it('is one line, and the way on comes first', async () => {
      const harness = await show();
      await harness.choose(await shopifyExport());
      expect(harness.text).to.contain('Recognised: Shopify export. 14 columns mapped, 6 kept as metadata.');
      expect(harness.find('.footer p').textContent).to.equal(
        '40 of 47 rows can be imported. Next you see what is to know about 7 rows.',
      );
      expect(harness.all('.column')[0]!.offsetHeight, 'the file in view').to.be.above(0);
      await sendKeys({ press: 'Tab' });
      expect(harness.focused?.textContent?.trim()).to.equal('Next');
      await expect(harness.element).to.be.accessible();
    });

    it('shows each column with its values, what it becomes and why', async () => {
      const harness = await show();
      await harness.choose(await shopifyExport());
      expect(harness.all('.column')).to.have.length(20);
      const card = harness.card('First Name');
      expect(
        [...card.querySelectorAll('.column-samples bdi')].map((value) => value.textContent),
      ).to.deep.equal(['Zoë', 'José María', 'Anaïs']);
      expect(harness.why('First Name')).to.equal('Known from Shopify export');
      expect(harness.target('First Name')).to.equal('First name');
      expect(harness.target('Note')).to.equal('Keep as metadata');
      expect(harness.card('Default Address Phone').innerText).to.contain('Where “Phone” is empty');
      await expect(harness.element).to.be.accessible();
    });
  });

  describe('of a file of its own kind', () => {
    it('puts what is needed first, what is open next, and locks what is secret', async () => {
      const harness = await show();
      await harness.choose(odd);
      expect(harness.all('.columns-section h4').map((title) => title.innerText.trim())).to.deep.equal([
        'E-mail and name 2',
        'Please look at these 2',
        'Other fields 2',
        'Other columns 1',
        'Not imported 1',
      ]);
      expect(harness.why('Phones')).to.contain('Perhaps Phone?');
      expect(harness.why('Frist Name')).to.match(/\d\d% sure/);
      const secret = harness.card('pass_hash');
      expect(secret.querySelector('select')).to.equal(null);
      expect(secret.textContent).to.contain('never shown, kept or imported').and.not.to.contain('abc');
      await expect(harness.element).to.be.accessible();
    });

    it('asks, and is answered by a button; the cards stay where they are', async () => {
      const harness = await show();
      await harness.choose(odd);
      const order = () => harness.all('.column').map((card) => card.dataset.column);
      const before = order();
      expect(harness.find('.footer').textContent).to.contain('2 columns are still open');
      harness.button('Use as Phone').click();
      await harness.checked();
      expect(harness.target('Phones')).to.equal('Phone');
      expect(harness.card('Phones').textContent).to.contain('You chose this');
      harness.button('That’s right').click();
      await harness.element.updateComplete;
      await waitUntil(() => harness.card('Frist Name').contains(harness.focused));
      expect(harness.all('.column.asks')).to.have.length(1);
      expect(order()).to.deep.equal(before);
    });

    it('has its dates read as somebody says', async () => {
      const harness = await show();
      await harness.choose(odd);
      const dates = () =>
        harness.card('Last visit').querySelector<HTMLSelectElement>('.column-further select')!;
      expect([...dates().options].map(({ text }) => text.trim())).to.deep.equal([
        'Which comes first?',
        'Day first: Apr 3, 2024',
        'Month first: Mar 4, 2024',
      ]);
      await harness.select(dates(), 'Month first: Mar 4, 2024');
      expect(harness.card('Last visit').classList.contains('asks')).to.equal(false);
      const { customer } = await imported(harness, 'ann@example.com');
      expect(customer.metadata['Last visit']).to.equal('2024-03-04');
    });

    it('is sent elsewhere column by column: left out, kept, another address', async () => {
      const harness = await show();
      await harness.choose(
        csv('email,city,town 2,rubbish,name\nann@example.com,Berlin,Bonn,x,Ann Lee\n', 'other.csv'),
      );
      await harness.send('rubbish', 'Don’t import');
      await harness.send('town 2', 'City, address 2');
      expect(harness.target('town 2')).to.equal('City, address 2');
      expect(harness.target('name')).to.equal('Whole name');
      const { customer } = await imported(harness, 'ann@example.com');
      expect(customer).to.include({ first_name: 'Ann', last_name: 'Lee' });
      expect(Object.keys(customer.metadata)).not.to.include('rubbish');
    });
  });

  describe('two columns into one field', () => {
    const phones = (): File =>
      csv(
        'email,phone,office\nann@example.com,,+49 30 23125012\nbob@example.com,+44 20 7946 0123,+49 30 111\n',
      );

    it('lets the second speak where the first is empty, until it is put first', async () => {
      const harness = await show();
      await harness.choose(phones());
      await harness.send('office', 'Phone');
      const manner = (header: string) =>
        harness
          .card(header)
          .querySelector<HTMLSelectElement>('.column-further select')!
          .selectedOptions[0]!.text.trim();
      expect(manner('office')).to.equal('Where “phone” is empty');
      expect(manner('phone')).to.equal('This column first');
      await harness.select(
        harness.card('office').querySelector('.column-further select')!,
        'This column first',
      );
      expect(manner('phone')).to.equal('Where “office” is empty');
    });

    it('lets the one that is left speak by itself', async () => {
      const harness = await show();
      await harness.choose(phones());
      await harness.send('office', 'Phone');
      await harness.send('phone', 'Don’t import');
      expect(harness.card('office').querySelector('.column-further')).to.equal(null);
      const { customer } = await imported(harness, 'bob@example.com');
      expect(customer.metadata.office ?? customer.phone).to.contain('30');
    });

    it('puts one behind the other', async () => {
      const harness = await show();
      await harness.choose(csv('email,street,flat,city,country\nann@example.com,Ringweg,12,Bonn,DE\n'));
      await harness.send('flat', 'Address');
      await harness.select(harness.card('flat').querySelector('.column-further select')!, 'Behind “street”');
      const { addresses } = await imported(harness, 'ann@example.com');
      expect(addresses[0]?.address_line_1).to.equal('Ringweg 12');
    });
  });

  it('knows a column of consent whose yes means no', async () => {
    const harness = await show();
    await harness.choose(csv('email,newsletter\nann@example.com,no\nbob@example.com,yes\n'));
    await harness.select(
      harness.card('newsletter').querySelector('.column-further select')!,
      'wants no marketing',
    );
    const { customer } = await imported(harness, 'ann@example.com');
    expect(customer.accepts_marketing).to.equal(true);
  });

  it('asks for a country where no column tells one', async () => {
    const harness = await show();
    await harness.choose(csv('email,phone\nann@example.com,030 23125012\n'));
    expect(harness.text).to.contain('No column tells the country');
    await harness.select(harness.find('#default-country'), 'Germany');
    expect(harness.text).not.to.contain('No column tells the country');
    const { customer } = await imported(harness, 'ann@example.com');
    expect(customer.phone).to.equal('+493023125012');
  });

  it('gives consent that only the file’s name tells, when somebody agrees', async () => {
    const harness = await show();
    await harness.choose(
      await fixtureFile(
        'mailchimp-subscribed_members_export_ba473dc14f.csv',
        'subscribed_members_export_ba47.csv',
      ),
    );
    const tick = () => harness.find<HTMLInputElement>('input[name=consent]');
    expect(tick().checked).to.equal(false);
    await expect(harness.element).to.be.accessible();
    tick().click();
    await harness.checked();
    expect(tick().checked).to.equal(true);
    const { customer } = await imported(harness, 'zoe.mueller@example.com');
    expect(customer.accepts_marketing).to.equal(true);
  });

  it('says plainly that there are no e-mails, and lets a column be named', async () => {
    const harness = await show();
    await harness.choose(csv('E-Mail,Contact\nAnn,ann@example.com\nBob,bob@example.com\n'));
    expect(harness.find('[role=alert]').textContent).to.contain('The column “E-Mail” has no e-mail address');
    expect(harness.all('[data-action=next]')).to.have.length(0);
    await expect(harness.element).to.be.accessible();
    await harness.select(harness.find('[name=email-column]'), 'Contact');
    expect(harness.all('[role=alert]')).to.have.length(0);
    expect(harness.find('.footer').textContent).to.contain('2 of 2 rows can be imported');
  });

  describe('the line about the file', () => {
    it('reads it in another encoding, and keeps what was said', async () => {
      const harness = await show();
      const bytes = Uint8Array.from(
        [...'email,note,x\nann@example.com,\u00e4,y\n'].map((letter) => letter.charCodeAt(0)),
      );
      await harness.choose(new File([bytes], 'old.csv'));
      expect(harness.fileLine).to.equal('Read by column names · 1 row · Windows-1252 · comma');
      await harness.send('x', 'Company');
      await harness.select(harness.find('[name=encoding]'), 'Windows-1251');
      await harness.shows('д');
      expect(harness.target('x')).to.equal('Company');
    });

    it('says why it can’t be read that way, and leaves it as it was', async () => {
      const harness = await show();
      await harness.choose(csv('email;note\nann@example.com;x\n'));
      await harness.select(harness.find('[name=encoding]'), 'UTF-16 LE');
      await harness.sees('[role=alert]');
      expect(harness.find('[role=alert]').textContent).to.contain('left as it was');
      expect(harness.fileLine).to.contain('UTF-8 · semicolon');
      expect(harness.target('note')).to.equal('Keep as metadata');
      await harness.goTo('check');
    });

    it('stands over the rows too, and leads back to the columns where they are others', async () => {
      const harness = await show();
      await harness.chooseUntil('check', csv('email,;note\nann@example.com,1;x\n'));
      expect(harness.fileLine).to.equal('Read by column names · 1 row · UTF-8 · comma');
      await harness.select(harness.find('[name=delimiter]'), 'semicolon');
      await waitUntil(() => harness.step === 'map', 'the columns are not shown', { timeout: 15_000 });
      expect(harness.find('[role=alert]').textContent).to.contain('has no e-mail address in it');
    });

    it('offers the sheets of a workbook', async () => {
      const { default: writeExcelFile } = await import('write-excel-file/browser');
      const sheet = (email: string) => [
        [{ value: 'email' }, { value: 'first name' }],
        [{ value: email }, { value: 'A' }],
      ];
      const blob = await writeExcelFile([
        { data: sheet('first@example.com'), sheet: 'People' },
        { data: sheet('second@example.com'), sheet: 'Partners' },
      ]).toBlob();
      const harness = await show();
      await harness.choose(new File([blob], 'book.xlsx'));
      expect(harness.fileLine).to.equal('Read by column names · 1 row · People');
      await harness.select(harness.find('[name=sheet]'), 'Partners');
      await harness.shows('second@example.com');
    });
  });

  describe('for the next file with the same columns', () => {
    const file = (email: string): File => csv(`email,Kennung,Umsatz\n${email},x,y\n`);

    it('is remembered, says so, and can be reset', async () => {
      const first = await show();
      await first.choose(file('ann@example.com'));
      await first.send('Kennung', 'Company');
      await first.goTo('check');
      const second = await show();
      await second.choose(file('bob@example.com'));
      expect(second.target('Kennung')).to.equal('Company');
      expect(second.card('Kennung').textContent).to.contain('As last time');
      expect(second.text).to.contain('Mapped as last time');
      await expect(second.element).to.be.accessible();
      second.button('Start over').click();
      await second.checked();
      expect(second.target('Kennung')).to.equal('Keep as metadata');
      expect(second.focused?.matches('h3')).to.equal(true);
      const third = await show();
      await third.choose(file('cy@example.com'));
      expect(third.target('Kennung')).to.equal('Keep as metadata');
    });

    it('is forgotten in another shop, and where it can’t be kept', async () => {
      const first = await show();
      await first.choose(file('ann@example.com'));
      await first.send('Kennung', 'Company');
      await first.goTo('check');
      const other = await show({}, { ...createMemoryAdapter(), site: 'another' });
      await other.choose(file('bob@example.com'));
      expect(other.target('Kennung')).to.equal('Keep as metadata');
      localStorage.setItem(`customer-elements:import-mappings:${site}`, '{"version":1,"mappings":[{"a":1}]}');
      const broken = await show();
      await broken.choose(file('cy@example.com'));
      expect(broken.target('Kennung')).to.equal('Keep as metadata');
    });
  });

  it('stays quick with thousands of columns, and shows them all when asked', async () => {
    const harness = await show();
    const names = Array.from({ length: 3000 }, (_, index) => `Field ${index}`);
    await harness.choose(
      csv(`email,${names.join(',')}\nann@example.com,${names.map((_, at) => at).join(',')}\n`),
    );
    expect(harness.all('.column').length).to.be.below(40);
    harness.button(/^Show \d+ more$/).click();
    await waitUntil(() => harness.all('.column').length > 60);
    await waitUntil(() => harness.focused?.matches('.column-target'));
  });

  it('works by keyboard: a column sent, and on', async () => {
    const harness = await show();
    await harness.choose(csv('email,Kennung\nann@example.com,x\n'));
    const select = harness.card('Kennung').querySelector<HTMLSelectElement>('.column-target')!;
    for (let presses = 0; presses < 30 && harness.focused !== select; presses++)
      await sendKeys({ press: 'Tab' });
    expect(harness.focused).to.equal(select);
    await sendKeys({ type: 'Comp' });
    await harness.checked();
    expect(harness.target('Kennung')).to.equal('Company');
    expect(harness.focused, 'the focus stays').to.equal(select);
  });

  it('speaks German and Arabic, and fits a phone in both directions', async () => {
    for (const [lang, title] of [
      ['de', 'Was die Spalten werden'],
      ['ar', 'إلى ماذا تتحول الأعمدة'],
    ] as const) {
      const harness = await show({ lang, width: '320px' });
      await harness.choose(odd);
      await waitUntil(() => harness.text.includes(title));
      expect(harness.element.scrollWidth, lang).to.be.at.most(320);
      await expect(harness.element).to.be.accessible();
    }
  });
});
