import { expect, waitUntil } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import type { MembersChangedDetail } from '../../../src/elements/customer-groups/events.ts';
import { emailsIn } from '../../../src/elements/customer-groups/pasted-emails.ts';
import { GroupsHarness, heard, smallShop } from './harness.ts';

const members = (groups: GroupsHarness) => groups.texts('.member-name');

async function undo(groups: GroupsHarness): Promise<void> {
  await groups.choose('.notice-undo');
}

describe('<customer-groups>: members', () => {
  it('are put in by type-ahead, and Undo takes it back', async () => {
    const groups = await GroupsHarness.create();
    const changed = heard<MembersChangedDetail>(groups.element, 'members-changed');
    await groups.openGroup('VIP');
    expect(groups.text('#members-title')).to.equal('3 members');
    await groups.write('#add-member', 'Person7');
    await waitUntil(() => groups.has('.suggestion'), 'nobody is suggested');
    await waitUntil(() => groups.texts('.suggestion').some((one) => one.includes('Person7')));
    await groups.keys('Enter');
    await waitUntil(() => members(groups).length === 4, 'nobody is put in');
    expect(groups.text('.notice')).to.contain('1 customer was put into VIP.');
    expect(groups.text('#members-title')).to.equal('4 members');
    expect(changed[0]?.group.member_count).to.equal(4);
    await undo(groups);
    await waitUntil(() => members(groups).length === 3, 'it is not taken back');
  });

  it('are put in by pasted e-mails; those that lead to nobody are listed', async () => {
    const groups = await GroupsHarness.create();
    await groups.openGroup('VIP');
    await groups.paste(
      'Ada <person5@example.com>; PERSON6@example.com,\nnobody@example.com\tperson0@example.com',
    );
    await waitUntil(() => members(groups).length === 5, 'they are not put in');
    expect(groups.text('.notice')).to.contain('2 customers were put into VIP.');
    expect(groups.text('.unknown'))
      .to.contain('1 e-mail leads to no customer')
      .and.contain('nobody@example.com');
    await expect(groups.element).to.be.accessible();
    await groups.press('Understood');
    expect(groups.has('.unknown')).to.equal(false);
    await undo(groups);
    await waitUntil(() => members(groups).length === 3);
  });

  it('reads e-mails as people paste them', () => {
    expect(
      emailsIn('"Ada" <ada@example.com>, BEN@example.com;ben@example.com\n\nmailto:c@d.org. and text'),
    ).to.deep.equal(['ada@example.com', 'ben@example.com', 'c@d.org']);
  });

  it('are taken out one by one and several at once, and put back by Undo', async () => {
    const groups = await GroupsHarness.create();
    await groups.openGroup('VIP');
    const [first, second, third] = members(groups) as [string, string, string];
    await groups.press(`Remove ${first}`);
    await waitUntil(() => members(groups).length === 2);
    expect(groups.focused, 'the focus is somewhere').to.not.equal(null);
    for (const box of groups.root.querySelectorAll<HTMLElement>('.member input')) box.click();
    await groups.loaded();
    expect(groups.text('.selection')).to.contain('2 selected');
    await groups.press('Remove 2');
    await waitUntil(() => groups.has('.nobody'), 'they are still there');
    expect(groups.text('.notice')).to.contain('2 customers were taken out of VIP.');
    await undo(groups);
    await waitUntil(() => members(groups).length === 2);
    expect(members(groups)).to.have.members([second, third]);
  });

  it('are searched, and come by pages', async () => {
    const { customers, groups: all } = smallShop();
    const [pattern] = customers;
    const many = Array.from({ length: 130 }, (_, place) => ({
      ...pattern!,
      id: `m${place}`,
      first_name: `Member${place}`,
      email: `member${place}@example.com`,
      group_ids: ['vip'],
    }));
    const groups = await GroupsHarness.create({ options: { customers: many, groups: all } });
    await groups.openGroup('VIP');
    expect(groups.text('#members-title')).to.equal('130 members');
    expect(members(groups)).to.have.length(50);
    await groups.press('Show more');
    expect(members(groups)).to.have.length(100);
    await groups.press('Show more');
    expect(members(groups)).to.have.length(130);
    expect(groups.focused?.className, 'where the button was').to.equal('rows');
    await groups.write('#member-search', 'member129');
    await waitUntil(() => members(groups).length === 1, 'the search does not narrow');
  });

  it('of a rule are kept out and put in by hand, and left to the rule again', async () => {
    const groups = await GroupsHarness.create();
    await groups.openGroup('Loyal');
    await waitUntil(() => members(groups).length === 4);
    await groups.press('Remove Person0 Example');
    await waitUntil(() => members(groups).length === 3);
    expect(groups.text('.notice')).to.contain('1 customer is kept out of Loyal.');
    await groups.paste('person8@example.com person9@example.com');
    await waitUntil(() => members(groups).length === 5);
    await groups.press('Kept out by hand (1)');
    await waitUntil(() => members(groups).length === 1);
    await expect(groups.element).to.be.accessible();
    expect(members(groups)).to.deep.equal(['Person0 Example']);
    await groups.press('Leave Person0 Example to the rule');
    await waitUntil(() => groups.has('.nobody'));
    await groups.press('Put in by hand (2)');
    await waitUntil(() => members(groups).length === 2);
    const { put_in: putIn, kept_out: keptOut } = await groups.adapter.getGroup({ id: 'loyal' });
    expect([putIn, keptOut]).to.deep.equal([2, 0]);
  });

  it('stay as they are where the host prevents it', async () => {
    const groups = await GroupsHarness.create();
    groups.element.addEventListener('members-change', (event) => event.preventDefault());
    await groups.openGroup('VIP');
    await groups.press('Remove Person0 Example');
    expect(members(groups)).to.have.length(3);
    expect((await groups.adapter.getGroup({ id: 'vip' })).member_count).to.equal(3);
  });

  it('are told about when it failed, and changed by trying again', async () => {
    let isDown = true;
    const groups = await GroupsHarness.create({
      options: {
        fail: (method) =>
          isDown && method === 'changeGroupMembers' ? new AdapterError('unavailable', 'no') : undefined,
      },
    });
    await groups.openGroup('VIP');
    await groups.press('Remove Person0 Example');
    expect(groups.text('.form-alert')).to.contain('That was not saved');
    expect(members(groups)).to.have.length(3);
    isDown = false;
    await groups.choose('[data-action=retry-change]');
    await waitUntil(() => members(groups).length === 2, 'it is not tried again');
  });

  it('open for the host; a dialog closes unless it is prevented, and is found where it was', async () => {
    const groups = await GroupsHarness.create({ attributes: { presentation: 'dialog', open: '' } });
    await groups.openGroup('VIP');
    await expect(groups.element).to.be.accessible();
    const opened = heard<{ customerId: string }>(groups.element, 'customer-open');
    groups.element.addEventListener('customer-open', (event) => event.preventDefault(), { once: true });
    await groups.press('Person1 Example');
    expect(groups.element.open, 'prevented').to.equal(true);
    await groups.press('Person1 Example');
    expect(opened).to.have.length(2);
    expect(groups.element.open).to.equal(false);
    groups.element.open = true;
    await groups.loaded();
    expect(groups.text('#title')).to.equal('VIP');
    await groups.keys('Escape');
    expect(groups.element.open, 'Escape closes').to.equal(false);
  });
});
