import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { listen, stillness } from '../customer-detail/harness.ts';
import { show } from './harness.ts';

const inAddress = (name = 'customer') => new URL(location.href).searchParams.get(name);
const back = async (way: 'back' | 'forward' = 'back') => {
  const arrived = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  history[way]();
  await arrived;
};

type Screen = Awaited<ReturnType<typeof show>>;
const idOf = ({ shop }: Screen, email: string | undefined) =>
  shop.customers.find((customer) => email?.includes(customer.email))?.id;
const openRowText = ({ table }: Screen) =>
  table.shadowRoot!.querySelector<HTMLElement>('[aria-current=true]')?.innerText;
const texts = (screen: Screen) => screen.names().map((name) => name.innerText.trim());
const turnTo = async (screen: Screen, page: number) => {
  const [first] = texts(screen);
  screen.table.page = page;
  await waitUntil(() => !screen.table.loading && texts(screen)[0] !== first);
};

describe('<customers-view>: the open customer in the address', () => {
  const before = location.href;
  afterEach(() => history.replaceState(null, '', before));

  it('is written there behind the prefix, and goes as it closes', async () => {
    const screen = await show({}, { 'url-state': 'c-' });
    await screen.openRow(2);
    expect(inAddress('c-customer')).to.equal(idOf(screen, openRowText(screen)));
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !screen.isOpen());
    expect(inAddress('c-customer')).to.equal(null);
  });

  it('opens from there, and leaves an address alone where it was not asked for', async () => {
    const first = await show();
    const { id, email } = first.shop.customers[5]!;
    history.replaceState(null, '', `?customer=${id}`);
    const screen = await show({}, { 'url-state': '' });
    await waitUntil(() => screen.isOpen());
    await waitUntil(() => screen.detail.shadowRoot!.textContent!.includes(email));
    await first.openRow(0);
    expect(inAddress()).to.equal(id);
  });

  it('closes by the way back, and opens again by the way forward', async () => {
    const screen = await show({}, { 'url-state': '' });
    await screen.openRow(1);
    const name = screen.title();
    await back();
    await waitUntil(() => !screen.isOpen());
    expect(screen.focusedName()).to.equal(name);
    await back('forward');
    await waitUntil(() => screen.isOpen());
  });

  it('counts walking from one to the next as no step back', async () => {
    const screen = await show({}, { 'url-state': '' });
    await screen.openRow(0);
    await sendKeys({ press: 'j' });
    await screen.settled(texts(screen)[1]);
    await sendKeys({ press: 'j' });
    await screen.settled(texts(screen)[2]);
    expect(inAddress()).to.equal(idOf(screen, openRowText(screen)));
    await back();
    await waitUntil(() => !screen.isOpen());
  });
});

describe('<customers-view>: the list around an open customer', () => {
  it('says in the list which one is open', async () => {
    const screen = await show();
    await screen.openRow(3);
    expect(openRowText(screen)).to.contain(texts(screen)[3]);
    await expect(screen.view).to.be.accessible();
  });

  it('walks by j over the end of a page, and back by k', async () => {
    const screen = await show();
    await screen.openRow(19);
    const last = screen.title();
    await sendKeys({ press: 'j' });
    await waitUntil(() => screen.table.page === 2 && !texts(screen).includes(last!));
    await screen.settled(texts(screen)[0]);
    expect(screen.detail.shadowRoot!.activeElement).to.not.equal(null);
    await sendKeys({ press: 'k' });
    await screen.settled(last);
    expect(screen.table.page).to.equal(1);
  });

  it('stays on the last customer of all', async () => {
    const screen = await show();
    await turnTo(screen, 3);
    await screen.openRow(19);
    const last = screen.title();
    await sendKeys({ press: 'j' });
    await aTimeout(20);
    expect(screen.title()).to.equal(last);
  });

  it('shows in the list what was changed beside it, on the same page', async () => {
    const screen = await show();
    await turnTo(screen, 2);
    await screen.openRow(0);
    const asked = listen(screen.view, 'customers-loaded');
    const { id } = screen.shop.customers.find(({ email }) => openRowText(screen)!.includes(email))!;
    screen.detail.dispatchEvent(new CustomEvent('tags-changed', { bubbles: true, composed: true }));
    await waitUntil(() => asked.length === 1);
    expect(screen.table.page).to.equal(2);
    expect(screen.detail.customerId).to.equal(id);
  });
});

describe('<customers-view>: deleting from the list', () => {
  const menu = async ({ table }: Screen, row: number) => {
    const button = table.shadowRoot!.querySelectorAll<HTMLElement>('.actions-cell button')[row]!;
    button.focus();
    button.click();
    await waitUntil(() => table.shadowRoot!.querySelector('[data-action=open][role=menuitem]'));
    return table.shadowRoot!.querySelector<HTMLElement>('[data-action=delete]');
  };
  const asked = async (screen: Screen) => {
    await waitUntil(async () => Boolean(await menu(screen, 0)));
    (await menuItem(screen)).click();
    await waitUntil(() => screen.find('.confirmation'));
    return screen.find('.confirmation')!;
  };
  const menuItem = ({ table }: Screen) =>
    waitUntil(() => table.shadowRoot!.querySelector('[data-action=delete]')).then(() =>
      table.shadowRoot!.querySelector<HTMLElement>('[data-action=delete]')!,
    );

  it('names what goes, deletes, and takes it back', async () => {
    const screen = await show();
    const [first] = texts(screen);
    const question = await asked(screen);
    expect(question.innerText)
      .to.contain(first)
      .and.match(/\d+ address/);
    await stillness(screen.view);
    await expect(screen.view).to.be.accessible();
    question.querySelector<HTMLElement>('[data-action=confirm]')!.click();
    await waitUntil(() => screen.find('.notice.shown'));
    await waitUntil(() => !texts(screen).includes(first!));
    expect(screen.shop.customers).to.have.length(59);
    screen.find('.notice-undo')!.click();
    await waitUntil(() => texts(screen)[0] === first);
  });

  it('deletes nothing where the host takes it over', async () => {
    const screen = await show();
    screen.view.addEventListener('customer-delete', (event) => event.preventDefault());
    await waitUntil(async () => Boolean(await menu(screen, 0)));
    (await menuItem(screen)).click();
    await aTimeout(20);
    expect(screen.find('.confirmation')).to.equal(null);
  });

  it('says why a customer could not be deleted', async () => {
    const screen = await show({
      fail: (method) => (method === 'deleteCustomers' ? new AdapterError('unavailable', 'down') : undefined),
    });
    const question = await asked(screen);
    question.querySelector<HTMLElement>('[data-action=confirm]')!.click();
    await waitUntil(() => screen.find('.notice.failed'));
    expect(screen.find('.notice')!.innerText).to.contain('can’t be reached');
  });

  it('offers an editor no deleting', async () => {
    const screen = await show({ access: { role: 'editor' } });
    await aTimeout(20);
    expect(await menu(screen, 0)).to.equal(null);
  });

  it('keeps the place of who was deleted, so that walking goes on from there', async () => {
    const screen = await show();
    await screen.openRow(2);
    const names = texts(screen);
    const id = screen.detail.customerId!;
    await screen.adapter.deleteCustomers({ ids: [id], operationId: crypto.randomUUID() });
    await screen.view.reload();
    await waitUntil(() => texts(screen)[2] === names[3]);
    screen.detail.focus();
    await sendKeys({ press: 'j' });
    await screen.settled(names[3]);
  });
});
