import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import type { CreateCustomerRequest } from '../../../src/adapter/customer-writes.ts';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import type { CustomerCreatedDetail } from '../../../src/elements/customer-form/events.ts';
import { listen } from '../customer-detail/harness.ts';
import { theShop } from '../customer-detail/shop.ts';
import { FormHarness, readable } from './harness.ts';

const ada = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };

async function written(form: FormHarness, values: Record<string, string> = ada): Promise<void> {
  for (const [name, value] of Object.entries(values)) await form.write(name, value);
}

/** Her e-mail is that of a person who asked to be erased. */
async function eraseZoe(adapter: CustomerAdapter): Promise<void> {
  const { version } = (await adapter.getCustomer({ id: 'zoe' })).customer;
  await adapter.eraseCustomer({ id: 'zoe', version, operationId: crypto.randomUUID() });
}

describe('customer-form: a new customer', () => {
  it('is made of what was typed, phone as E.164', async () => {
    const form = await FormHarness.create();
    await written(form, {
      ...ada,
      email: ' Ada@Example.com ',
      phone: '+49 (1511) 234 5678',
      avatar_url: 'https://example.com/a.png',
    });
    await waitUntil(() => form.field('phone').value === '+49 1511 2345678', 'the number is not written out', {
      timeout: 10_000,
    });
    const created = oneEvent(form.element, 'customer-created');
    await form.submit();
    const { customer } = ((await created) as CustomEvent<CustomerCreatedDetail>).detail;
    expect(customer).to.include({
      ...ada,
      phone: '+4915112345678',
      avatar_url: 'https://example.com/a.png',
      status: 'active',
    });
    expect(form.field('email').value, 'an inline form is empty again').to.equal('');
  });

  it('has every mistake at its field and by name in a summary that leads there', async () => {
    const form = await FormHarness.create();
    await written(form, { email: 'ada@', phone: '12', avatar_url: 'javascript:alert(1)' });
    await form.submit();
    expect(form.text('.summary'))
      .to.contain('4 things need a look')
      .and.contain('E-mail: This is not an e-mail');
    expect(form.focused?.className).to.contain('summary');
    expect(form.errorOf('first_name')).to.equal('A first or a last name is needed.');
    expect(form.errorOf('avatar_url')).to.equal('Begin with https:// or http://.');
    expect(form.field('phone').getAttribute('aria-describedby')).to.contain('field-phone-error');
    expect(form.field('email').getAttribute('aria-invalid')).to.equal('true');
    await expect(form.element).to.be.accessible();

    form.find<HTMLAnchorElement>('.summary a[href="#field-email"]').click();
    expect(form.focused?.id).to.equal('field-email');
    await form.write('email', 'ada@example.com');
    expect(form.errorOf('email')).to.equal(undefined);
    expect(form.field('phone').value, 'what was typed stays').to.equal('12');
  });

  it('shows what the server refused at its field', async () => {
    const form = await FormHarness.create({
      options: {
        fail: (method) =>
          method === 'createCustomer'
            ? new AdapterError('invalid', 'no', { fields: { last_name: 'is on the list of names' } })
            : undefined,
      },
    });
    await written(form);
    await form.submit();
    expect(form.errorOf('last_name')).to.contain('is on the list of names');
    expect(form.field('last_name').value).to.equal('Lovelace');
  });

  it('leads to the customer who has the e-mail already', async () => {
    const form = await FormHarness.create();
    await written(form, { ...ada, email: 'ZOE@example.com' });
    await form.submit();
    expect(form.text('.taken')).to.contain('There is a customer with this e-mail already');
    expect(form.focused?.className).to.contain('taken');
    await expect(form.element).to.be.accessible();
    const opened = listen<{ customerId: string }>(form.element, 'customer-open');
    await form.press('Open Zoë Lefèvre');
    expect(opened.map(({ customerId }) => customerId)).to.deep.equal(['zoe']);
  });

  it('offers an admin to restore a deleted one, and anybody to add anew', async () => {
    const options = {};
    const form = await FormHarness.create({ options });
    await form.element.adapter!.deleteCustomers({ ids: ['zoe'], operationId: crypto.randomUUID() });
    await written(form, { ...ada, email: 'zoe@example.com' });
    await form.submit();
    const restored = listen<{ customerId: string }>(form.element, 'customer-restored');
    const opened = listen<{ customerId: string }>(form.element, 'customer-open');
    await form.press('Restore Zoë Lefèvre');
    expect([restored[0]?.customerId, opened[0]?.customerId]).to.deep.equal(['zoe', 'zoe']);

    await form.element.adapter!.deleteCustomers({ ids: ['zoe'], operationId: crypto.randomUUID() });
    await written(form, { ...ada, email: 'zoe@example.com' });
    await form.submit();
    const created = listen<CustomerCreatedDetail>(form.element, 'customer-created');
    await form.press('Add anew');
    expect(created[0]?.customer).to.include({ first_name: 'Ada', email: 'zoe@example.com' });
  });

  it('leads to the customer that the one with the e-mail was merged with', async () => {
    const form = await FormHarness.create();
    const adapter = form.element.adapter!;
    const versionOf = async (id: string) => (await adapter.getCustomer({ id })).customer.version;
    await adapter.mergeCustomers({
      operationId: crypto.randomUUID(),
      keepId: 'zoe',
      keepVersion: await versionOf('zoe'),
      goneId: 'amir',
      goneVersion: await versionOf('amir'),
      fields: {},
    });
    await written(form, { ...ada, email: 'amir@example.com' });
    await form.submit();
    expect(form.text('.taken')).to.contain('was merged with another');
    expect(form.has('[data-action=anew]')).to.equal(false);
    const opened = listen<{ customerId: string }>(form.element, 'customer-open');
    await form.press('Open Zoë Lefèvre');
    expect(opened[0]?.customerId).to.equal('zoe');
  });

  it('says that the person was erased, and adds them only when told to', async () => {
    const form = await FormHarness.create();
    const adapter = form.element.adapter!;
    await eraseZoe(adapter);
    await written(form, { ...ada, email: 'zoe@example.com' });
    const created = listen<CustomerCreatedDetail>(form.element, 'customer-created');
    await form.submit();
    expect(form.text('.taken')).to.contain('The person with this e-mail asked to be erased');
    expect(form.focused?.className).to.contain('taken');
    expect(form.has('[data-action=restore]'), 'nothing is left to restore').to.equal(false);
    await expect(form.element).to.be.accessible();
    expect(created).to.have.length(0);
    await form.press('Add anyway');
    expect(created[0]?.customer).to.include({ first_name: 'Ada', email: 'zoe@example.com' });
  });

  it('stays told to when the answer is lost, so that nobody is made twice', async () => {
    const sent: CreateCustomerRequest[] = [];
    const adapter = createMemoryAdapter(theShop());
    await eraseZoe(adapter);
    const form = await FormHarness.create({
      adapter: {
        ...adapter,
        createCustomer: async (request, options) => {
          sent.push(request);
          const answer = await adapter.createCustomer(request, options);
          if (sent.length === 2) throw new AdapterError('unavailable', 'lost');
          return answer;
        },
      },
    });
    await written(form, { ...ada, email: 'zoe@example.com' });
    const created = listen<CustomerCreatedDetail>(form.element, 'customer-created');
    await form.submit();
    await form.press('Add anyway');
    await form.submit();
    expect(created).to.have.length(1);
    expect(sent.map(({ anew }) => anew)).to.deep.equal([undefined, true, true]);
    expect(sent[2]?.operationId).to.equal(sent[1]?.operationId);
  });

  it('does not offer restoring to an editor', async () => {
    const form = await FormHarness.create({ options: { access: { role: 'admin' } } });
    const adapter = form.element.adapter!;
    await adapter.deleteCustomers({ ids: ['zoe'], operationId: crypto.randomUUID() });
    const editor = await FormHarness.create({
      adapter: {
        ...adapter,
        getAccess: async () => ({ ...(await adapter.getAccess()), role: 'editor' as const }),
      },
    });
    await written(editor, { ...ada, email: 'zoe@example.com' });
    await editor.submit();
    expect(editor.has('[data-action=restore]')).to.equal(false);
    expect(editor.has('[data-action=anew]')).to.equal(true);
  });

  it('sends the same request again after a lost answer, so that nobody is made twice', async () => {
    let isLost = true;
    const adapter = createMemoryAdapter();
    const form = await FormHarness.create({
      adapter: {
        ...adapter,
        createCustomer: async (request, options) => {
          const answer = await adapter.createCustomer(request, options);
          if (isLost) throw new AdapterError('unavailable', 'lost');
          return answer;
        },
      },
    });
    await written(form);
    await form.submit();
    expect(form.text('.save-failed')).to.contain('nothing you typed is lost');
    expect(form.field('first_name').value).to.equal('Ada');
    isLost = false;
    const created = listen<CustomerCreatedDetail>(form.element, 'customer-created');
    await form.submit();
    expect(created).to.have.length(1);
    expect(await adapter.countCustomers({ filters: {} })).to.deep.equal({ value: 1, exact: true });
  });

  it('can have a first address, whose fields are those of its country', async () => {
    const form = await FormHarness.create();
    await written(form);
    await form.press('Add an address');
    await form.write('address-country', 'united states');
    expect(form.field('address-country').value).to.equal('United States');
    const labels = () =>
      [...form.root.querySelectorAll<HTMLElement>('.address-fields .form-label')].map((one) => readable(one));
    expect(labels().join('|')).to.equal(
      'Country Required|Company|Street and number Required|Apartment, floor, c/o|City Required|State Required|ZIP code Required',
    );
    await form.submit();
    expect(form.errorOf('address-postal_code')).to.equal('This is needed.');
    await form.write('address-country', 'jp');
    expect(labels()[2]).to.equal('Postal code Required');
    expect(labels()[3]).to.equal('Prefecture Required');
    await form.write('address-country', 'DE');
    await written(form, {
      'address-address_line_1': 'Weg 1',
      'address-postal_code': '53111',
      'address-city': 'Bonn',
    });
    const created = listen<CustomerCreatedDetail>(form.element, 'customer-created');
    await form.submit();
    const detail = await form.element.adapter!.getCustomer({ id: created[0]!.customerId });
    expect(detail.addresses[0]).to.include({
      first_name: 'Ada',
      address_line_1: 'Weg 1',
      city: 'Bonn',
      country: 'DE',
      is_default_billing: true,
      is_default_shipping: true,
    });
  });

  it('goes on with the address alone where only that failed', async () => {
    let isDown = true;
    const form = await FormHarness.create({
      options: {
        fail: (method) =>
          method === 'saveAddress' && isDown ? new AdapterError('unavailable', 'x') : undefined,
      },
    });
    const created = listen<CustomerCreatedDetail>(form.element, 'customer-created');
    await written(form);
    await form.press('Add an address');
    await written(form, {
      'address-country': 'DE',
      'address-address_line_1': 'Weg 1',
      'address-postal_code': '53111',
      'address-city': 'Bonn',
    });
    await form.submit();
    expect(form.text('.save-failed')).to.contain('The customer is added, but the address is not.');
    expect(form.has('#field-email'), 'the customer is not asked for again').to.equal(false);
    isDown = false;
    await form.press('Save the address');
    expect(created).to.have.length(1);
    const { addresses } = await form.element.adapter!.getCustomer({ id: created[0]!.customerId });
    expect(addresses.map(({ city }) => city)).to.deep.equal(['Bonn']);
  });

  it('takes tags by typing and by suggestions, all by keyboard', async () => {
    const form = await FormHarness.create();
    form.field('tags').focus();
    await sendKeys({ type: 'new one' });
    await form.keys('Enter');
    await sendKeys({ type: 'pre' });
    await new Promise((resolve) => setTimeout(resolve, 350));
    await form.keys('ArrowDown', 'ArrowDown', 'Enter');
    const tags = () =>
      [...form.root.querySelectorAll<HTMLElement>('.tags-chosen li')].map((one) => readable(one));
    expect(tags()).to.deep.equal(['new one', 'press']);
    expect(form.focused?.id).to.equal('field-tags');
    await form.keys('Backspace');
    expect(tags()).to.deep.equal(['new one']);
  });

  it('keeps details of the shop’s own, and says which has no name', async () => {
    const form = await FormHarness.create();
    await written(form);
    await form.press('Add a detail');
    await form.write('metadata-text-0', 'gold');
    await form.submit();
    expect(form.errorOf('metadata-name-0')).to.equal('Give this a name.');
    await form.write('metadata-name-0', 'level');
    const created = listen<CustomerCreatedDetail>(form.element, 'customer-created');
    await form.submit();
    expect(created[0]?.customer.metadata).to.deep.equal({ level: 'gold' });
  });

  it('is not made where the host prevents it, and nothing is lost', async () => {
    const form = await FormHarness.create();
    form.element.addEventListener('customer-save', (event) => event.preventDefault());
    await written(form);
    await form.submit();
    expect(form.field('first_name').value).to.equal('Ada');
    expect(await form.element.adapter!.countCustomers({ filters: {} })).to.deep.equal({
      value: 2,
      exact: true,
    });
  });

  it('is offered to editors alone', async () => {
    const form = await FormHarness.create({ options: { access: { role: 'viewer' } } });
    expect(form.text('.state')).to.contain('You can read customers, but not change them');
    expect(form.has('form')).to.equal(false);
  });
});
