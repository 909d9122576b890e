import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { show } from './harness.ts';

describe('<customers-view>: one customer beside the list', () => {
  it('opens from a row, and is accessible', async () => {
    const { view, openRow, isOpen } = await show();
    await openRow(2);
    expect(isOpen()).to.equal(true);
    await new Promise((resolve) => setTimeout(resolve, 250));
    await expect(view).to.be.accessible();
  });

  it('gives the focus back to the row when Escape closes it', async () => {
    const { names, openRow, isOpen, focusedName } = await show();
    await openRow(2);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !isOpen());
    expect(focusedName()).to.equal(names()[2]!.innerText.trim());
  });

  it('walks the page by j and k, from end to end', async () => {
    const { names, openRow, settled, title } = await show();
    await openRow(0);
    await sendKeys({ press: 'k' });
    expect(title()).to.equal(names()[0]!.innerText.trim());
    await sendKeys({ press: 'j' });
    await settled(names()[1]!.innerText.trim());
    await sendKeys({ press: 'j' });
    await settled(names()[2]!.innerText.trim());
    await sendKeys({ press: 'k' });
    await settled(names()[1]!.innerText.trim());
  });

  it('shows another customer while it is open, and takes the focus along', async () => {
    const { openRow, detail, names, focusedName, isOpen } = await show();
    await openRow(1);
    await openRow(4);
    expect(detail.shadowRoot!.activeElement).to.not.equal(null);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !isOpen());
    expect(focusedName()).to.equal(names()[4]!.innerText.trim());
  });

  it('opens the same customer again after it was closed', async () => {
    const { openRow, isOpen } = await show();
    await openRow(1);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !isOpen());
    await openRow(1);
    expect(isOpen()).to.equal(true);
  });

  it('leaves it to the host where that prevents customer-open, or has pages of its own', async () => {
    const { view, names, isOpen } = await show();
    view.addEventListener('customer-open', (event) => event.preventDefault());
    names()[0]!.click();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isOpen()).to.equal(false);

    const linked = await show({}, { 'customer-href': '#/customers/{id}' });
    await linked.view.updateComplete;
    await waitUntil(() => linked.names()[0]?.localName === 'a');
    linked.names()[0]!.click();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(linked.isOpen()).to.equal(false);
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('stays closed where the backend has no detail', async () => {
    const { names, isOpen } = await show({ capabilities: { detail: false } });
    names()[0]!.click();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isOpen()).to.equal(false);
  });
});
