import { expect, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import type { GroupSavedDetail, GroupSaveDetail } from '../../../src/elements/customer-groups/events.ts';
import { GroupsHarness, heard, smallShop } from './harness.ts';

const save = (groups: GroupsHarness) => groups.choose('button[type=submit]');

/** Chooses a filter of the list as the rule: its name, then what it is set to. */
async function addFilter(groups: GroupsHarness, filter: string, option: string): Promise<void> {
  await groups.choose('.add-filter');
  await groups.press(filter);
  const item = [...groups.root.querySelectorAll<HTMLElement>('.popover .menu-item')].find((one) =>
    one.innerText.includes(option),
  )!;
  (item.querySelector('input') ?? item).click();
  await groups.loaded();
  await groups.keys('Escape');
}

const previewed = (groups: GroupsHarness) =>
  waitUntil(() => groups.has('.preview-numbers'), 'no preview comes', { timeout: 5000 });

describe('<customer-groups>: making and editing', () => {
  it('makes a group with a colour of the palette and a discount as the language writes it', async () => {
    const groups = await GroupsHarness.create({ attributes: { locale: 'de' } });
    await waitUntil(() => groups.text('[data-action=create]') === 'Neue Gruppe', 'German does not come');
    const saved = heard<GroupSavedDetail>(groups.element, 'group-saved');
    await groups.choose('[data-action=create]');
    await groups.write('#group-name', '  Stammkunden ');
    await groups.write('#group-discount_percentage', '12,75');
    await groups.choose('.swatch input[value="#16954a"]');
    await expect(groups.element).to.be.accessible();
    await save(groups);
    expect(saved[0]?.group).to.include({ name: 'Stammkunden', discount_percentage: 12.75, color: '#16954a' });
    expect(saved[0]?.isNew).to.equal(true);
    expect(groups.text('#title'), 'it is shown').to.equal('Stammkunden');
    expect(groups.text('.facts')).to.contain('12,75 %');
  });

  it('says every mistake at its field and in a summary, and keeps what was typed', async () => {
    const groups = await GroupsHarness.create();
    await groups.press('New group');
    await groups.write('#group-color', 'red');
    await groups.write('#group-discount_percentage', '100.5');
    await save(groups);
    expect(groups.text('.summary')).to.contain('3 things need a look');
    expect(groups.focused?.className).to.contain('summary');
    expect(groups.text('#group-color-error')).to.contain('#6366f1');
    expect(groups.text('#group-discount_percentage-error')).to.contain('0 to 100');
    await expect(groups.element).to.be.accessible();
    groups.find<HTMLAnchorElement>('.summary a[href="#group-name"]').click();
    expect(groups.focused?.id).to.equal('group-name');
    for (const [typed, isRight] of [
      ['12.345', false],
      ['-1', false],
      ['0', true],
      ['100', true],
      ['7.07', true],
    ] as const) {
      await groups.write('#group-discount_percentage', typed);
      expect(groups.has('#group-discount_percentage-error'), typed).to.equal(!isRight);
    }
  });

  it('leads to the group that has the name already', async () => {
    const groups = await GroupsHarness.create();
    await groups.press('New group');
    await groups.write('#group-name', 'VIP');
    await save(groups);
    expect(groups.text('.taken')).to.contain('There is a group called VIP already.');
    await groups.choose('[data-action=open-taken]');
    if (groups.has('.confirmation')) await groups.choose('[data-action=confirm]');
    await waitUntil(() => groups.has('.facts'));
    expect(groups.text('#title')).to.equal('VIP');
  });

  it('keeps what was typed over a closed form, and gives it up when asked to', async () => {
    const adapter = createMemoryAdapter(smallShop());
    const first = await GroupsHarness.create({ adapter });
    await first.press('New group');
    await first.write('#group-name', 'Half');
    first.element.remove();
    const second = await GroupsHarness.create({ adapter });
    await second.press('New group');
    expect(second.find<HTMLInputElement>('#group-name').value).to.equal('Half');
    expect(second.text('.restored')).to.contain('is here again');
    await second.keys('Escape');
    expect(second.text('.confirmation')).to.contain('Discard what you typed?');
    await second.choose('[data-action=confirm]');
    await second.press('New group');
    expect(second.find<HTMLInputElement>('#group-name').value).to.equal('');
  });

  it('says who enters and who leaves before a rule is saved', async () => {
    const groups = await GroupsHarness.create();
    await groups.openGroup('Loyal');
    await groups.press('Edit');
    await addFilter(groups, 'Orders', '').catch(() => undefined);
    await groups.choose('.chip-value');
    const no = [...groups.root.querySelectorAll<HTMLElement>('.popover .menu-item')].find((one) =>
      one.innerText.includes('No'),
    )!;
    no.querySelector('input')!.click();
    await previewed(groups);
    expect(groups.text('.preview-numbers')).to.contain('8 enter, 4 leave, 0 stay.');
    expect(groups.text('[data-way=leave]')).to.contain('Person0 Example');
    expect(groups.text('[data-way=enter]')).to.contain('Person11 Example');
    await groups.keys('Escape');
    await expect(groups.element).to.be.accessible();
    await save(groups);
    await waitUntil(() => groups.has('.facts'));
    expect((await groups.adapter.getGroup({ id: 'loyal' })).rule).to.deep.equal({ hasOrders: false });
  });

  it('never shows what an earlier rule would have done, nor saves before it is known', async () => {
    const shop = createMemoryAdapter(smallShop());
    let answer = () => undefined as void;
    const adapter: CustomerAdapter = {
      ...shop,
      previewGroupRule: async (request, options) => {
        await new Promise<void>((resolve) => (answer = resolve));
        return shop.previewGroupRule(request, options);
      },
    };
    const groups = await GroupsHarness.create({ adapter });
    const asked = heard<GroupSaveDetail>(groups.element, 'group-save');
    await groups.press('New group');
    await groups.write('#group-name', 'Everybody active');
    await groups.choose('#group-rule');
    await addFilter(groups, 'Status', 'Active');
    expect(groups.has('.preview-numbers')).to.equal(false);
    await save(groups);
    expect(asked, 'nobody has seen it').to.have.length(0);
    answer();
    await previewed(groups);
    expect(groups.text('.preview-numbers')).to.contain('12 enter');
    await groups.choose('.chip-remove');
    expect(groups.has('.preview-numbers'), 'of the rule before').to.equal(false);
    await save(groups);
    expect(groups.text('#group-rule-error')).to.contain('Add at least one filter');
  });

  it('has days that are counted back from whenever somebody looks', async () => {
    const groups = await GroupsHarness.create();
    const saved = heard<GroupSavedDetail>(groups.element, 'group-saved');
    await groups.press('New group');
    await groups.write('#group-name', 'Lately');
    await groups.choose('#group-rule');
    await addFilter(groups, 'Last order', '30 days');
    expect(groups.text('.chip-value')).to.contain('in the last 30 days');
    await previewed(groups);
    await save(groups);
    await waitUntil(() => saved.length === 1, 'it is not saved');
    expect(saved[0]?.group.rule).to.deep.equal({ lastOrderFrom: '-30d' });
    expect(groups.text('.rule-words')).to.contain('in the last 30 days');
  });

  it('merges what only one changed, and lets choose what both did', async () => {
    const groups = await GroupsHarness.create();
    await groups.openGroup('VIP');
    await groups.press('Edit');
    const { version } = await groups.adapter.getGroup({ id: 'vip' });
    await groups.adapter.saveGroup({
      id: 'vip',
      version,
      operationId: crypto.randomUUID(),
      fields: { name: 'Theirs', discount_percentage: 20 },
    });
    await groups.write('#group-name', 'Mine');
    await groups.write('#group-description', 'New words');
    await save(groups);
    await waitUntil(() => groups.has('.conflict'), 'no choice is offered');
    await expect(groups.element).to.be.accessible();
    expect(groups.text('.sides')).to.contain('Mine').and.contain('Theirs');
    await groups.choose('.side input[value=mine]');
    await groups.choose('[data-action=resolve]');
    await waitUntil(() => groups.has('.facts'), 'it is not saved');
    const now = await groups.adapter.getGroup({ id: 'vip' });
    expect(now).to.include({ name: 'Mine', description: 'New words', discount_percentage: 20 });
  });
});
