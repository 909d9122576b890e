import { expect, waitUntil } from '@open-wc/testing';
import type { CustomerChoice } from '../../../src/model/operations.ts';
import { show } from './harness.ts';

describe('<customers-view>: the export', () => {
  const click = HTMLAnchorElement.prototype.click;
  afterEach(() => (HTMLAnchorElement.prototype.click = click));

  const parts = async (...given: Parameters<typeof show>) => {
    const screen = await show(...given);
    // Another where another shop is asked who may do what.
    const element = () => screen.view.shadowRoot!.querySelector('customer-export')!;
    const root = () => element().shadowRoot!;
    const button = () => screen.find('[data-action=export]');
    const sees = (selector: string) =>
      waitUntil(() => root().querySelector(selector), `there is no ${selector}`, { timeout: 15_000 });
    const audiences = () =>
      [...root().querySelectorAll<HTMLElement>('.choice:first-of-type .option')].map((option) =>
        option.innerText.replace(/\s+/g, ' ').trim(),
      );
    return { ...screen, element, root, button, sees, audiences };
  };

  it('opens for what the list shows, and gives the focus back', async () => {
    const { view, button, sees, audiences, element, root } = await parts();
    view.shadowRoot!.querySelector('customer-table')!.chooseFilters({ status: ['guest'] });
    await waitUntil(() => JSON.stringify(view.filters).includes('guest'));
    button()!.focus();
    button()!.click();
    await sees('.start');
    expect(audiences()[0]).to.match(/^All that match the filters \d+$/);
    expect(audiences()[1]).to.equal('Everybody 60');
    root().querySelector<HTMLElement>('.close')!.click();
    await waitUntil(() => !element().open);
    expect(view.shadowRoot!.activeElement).to.equal(button());
  });

  it('opens for those whom the list asks for', async () => {
    const { table, shop, sees, audiences } = await parts();
    const ids = shop.customers.slice(0, 2).map(({ id }) => id);
    table.dispatchEvent(
      new CustomEvent<{ customers: CustomerChoice }>('customers-export', {
        detail: { customers: { ids } },
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
    await sees('.start');
    expect(audiences()).to.deep.equal(['The 2 selected', 'Everybody 60']);
  });

  it('stays closed where the host prevents it', async () => {
    const { view, button, element } = await parts();
    const asked: CustomerChoice[] = [];
    view.addEventListener('customers-export', (event) => {
      asked.push(event.detail.customers);
      event.preventDefault();
    });
    button()!.click();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(element().open).to.equal(false);
    expect(asked).to.deep.equal([{ filters: {} }]);
  });

  it('goes on while its dialog is closed: the list says how far it is, and where the file is', async () => {
    const { view, button, sees, root, element, adapter } = await parts();
    HTMLAnchorElement.prototype.click = () => undefined;
    const answers: (() => void)[] = [];
    view.adapter = {
      ...adapter,
      startOperation: async (request, options) => ({
        ...(await adapter.startOperation(request, options)),
        asked: 3,
        steps: { total: 3, done: [] },
      }),
      exportChunk: () => new Promise((resolve) => answers.push(() => resolve('a\u001e'))),
    };
    await waitUntil(() => button() !== null && element()?.adapter === view.adapter);
    button()!.click();
    await sees('.start');
    root().querySelector<HTMLElement>('.start')!.click();
    await waitUntil(() => answers.length === 2, 'nothing is asked', { timeout: 15_000 });
    root().querySelector<HTMLElement>('.close')!.click();
    await waitUntil(() => !element().open);
    const notice = () => view.shadowRoot!.querySelector<HTMLElement>('.notice')!.innerText;
    answers[0]!();
    await waitUntil(() => notice().includes('Exporting: 1 of 3 customers'), `says ${notice()}`);
    expect(button()!.getAttribute('aria-label')).to.equal('Show export');
    answers[1]!();
    await waitUntil(() => answers.length === 3);
    answers[2]!();
    await waitUntil(() => /customers? in .*customers-export-/.test(notice()), `says ${notice()}`);
    expect(button()!.getAttribute('aria-label')).to.equal('Export');
  });

  it('is not offered to a viewer, where the backend has none, or where the host leaves it out', async () => {
    const viewer = await show({ access: { role: 'viewer' } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(viewer.find('[data-action=export]')).to.equal(null);
    const without = await parts({}, { 'no-export': '' });
    await without.view.updateComplete;
    expect(without.button()).to.equal(null);
  });
});
