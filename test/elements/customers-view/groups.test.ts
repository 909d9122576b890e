import { expect, waitUntil } from '@open-wc/testing';
import type { CustomerGroupsElement } from '../../../src/elements/customer-groups/customer-groups.ts';
import { show } from './harness.ts';

async function opened(attributes: Record<string, string> = {}) {
  const screen = await show({}, attributes);
  const button = () => screen.find('[data-action=groups]');
  const groups = screen.find('customer-groups') as CustomerGroupsElement | null;
  const inside = <T extends HTMLElement>(selector: string) => groups!.shadowRoot!.querySelector<T>(selector);
  const open = async () => {
    button()!.focus();
    button()!.click();
    await waitUntil(() => inside('.group-name') !== null, 'no groups come');
  };
  const openFirst = async () => {
    inside('.group-name')!.click();
    await waitUntil(() => inside('.member-name') !== null, 'no members come');
  };
  return { ...screen, button, groups, inside, open, openFirst };
}

describe('<customers-view>: groups', () => {
  it('opens them as a dialog, and gives the focus back', async () => {
    const { view, groups, button, open, inside } = await opened();
    await open();
    await new Promise((resolve) => setTimeout(resolve, 250));
    await expect(view).to.be.accessible();
    inside('.close')!.click();
    await waitUntil(() => !groups!.open);
    await waitUntil(() => view.shadowRoot!.activeElement === button(), 'the focus is lost');
  });

  it('narrows the list to a group that is to be shown', async () => {
    const { table, groups, open, openFirst, inside, names } = await opened();
    await open();
    await openFirst();
    const { groupId } = groups!;
    inside('[data-action=show]')!.click();
    await waitUntil(() => !groups!.open, 'the dialog stays');
    await waitUntil(() => table.shadowRoot!.querySelector('.chip') !== null, 'no filter is set');
    expect(table.filters).to.deep.equal({ group: [groupId] });
    await waitUntil(() => names().length > 0);
  });

  it('shows a member beside the list, and has the group where it was', async () => {
    const { groups, detail, button, open, openFirst, inside, title, isOpen } = await opened();
    await open();
    await openFirst();
    const name = inside('.member-name')!.innerText.trim();
    inside('.member-name')!.click();
    await waitUntil(() => isOpen() && title() === name && !detail.loading, 'the member does not open');
    expect(groups!.open).to.equal(false);
    button()!.click();
    await waitUntil(() => inside('.member-name') !== null, 'it is not where it was');
  });

  it('has the list ask again when somebody was taken out', async () => {
    const { adapter, view, open, openFirst, inside, groups } = await opened();
    await open();
    await openFirst();
    const { groupId } = groups!;
    const before = await adapter.getGroup({ id: groupId! });
    let loads = 0;
    view.addEventListener('customers-loaded', () => loads++);
    inside('.member-act')!.click();
    await waitUntil(() => loads > 0, 'the list does not ask again');
    const after = await adapter.getGroup({ id: groupId! });
    expect(after.member_count).to.equal(before.member_count! - 1);
  });

  it('leaves them out where the host asks for it', async () => {
    const { view, find } = await opened();
    view.setAttribute('no-groups', '');
    await waitUntil(() => find('[data-action=groups]') === null);
    expect(find('customer-groups')).to.equal(null);
  });
});
