import { expect } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import type {
  CustomerSaveDetail,
  CustomerUpdatedDetail,
} from '../../../src/elements/customer-form/events.ts';
import { listen, stillness } from '../customer-detail/harness.ts';
import { theShop, twoPages } from '../customer-detail/shop.ts';
import { FormHarness } from './harness.ts';

const zoe = { 'customer-id': 'zoe' };

describe('customer-form: editing', () => {
  it('saves what changed and nothing else', async () => {
    const form = await FormHarness.create({ attributes: zoe });
    expect(form.text('#title')).to.equal('Edit Zoë Lefèvre');
    expect(form.field('phone').value).to.equal('+33 6 12 34 56 78');
    const asked = listen<CustomerSaveDetail>(form.element, 'customer-save');
    const updated = listen<CustomerUpdatedDetail>(form.element, 'customer-updated');
    await form.write('last_name', 'Martin');
    await form.submit();
    expect(asked[0]).to.deep.equal({ customerId: 'zoe', fields: { last_name: 'Martin' }, isNew: false });
    expect(updated[0]?.customer).to.include({ last_name: 'Martin', phone: '+33 6 12 34 56 78' });
  });

  it('saves the same edit of one customer and then of another: each is an operation of its own', async () => {
    const shop = theShop();
    const adapter = createMemoryAdapter(shop);
    const form = await FormHarness.create({ adapter, attributes: zoe });
    await form.write('last_name', 'Martin');
    await form.submit();
    form.element.customer = undefined;
    form.element.customerId = 'amir';
    await form.loaded();
    await form.settled();
    await form.write('last_name', 'Martin');
    await form.submit();
    for (const id of ['zoe', 'amir']) {
      const { customer } = await adapter.getCustomer({ id });
      expect(customer.last_name, id).to.equal('Martin');
    }
  });

  it('keeps the kind of a detail that is a number or a list', async () => {
    const form = await FormHarness.create({ attributes: zoe });
    await form.write('metadata-text-1', '43');
    const updated = listen<CustomerUpdatedDetail>(form.element, 'customer-updated');
    await form.submit();
    expect(updated[0]?.customer.metadata).to.deep.equal({
      level: 'gold',
      'Shoe size': 43,
      source: { campaign: 'spring' },
    });
  });

  it('says why a guest’s status can’t be chosen', async () => {
    const form = await FormHarness.create({ attributes: { 'customer-id': 'amir' } });
    expect(form.field('status').disabled).to.equal(true);
    expect(form.text('#field-status-help')).to.contain('Turn into a registered customer');
    await form.write('last_name', 'Haddad');
    const updated = listen<CustomerUpdatedDetail>(form.element, 'customer-updated');
    await form.submit();
    expect(updated[0]?.customer).to.include({ last_name: 'Haddad', status: 'guest' });
  });

  it('takes the e-mail of an erased person only when told to', async () => {
    const form = await FormHarness.create({ attributes: zoe });
    const adapter = form.element.adapter!;
    const { version } = (await adapter.getCustomer({ id: 'amir' })).customer;
    await adapter.eraseCustomer({ id: 'amir', version, operationId: crypto.randomUUID() });
    await form.write('email', 'amir@example.com');
    const updated = listen<CustomerUpdatedDetail>(form.element, 'customer-updated');
    await form.submit();
    expect(form.text('.taken')).to.contain('The person with this e-mail asked to be erased');
    expect(updated).to.have.length(0);
    await expect(form.element).to.be.accessible();
    await form.press('Use it anyway');
    expect(updated[0]?.customer).to.include({ id: 'zoe', email: 'amir@example.com' });
  });

  it('asks before it closes only where something would be lost, keeping first', async () => {
    const form = await FormHarness.create({ attributes: { ...zoe, presentation: 'dialog', open: '' } });
    await form.write('first_name', 'Zoé');
    await form.press('Close');
    expect(form.text('.confirmation')).to.contain('Discard what you typed?');
    expect(form.text('.confirmation button')).to.equal('Keep editing');
    await form.press('Keep editing');
    expect(form.field('first_name').value).to.equal('Zoé');
    await form.press('Cancel');
    await form.press('Discard');
    expect(form.element.open).to.equal(false);

    form.element.open = true;
    await form.loaded();
    expect(form.field('first_name').value).to.equal('Zoë');
    await form.press('Close');
    expect(form.element.open).to.equal(false);
  });

  it('warns before the page goes while something is unsaved', async () => {
    const form = await FormHarness.create({ attributes: zoe });
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leave()).to.equal(false);
    await form.write('first_name', 'Zoé');
    expect(leave()).to.equal(true);
    form.element.remove();
    expect(leave()).to.equal(false);
  });

  it('keeps what was typed over a reload, says so, and can discard it', async () => {
    const [before, after] = twoPages();
    const form = await FormHarness.create({ adapter: before, attributes: zoe });
    await form.write('first_name', 'Zoé');
    form.element.remove();

    const again = await FormHarness.create({ adapter: after, attributes: zoe });
    expect(again.field('first_name').value).to.equal('Zoé');
    expect(again.text('.restored')).to.contain('Restored what you had typed.');
    const other = await FormHarness.create({ adapter: after, attributes: { 'customer-id': 'amir' } });
    expect(other.field('first_name').value, 'another customer').to.equal('Amir');
    const elsewhere = await FormHarness.create({
      adapter: { ...createMemoryAdapter(theShop()), site: 'another' },
      attributes: zoe,
    });
    expect(elsewhere.field('first_name').value, 'another shop').to.equal('Zoë');
    await again.press('Discard');
    expect(again.field('first_name').value).to.equal('Zoë');
    expect(again.has('.restored')).to.equal(false);
  });

  it('works where the browser refuses storage', async () => {
    const [before, after] = twoPages();
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    try {
      const form = await FormHarness.create({ adapter: before, attributes: zoe });
      await form.write('first_name', 'Zoé');
      form.element.remove();
      const again = await FormHarness.create({ adapter: before, attributes: zoe });
      expect(again.field('first_name').value, 'within the page').to.equal('Zoé');
      const reloaded = await FormHarness.create({ adapter: after, attributes: zoe });
      expect(reloaded.field('first_name').value).to.equal('Zoë');
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });

  it('keeps everything when the session has expired, and saves once it is renewed', async () => {
    let isExpired = true;
    const form = await FormHarness.create({
      attributes: zoe,
      options: {
        fail: (method) =>
          method === 'updateCustomer' && isExpired ? new AdapterError('unauthenticated', 'x') : undefined,
      },
    });
    await form.write('first_name', 'Zoé');
    await form.submit();
    expect(form.text('.save-failed')).to.contain('Sign in again');
    expect(form.focused?.className).to.contain('save-failed');
    isExpired = false;
    const updated = listen<CustomerUpdatedDetail>(form.element, 'customer-updated');
    await form.submit();
    expect(updated[0]?.customer.first_name).to.equal('Zoé');
  });

  it('survives being taken off the page and put back', async () => {
    const form = await FormHarness.create({ attributes: zoe });
    await form.write('first_name', 'Zoé');
    const box = form.element.parentElement!;
    form.element.remove();
    box.append(form.element);
    await form.settled();
    expect(form.field('first_name').value).to.equal('Zoé');
  });
});

