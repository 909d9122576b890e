import { expect, waitUntil } from '@open-wc/testing';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { storedZip } from '../../../src/import/zip.ts';
import { csv, ImportHarness } from './harness.ts';

const show = () => ImportHarness.create(createMemoryAdapter());

/** What the check says, once its rows are here. */
async function checked(file: File): Promise<ImportHarness> {
  const harness = await show();
  await harness.chooseUntil('check', file);
  await waitUntil(
    () => harness.all('.grid-row[data-index]').length && !harness.all('.grid-row.loading').length,
    'there are no rows',
    { timeout: 20_000 },
  );
  return harness;
}

const foot = (harness: ImportHarness): string => harness.find('.footer p').textContent?.trim() ?? '';
const pane = (harness: ImportHarness): string =>
  (harness.find('.pane').textContent ?? '').replace(/\s+/g, ' ').trim();

/** A small workbook whose directory says how large its sheet is unpacked. */
function zipBomb(unpackedSize: number): File {
  const part = new TextEncoder().encode('<x/>');
  const zip = storedZip(
    new Map([
      ['[Content_Types].xml', part],
      ['xl/worksheets/sheet1.xml', part],
    ]),
  );
  const view = new DataView(zip);
  for (let at = 0; at < view.byteLength - 4; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, unpackedSize, true);
  return new File([zip], 'customers.xlsx');
}

describe('<customer-import> with a file that is not as it should be', () => {
  it('shows quotation marks, commas and line ends inside cells as the cells they are', async () => {
    const harness = await checked(
      csv('email,first name,city\na@example.com,"Ann ""Ace"", the one","Rome\nand\r\nOslo"\n'),
    );
    const cells = harness.all('.grid-row[data-index] [role=gridcell] bdi').map((cell) => cell.textContent);
    expect(cells.slice(0, 2)).to.deep.equal(['a@example.com', 'Ann "Ace", the one']);
    expect(cells[2]).to.contain('Rome').and.to.contain('Oslo');
  });

  it('names the record whose quotation mark is never closed', async () => {
    const harness = await show();
    await harness.choose(csv('email,city\na@example.com,Rome\nb@example.com,"Paris\nc@example.com,Oslo\n'));
    expect(harness.find('[role=alert]').textContent).to.contain('A quotation mark in row 3 is never closed');
  });

  it('shows a cell of ten million characters by its beginning, and says how much too long it is', async () => {
    const harness = await checked(
      csv(`email,city\na@example.com,${'x'.repeat(10_000_000)}\nb@example.com,Oslo\n`),
    );
    expect(foot(harness)).to.equal('1 of 2 rows will be imported. 1 is left out.');
    expect(harness.root.textContent?.length).to.be.below(40_000);
    expect(pane(harness)).to.contain('10,000,000 characters, 100 fit');
    expect(pane(harness)).to.contain('9,990,000 more characters');
    harness.find('[data-action=shorten]').click();
    await waitUntil(() => foot(harness) === '2 of 2 rows will be imported.', foot(harness), {
      timeout: 10_000,
    });
  });

  it('shows where NUL bytes stand, and takes them out', async () => {
    const harness = await checked(csv('email,city\na@example.com,R\0me\nb@example.com,Oslo\n'));
    expect(harness.find('.grid-row.invalid').textContent).to.contain('R\u2400me');
    harness.find('[data-action=repair]').click();
    await waitUntil(() => foot(harness) === '2 of 2 rows will be imported.', foot(harness), {
      timeout: 10_000,
    });
  });

  it('says which record lost a letter where the file was cut inside it', async () => {
    const half = [0xc3];
    const bytes = [...new TextEncoder().encode('email,name\na@example.com,Jörg\nb@example.com,M'), ...half];
    const harness = await checked(new File([Uint8Array.from(bytes)], 'cut.csv'));
    expect(harness.find('#kind-title').textContent?.trim()).to.match(/^1 row lost letters/);
    expect(harness.find('.grid-row[data-index] [role=rowheader]').textContent?.trim()).to.equal('3');
  });

  it('shows those of 3,000 columns that become something', async () => {
    const headers = Array.from({ length: 3000 }, (_, index) => `Column ${index}`).join(',');
    const harness = await checked(csv(`${headers},email\n${','.repeat(3000)}a@example.com\n`));
    expect(harness.all('[role=columnheader]').length).to.be.below(10);
    expect(harness.find('.grid-row[data-index]').textContent).to.contain('a@example.com');
  });

  it('does not unpack what would fill the memory', async () => {
    const harness = await show();
    await harness.choose(zipBomb(500 * 1024 * 1024));
    expect(harness.find('[role=alert]').textContent).to.contain(
      'would be larger than any list of customers. It was not opened.',
    );
  });
});
