import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { DetailHarness, listen, readable, type Setup } from './harness.ts';
import { theShop } from './shop.ts';

type Kind = 'groups' | 'tags';

const pills = (detail: DetailHarness, kind: Kind) =>
  detail.all(`[data-pills=${kind}] .pills li`).map(readable);
const options = (detail: DetailHarness, kind: Kind) => detail.all(`[data-pills=${kind}] [role=option]`);

/** With the field open, and what the shop suggests in it. */
async function adding(kind: Kind, setup: Setup = {}): Promise<DetailHarness> {
  const shop = setup.shop ?? theShop();
  shop.amir.tags = ['loyal', 'wholesale', 'whale'];
  shop.groups.push(
    ...Array.from({ length: 120 }, (_, place) => ({
      id: `g${place}`,
      name: `Group ${String(place).padStart(3, '0')}`,
      description: null,
      discount_percentage: null,
      color: '#0ea5e9',
      member_count: 0,
    })),
  );
  const detail = await DetailHarness.create({ ...setup, shop });
  await detail.press(kind === 'tags' ? 'Add tag' : 'Add to group');
  await waitUntil(() => detail.focused?.id === `add-${kind}` && options(detail, kind).length > 0);
  return detail;
}

describe('customer-detail: tags and groups in place', () => {
  it('suggests the shop’s tags that the customer hasn’t, and adds one', async () => {
    const detail = await adding('tags');
    const changed = listen(detail.element, 'tags-changed');
    expect(options(detail, 'tags').map(readable)).to.deep.equal(['whale', 'wholesale']);
    await expect(detail.element).to.be.accessible();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => changed.length === 1);
    await detail.loaded();
    expect(pills(detail, 'tags')).to.deep.equal(['loyal', 'press', 'whale']);
    expect(detail.focused?.id, 'ready for the next').to.equal('add-tags');
  });

  it('adds what is typed as a new tag by Enter, even before suggestions come', async () => {
    const detail = await adding('tags');
    await sendKeys({ type: 'wh' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => pills(detail, 'tags').includes('wh'));
    await detail.loaded();
    expect(detail.shop.zoe.tags).to.deep.equal(['loyal', 'press', 'wh']);
  });

  it('closes by Escape, first the suggestions, then the field, and never the panel', async () => {
    const detail = await adding('tags', { attributes: { presentation: 'panel' } });
    await sendKeys({ press: 'Escape' });
    expect(detail.focused?.id).to.equal('add-tags');
    await sendKeys({ press: 'Escape' });
    await detail.loaded();
    expect(readable(detail.focused as HTMLElement)).to.equal('Add tag');
    expect(detail.isOpen).to.equal(true);
  });

  it('adds nothing when the field is merely left', async () => {
    const detail = await adding('tags');
    await sendKeys({ type: 'half a w' });
    detail.find('#tab-info').focus();
    await aTimeout(0);
    await detail.loaded();
    expect(detail.shop.zoe.tags).to.deep.equal(['loyal', 'press']);
    expect(detail.has('#add-tags')).to.equal(false);
  });

  it('removes a tag, with the focus on the one in its place', async () => {
    const detail = await DetailHarness.create();
    await detail.press('Remove tag “loyal”');
    await waitUntil(() => pills(detail, 'tags').length === 1);
    await detail.loaded();
    expect(pills(detail, 'tags')).to.deep.equal(['press']);
    expect(detail.focused?.ariaLabel).to.equal('Remove tag “press”');
    await detail.press('Remove tag “press”');
    await waitUntil(() => pills(detail, 'tags').length === 0);
    await detail.loaded();
    expect(readable(detail.focused as HTMLElement)).to.equal('Add tag');
  });

  it('puts a tag back that could not be removed, says so, and tries again', async () => {
    let isDown = true;
    const sent: string[] = [];
    const detail = await DetailHarness.create({
      options: {
        fail: (method, request) => {
          if (method !== 'changeTags') return undefined;
          sent.push((request as { operationId: string }).operationId);
          return isDown ? new AdapterError('unavailable', 'down') : undefined;
        },
      },
    });
    await detail.press('Remove tag “loyal”');
    await waitUntil(() => detail.has('[data-pills=tags] [role=alert]'));
    expect(pills(detail, 'tags')).to.deep.equal(['loyal', 'press']);
    expect(detail.text('[data-pills=tags] [role=alert]')).to.contain('as they were');
    await expect(detail.element).to.be.accessible();
    isDown = false;
    await detail.press('Try again');
    await waitUntil(() => pills(detail, 'tags').length === 1);
    expect(new Set(sent).size).to.equal(1);
  });

  it('loses neither of two tags that are added at once', async () => {
    const detail = await adding('tags', {
      options: { delay: (method) => (method === 'changeTags' ? 300 : 0) },
    });
    await sendKeys({ type: 'one' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'two' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => detail.all('.on-its-way').length === 2);
    await waitUntil(() => detail.all('.on-its-way').length === 0);
    expect(pills(detail, 'tags')).to.deep.equal(['loyal', 'press', 'one', 'two']);
  });

  it('finds a group by its name among all there are, with how many are in it', async () => {
    const detail = await adding('groups');
    await sendKeys({ type: 'group 117' });
    await waitUntil(() => options(detail, 'groups').map(readable)[0] === 'Group 117 0 customers');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => pills(detail, 'groups').length === 2);
    await detail.loaded();
    expect(detail.shop.zoe.group_ids).to.deep.equal(['vip', 'g117']);
  });

  it('cuts off no group: the last suggestion brings the rest', async () => {
    const detail = await adding('groups');
    expect(readable(options(detail, 'groups').at(-1)!)).to.equal('Show more');
    for (const count of [101, 120]) {
      options(detail, 'groups').at(-1)!.click();
      await waitUntil(() => options(detail, 'groups').length === count);
    }
    expect(readable(options(detail, 'groups').at(-1)!)).to.contain('Group 119');
  });

  it('adds to no group by half a name', async () => {
    const detail = await adding('groups');
    await sendKeys({ type: 'group' });
    await sendKeys({ press: 'Enter' });
    await detail.loaded();
    expect(detail.shop.zoe.group_ids).to.deep.equal(['vip']);
  });

  it('takes a customer out of a group, and says when a group is gone by now', async () => {
    const detail = await adding('groups');
    detail.shop.groups.splice(1);
    options(detail, 'groups')[0]!.click();
    await waitUntil(() => detail.has('[data-pills=groups] [role=alert]'));
    expect(pills(detail, 'groups')).to.deep.equal(['VIP']);
    await detail.press('Remove from group “VIP”');
    await waitUntil(() => pills(detail, 'groups').length === 0);
    expect(detail.shop.zoe.group_ids).to.deep.equal([]);
  });

  it('changes nothing where the host prevents it, and offers a viewer nothing', async () => {
    const detail = await DetailHarness.create();
    detail.element.addEventListener('tags-change', (event) => event.preventDefault());
    await detail.press('Remove tag “loyal”');
    expect(pills(detail, 'tags')).to.deep.equal(['loyal', 'press']);
    const viewer = await DetailHarness.create({ options: { access: { role: 'viewer' } } });
    expect(viewer.has('.pill-remove, .pill-add')).to.equal(false);
  });
});
