import { expect, waitUntil } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { palette } from '../../../src/elements/customer-groups/palette.ts';
import { group, GroupsHarness, heard, smallShop } from './harness.ts';

const names = (groups: GroupsHarness) => groups.texts('.group-name');

describe('<customer-groups>: the list', () => {
  it('shows name, description, discount and how many are in each, rules counted as of now', async () => {
    const groups = await GroupsHarness.create();
    await waitUntil(() => groups.texts('.count').length === 3, 'the rule is not counted');
    const rows = groups.texts('.group-row');
    expect(names(groups)).to.deep.equal(['Loyal', 'Press', 'VIP']);
    expect(rows[0]).to.contain('By a rule').and.contain('4 members');
    expect(rows[2]).to.contain('Those who come first').and.contain('12.5% off').and.contain('3 members');
    expect(groups.text('.as-of')).to.match(/counted at \d/);
    await expect(groups.element).to.be.accessible();
  });

  it('cuts nothing off: 1,500 groups are there by pages, and each is found', async () => {
    const many = Array.from({ length: 1500 }, (_, place) => group(`g${place}`, `Group ${10_000 + place}`));
    const groups = await GroupsHarness.create({ options: { groups: many } });
    expect(names(groups)).to.have.length(50);
    await groups.press('Show more');
    expect(names(groups)).to.have.length(100);
    await groups.write('#group-search', '11499');
    await waitUntil(() => names(groups).length === 1, 'the search does not narrow');
    expect(names(groups)).to.deep.equal(['Group 11499']);
    await groups.write('#group-search', 'nothing like it');
    await waitUntil(() => groups.has('[data-action=clear]'), 'nothing is said');
    await groups.choose('[data-action=clear]');
    expect(names(groups)).to.have.length(50);
    expect(groups.focused?.id).to.equal('group-search');
  });

  it('says what to do next where there are none', async () => {
    const groups = await GroupsHarness.create({ options: { groups: [] } });
    expect(groups.text('.state')).to.contain('No groups yet').and.contain('New group');
    await expect(groups.element).to.be.accessible();
    await groups.press('New group');
    expect(groups.focused?.id).to.equal('group-name');
  });

  it('says what went wrong, and tries again', async () => {
    let isDown = true;
    const groups = await GroupsHarness.create({
      options: {
        fail: (method) =>
          isDown && method === 'listGroups' ? new AdapterError('unavailable', 'no') : undefined,
      },
    });
    expect(groups.text('.state')).to.contain('The groups could not be loaded');
    await expect(groups.element).to.be.accessible();
    isDown = false;
    await groups.press('Try again');
    expect(names(groups)).to.have.length(3);
  });

  it('lets a viewer look, and offers nothing else', async () => {
    const groups = await GroupsHarness.create({ options: { access: { role: 'viewer' } } });
    expect(groups.has('[data-action=create]')).to.equal(false);
    await groups.openGroup('VIP');
    expect(groups.texts('.member-name')).to.have.length(3);
    for (const offer of [
      '#add-member',
      '[data-action=edit]',
      '[data-action=delete]',
      '.member-act',
      'input[type=checkbox]',
    ])
      expect(groups.has(offer), offer).to.equal(false);
    await expect(groups.element).to.be.accessible();
  });

  it('deletes a group after it said how many stay customers, the safe choice first', async () => {
    const groups = await GroupsHarness.create();
    const deleted = heard<{ groupId: string; members: number }>(groups.element, 'group-deleted');
    await groups.openGroup('VIP');
    await groups.press('Delete');
    await waitUntil(() => groups.has('.confirmation'), 'nothing is asked');
    expect(groups.text('.confirmation')).to.contain('Delete VIP?').and.contain('3 members stay customers.');
    expect(groups.focused?.dataset.action).to.equal('cancel');
    await groups.choose('[data-action=cancel]');
    expect((await groups.adapter.listGroups({ limit: 10 })).rows).to.have.length(3);
    await groups.press('Delete');
    await waitUntil(() => groups.has('.confirmation'));
    await groups.choose('[data-action=confirm]');
    await waitUntil(() => deleted.length === 1);
    expect(deleted[0]).to.include({ groupId: 'vip', members: 3 });
    await waitUntil(() => names(groups).length === 2, 'it is still listed');
    expect(groups.focused, 'the focus is somewhere').to.not.equal(null);
    const { value } = await groups.adapter.countCustomers({ filters: {} });
    expect(value, 'they stay customers').to.equal(12);
  });

  it('asks nothing and deletes nothing where the host prevents it', async () => {
    const groups = await GroupsHarness.create();
    groups.element.addEventListener('group-delete', (event) => event.preventDefault());
    await groups.openGroup('VIP');
    await groups.press('Delete');
    expect(groups.has('.confirmation')).to.equal(false);
  });

  it('offers colours that stand out 3 to 1 in both themes', () => {
    const light = (hex: string): number => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
        const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: string, other: string) => {
      const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
      return (bright + 0.05) / (dark + 0.05);
    };
    expect(palette).to.have.length(12);
    for (const { value } of palette)
      for (const ground of ['#ffffff', '#16181c', '#1f2227'])
        expect(contrast(value, ground), `${value} on ${ground}`).to.be.at.least(3);
  });

  it('shows another shop’s groups when it is given another adapter, and takes no focus', async () => {
    const groups = await GroupsHarness.create();
    await groups.press('New group');
    const outside = document.createElement('button');
    groups.element.before(outside);
    outside.focus();
    groups.element.adapter = createMemoryAdapter({ ...smallShop(), groups: [group('other', 'Other')] });
    await groups.loaded();
    expect(names(groups)).to.deep.equal(['Other']);
    expect(document.activeElement).to.equal(outside);
  });

  it('goes on where it was after it was taken off the page and put back', async () => {
    const groups = await GroupsHarness.create({ adapter: createMemoryAdapter(smallShop()) });
    const { parentElement } = groups.element;
    groups.element.remove();
    parentElement!.append(groups.element);
    await groups.loaded();
    expect(names(groups)).to.have.length(3);
  });
});
