import { expect, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { createSupabaseAdapterFromUrl } from '../../../src/adapters/supabase/index.ts';
import type { CustomerUpdatedDetail } from '../../../src/elements/customer-form/events.ts';
import type { CustomerFields } from '../../../src/model/customer-fields.ts';
import { listen } from '../customer-detail/harness.ts';
import { FormHarness, readable } from './harness.ts';

/** Two people, each with a browser of his own as far as the backend can tell, on one customer. */
describe('customer-form: two people on one real backend', function () {
  this.timeout(120_000);
  let editor: CustomerAdapter;
  let admin: CustomerAdapter;
  let adminName: string;

  before(async () => {
    const { url, anonKey, tokens } = (await (await fetch('/backend.json')).json()) as {
      url: string;
      anonKey: string;
      tokens: { editor: string; admin: string };
    };
    const { siteId } = (await (await fetch('/backend/sites', { method: 'POST' })).json()) as {
      siteId: string;
    };
    const as = (token: string) =>
      createSupabaseAdapterFromUrl({ url, key: anonKey, siteId, getAccessToken: async () => token });
    [editor, admin] = await Promise.all([as(tokens.editor), as(tokens.admin)]);
    adminName = (await admin.getAccess()).display_name;
  });

  const made = async (): Promise<string> => {
    const id = crypto.randomUUID();
    const fields: Partial<CustomerFields> = {
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: `${id}@example.com`,
      tags: ['loyal'],
      metadata: { level: 'gold', shoe: 38 },
    };
    await editor.createCustomer({ id, operationId: crypto.randomUUID(), fields });
    return id;
  };
  const openBoth = async (id: string) => {
    const open = async (adapter: CustomerAdapter) => {
      const form = await FormHarness.begin({ adapter, attributes: { 'customer-id': id } });
      await waitUntil(() => form.has('form'), 'the form does not come', { timeout: 20_000 });
      return form;
    };
    return { mine: await open(editor), theirs: await open(admin) };
  };
  const saved = async (form: FormHarness): Promise<CustomerUpdatedDetail> => {
    const updated = listen<CustomerUpdatedDetail>(form.element, 'customer-updated');
    form.find('button[type=submit], [data-action=resolve]').click();
    await waitUntil(() => updated.length > 0, 'it is not saved', { timeout: 20_000 });
    await form.settled();
    return updated[0]!;
  };

  it('keeps what only one of them changed, and says so', async () => {
    const id = await made();
    const { mine, theirs } = await openBoth(id);
    await theirs.write('phone', '+49 30 12345678');
    await theirs.write(theirs.detailField('shoe'), '39');
    await saved(theirs);

    await mine.write('last_name', 'King');
    await mine.write(mine.detailField('level'), 'platinum');
    await saved(mine);
    const said = mine.text('.form-alert');
    expect(said).to.contain(`Meanwhile ${adminName} changed: Phone and shoe. Both are kept.`);
    const { customer } = await editor.getCustomer({ id });
    expect(customer).to.include({ last_name: 'King', phone: '+493012345678' });
    expect(customer.metadata).to.deep.equal({ level: 'platinum', shoe: 39 });
    await expect(mine.element).to.be.accessible();
  });

  it('shows what both changed side by side, with who and when, and saves what is chosen', async () => {
    const id = await made();
    const { mine, theirs } = await openBoth(id);
    await theirs.write('first_name', 'Augusta');
    await theirs.write('last_name', 'Byron');
    await saved(theirs);

    await mine.write('first_name', 'Adelaide');
    await mine.write('last_name', 'King');
    await mine.submit();
    await waitUntil(() => mine.has('.conflict'), 'nobody is asked', { timeout: 20_000 });
    await mine.settled();
    const sides = [...mine.root.querySelectorAll<HTMLElement>('.sides')].map((one) => readable(one));
    expect(sides[0]).to.match(new RegExp(`First name Yours Adelaide ${adminName} · .* Augusta`));
    expect(sides[1]).to.match(/Last name Yours King .* Byron/);
    expect(mine.focused?.id).to.equal('conflict-title');
    await expect(mine.element).to.be.accessible();
    expect((await editor.getCustomer({ id })).customer.first_name, 'nothing is overwritten').to.equal(
      'Augusta',
    );

    expect(mine.find('[data-action=resolve]').getAttribute('aria-disabled')).to.equal('true');
    await mine.keys('Tab', 'Space', 'Tab');
    mine.find<HTMLInputElement>('[data-field=last_name] input[value=theirs]').click();
    await mine.settled();
    await saved(mine);
    expect((await editor.getCustomer({ id })).customer).to.include({
      first_name: 'Adelaide',
      last_name: 'Byron',
    });
  });

  it('asks again when somebody is quicker once more', async () => {
    const id = await made();
    const { mine } = await openBoth(id);
    const meddle = async (first_name: string) => {
      const { version } = (await admin.getCustomer({ id })).customer;
      await admin.updateCustomer({ id, version, operationId: crypto.randomUUID(), fields: { first_name } });
    };
    await meddle('Augusta');
    await mine.write('first_name', 'Adelaide');
    await mine.submit();
    const shown = () => mine.root.querySelector<HTMLElement>('.conflict')?.innerText ?? '';
    await waitUntil(() => shown().includes('Augusta'), 'nobody is asked', { timeout: 20_000 });
    await meddle('Anna');
    mine.find<HTMLInputElement>('input[value=mine]').click();
    await mine.settled();
    mine.find('[data-action=resolve]').click();
    await waitUntil(() => shown().includes('Anna'), 'nobody is asked again', { timeout: 20_000 });
    mine.find<HTMLInputElement>('input[value=mine]').click();
    await mine.settled();
    await saved(mine);
    expect((await editor.getCustomer({ id })).customer.first_name).to.equal('Adelaide');
  });

  it('puts tags together that both added', async () => {
    const id = await made();
    const { mine, theirs } = await openBoth(id);
    const tag = async (form: FormHarness, name: string) => {
      form.field('tags').focus();
      await form.write('tags', name);
    };
    await tag(theirs, 'theirs');
    await saved(theirs);
    await tag(mine, 'mine');
    await saved(mine);
    expect((await editor.getCustomer({ id })).customer.tags).to.deep.equal(['loyal', 'theirs', 'mine']);
  });
});
