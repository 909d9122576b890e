import { expect, waitUntil } from '@open-wc/testing';
import { show } from './harness.ts';

async function imported(screen: Awaited<ReturnType<typeof show>>) {
  screen.view.dispatchEvent(new CustomEvent('import-open', { cancelable: true }));
  await waitUntil(() => screen.find('customer-import'));
  const element = screen.find('customer-import') as HTMLElementTagNameMap['customer-import'];
  await waitUntil(() => element.shadowRoot!.querySelector('.drop'));
  const text = 'email,first name\nfresh@example.com,Fresh\n';
  await element.readFile(new File([text], 'fresh.csv', { type: 'text/csv' }));
  const find = (selector: string) => element.shadowRoot!.querySelector<HTMLElement>(selector);
  await waitUntil(
    () => (find('[data-action=next]:enabled')?.click(), find('[data-step=report]')),
    'it ends',
    { timeout: 15_000 },
  );
  await waitUntil(() => find('[data-action=show]'));
  return { element, find };
}

describe('the customers of an import in the whole screen', () => {
  it('are all that the list shows, until the filter is taken away', async () => {
    const screen = await show();
    const { find } = await imported(screen);
    find('[data-action=show]')!.click();
    const names = () => screen.names().map((name) => name.innerText.trim());
    await waitUntil(() => names().join() === 'Fresh', 'the list shows others', { timeout: 10_000 });
    expect(screen.find('dialog[open] customer-import')).to.equal(null);
    const root = screen.table.shadowRoot!;
    expect(root.querySelector('.chip')!.textContent!.trim()).to.contain('Touched by one import or action');
    await expect(screen.view).to.be.accessible();
    root.querySelector<HTMLElement>('.chip-remove')!.click();
    await waitUntil(() => names().length > 1);
    expect(root.activeElement?.classList.contains('add-filter')).to.equal(true);
  });

  it('stay where they are when the host prevents that', async () => {
    const screen = await show();
    const { find } = await imported(screen);
    screen.view.addEventListener('import-show', (event) => event.preventDefault());
    find('[data-action=show]')!.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(screen.table.filters).to.deep.equal({});
    expect(screen.find('dialog[open] customer-import')).to.not.equal(null);
  });
});