describe('customer-form: accessibility', () => {
  const states: Record<string, Parameters<typeof FormHarness.create>[0]> = {
    'a new customer': {},
    'an edit as a dialog': { attributes: { ...zoe, presentation: 'dialog', open: '' } },
    'a panel': { attributes: { presentation: 'panel', open: '' } },
    'a guest': { attributes: { 'customer-id': 'amir' } },
    dark: { attributes: { ...zoe, theme: 'dark', presentation: 'dialog', open: '' } },
    'right to left': { attributes: { ...zoe, locale: 'ar' } },
    'for a viewer': { options: { access: { role: 'viewer' } } },
    failed: { attributes: zoe, options: { fail: () => new AdapterError('unavailable', 'x') } },
  };
  for (const [name, setup] of Object.entries(states)) {
    it(`has nothing to complain of when ${name}`, async () => {
      const form = await FormHarness.create(setup);
      await stillness(form.element);
      await expect(form.element).to.be.accessible();
    });
  }

  it('has nothing to complain of with suggestions open, and Escape closes only those', async () => {
    const form = await FormHarness.create({ attributes: { ...zoe, presentation: 'dialog', open: '' } });
    form.field('tags').focus();
    await form.keys('ArrowDown');
    expect(form.find('.tags-field .suggestions').matches(':popover-open')).to.equal(true);
    await stillness(form.element);
    await expect(form.element).to.be.accessible();
    await form.keys('Escape');
    expect(form.find('.tags-field .suggestions').matches(':popover-open')).to.equal(false);
    expect(form.element.open).to.equal(true);
    await form.keys('Escape');
    expect(form.element.open).to.equal(false);
  });
});
