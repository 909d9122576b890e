import { expect, waitUntil } from '@open-wc/testing';
import Papa from 'papaparse';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { DetailHarness, listen, stillness, type Setup } from './harness.ts';

async function handingOver(setup: Setup = {}): Promise<DetailHarness> {
  const detail = await DetailHarness.create(setup);
  await detail.press('More actions');
  await detail.press('Hand over data…');
  await waitUntil(() => detail.has('.privacy'));
  return detail;
}

/** What the browser is given to save, instead of saving it. */
function saved(): { name: string; text: Promise<string> }[] {
  const files: { name: string; text: Promise<string> }[] = [];
  let blob: Blob | undefined;
  const { createObjectURL } = URL;
  const { click } = HTMLAnchorElement.prototype;
  URL.createObjectURL = (object) => {
    blob = object as Blob;
    return createObjectURL.call(URL, object);
  };
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    if (this.download && blob) files.push({ name: this.download, text: blob.text() });
    else click.call(this);
  };
  restore = () => {
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
  };
  return files;
}
let restore = () => {};

describe('customer-detail: handing data over', () => {
  afterEach(() => restore());

  it('saves everything held about the person as JSON, and says so', async () => {
    const files = saved();
    const detail = await handingOver();
    const told = listen<{ format: string; fileName: string }>(detail.element, 'data-handed-over');
    await stillness(detail.element);
    await expect(detail.element).to.be.accessible();
    detail.find('[data-format=json]').click();
    await waitUntil(() => told.length === 1);
    expect(files[0]!.name).to.match(/^customer-data-\d{4}-\d\d-\d\d\.json$/);
    expect(told[0]).to.include({ format: 'json', fileName: files[0]!.name });
    const data = JSON.parse(await files[0]!.text) as { orders: unknown[]; notes: unknown[] };
    expect([data.orders.length, data.notes.length]).to.deep.equal([33, 25]);
    await detail.loaded();
    expect(detail.has('.privacy')).to.equal(false);
    expect(detail.text('.notice')).to.contain(files[0]!.name);
  });

  it('saves a table that a spreadsheet opens', async () => {
    const files = saved();
    const detail = await handingOver();
    detail.find('[data-format=csv]').click();
    await waitUntil(() => files.length === 1);
    const { data: rows } = Papa.parse<string[]>((await files[0]!.text).trimEnd());
    const of = (section: string) => rows.filter(([name]) => name === section).length;
    expect([of('Order'), of('Note'), of('Group')]).to.deep.equal([33, 25, 1]);
  });

  it('says why there is no file, and makes it when asked again', async () => {
    const files = saved();
    let isDown = true;
    const detail = await handingOver({
      options: {
        fail: (method) =>
          method === 'exportPerson' && isDown ? new AdapterError('unavailable', 'down') : undefined,
      },
    });
    detail.find('[data-format=json]').click();
    await waitUntil(() => detail.has('.privacy [role=alert]'));
    expect(detail.text('.privacy [role=alert]')).to.contain('can’t be reached');
    isDown = false;
    detail.find('[data-format=json]').click();
    await waitUntil(() => files.length === 1);
  });

  it('makes no file where the host prevents data-hand-over', async () => {
    const files = saved();
    const detail = await handingOver();
    const asked: string[] = [];
    detail.element.addEventListener('data-hand-over', (event) => {
      asked.push(event.detail.format);
      event.preventDefault();
    });
    detail.find('[data-format=csv]').click();
    await detail.loaded();
    expect([asked, files]).to.deep.equal([['csv'], []]);
  });
});
