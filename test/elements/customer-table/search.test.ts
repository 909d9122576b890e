import { aTimeout, expect, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ListCustomersRequest } from '../../../src/adapter/adapter.ts';
import { TableHarness, deferred, listen } from './harness.ts';

const searchOf = (request: unknown): string | undefined => (request as ListCustomersRequest).filters.search;

describe('customer-table: search', () => {
  it('asks once typing pauses', async () => {
    const asked: (string | undefined)[] = [];
    const table = await TableHarness.create({
      options: {
        delay: (method, request) => {
          if (method === 'listCustomers') asked.push(searchOf(request));
          return 0;
        },
      },
    });
    const changes = listen<{ filters: object }>(table.element, 'filters-changed');
    table.searchField.focus();
    await sendKeys({ type: 'marcus' });
    await oneEvent(table.element, 'customers-loaded');
    await table.loaded();
    expect(asked).to.deep.equal([undefined, 'marcus']);
    expect(changes).to.deep.equal([{ filters: { search: 'marcus' } }]);
    expect(table.names.every((name) => name.includes('Marcus'))).to.equal(true);
  });

  it('shows the answer to what was typed last, whatever order answers come in', async () => {
    const slow = deferred();
    const table = await TableHarness.create({
      options: {
        // It answers after the newer one, and does not know how to be aborted.
        delay: (method, request) =>
          method === 'listCustomers' && searchOf(request) === 'sophie' ? slow.promise : 0,
      },
    });
    await table.type(table.searchField, 'sophie');
    await waitUntil(() => table.element.loading);
    await table.search('marcus');
    const shown = table.names;
    slow.resolve();
    await aTimeout(50);
    await table.loaded();
    expect(table.names).to.deep.equal(shown);
    expect(shown[0]).to.contain('Marcus');
  });

  it('aborts the request that is no longer wanted', async () => {
    const table = await TableHarness.create();
    const adapter = table.element.adapter!;
    const signals: AbortSignal[] = [];
    table.element.adapter = {
      ...adapter,
      listCustomers: (request, options) => {
        signals.push(options!.signal!);
        return request.filters.search === 'a'
          ? new Promise(() => {})
          : adapter.listCustomers(request, options);
      },
    };
    await table.loaded();
    table.element.filters = { search: 'a' };
    await table.element.updateComplete;
    table.element.filters = { search: 'b' };
    await table.loaded();
    expect(signals.map((signal) => signal.aborted)).to.deep.equal([false, true, false]);
  });

  it('narrows what filters have narrowed already', async () => {
    const table = await TableHarness.create({ properties: { filters: { status: 'guest' } } });
    await table.search('marcus');
    expect(table.element.filters).to.deep.equal({ status: ['guest'], search: 'marcus' });
    const expected = table.options.customers!.filter(
      ({ status, first_name: name }) => status === 'guest' && name === 'Marcus',
    );
    expect(table.names).to.have.length(expected.length);
  });

  it('waits until a character is composed', async () => {
    const table = await TableHarness.create();
    const changes = listen(table.element, 'filters-changed');
    const field = table.searchField;
    field.focus();
    field.value = 'さ';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    await aTimeout(350);
    expect(changes).to.have.length(0);
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    await oneEvent(table.element, 'customers-loaded');
    expect(table.element.filters.search).to.equal('さ');
  });

  it('is reached by "/" from inside, and left alone where shortcuts are off', async () => {
    const table = await TableHarness.create();
    table.find('.name').focus();
    await sendKeys({ press: '/' });
    expect(table.focused).to.equal(table.describe(table.searchField));
    expect(table.searchField.value).to.equal('');
    await sendKeys({ type: 'a/b' });
    expect(table.searchField.value).to.equal('a/b');

    const quiet = await TableHarness.create({ attributes: { shortcuts: 'off' } });
    quiet.find('.name').focus();
    await sendKeys({ press: '/' });
    expect(quiet.focused).to.equal(quiet.describe(quiet.find('.name')));
  });

  it('does not take "/" from the page', async () => {
    const table = await TableHarness.create();
    const field = document.createElement('input');
    table.element.before(field);
    field.focus();
    await sendKeys({ press: '/' });
    expect(field.value).to.equal('/');
    expect(document.activeElement === field).to.equal(true);
  });

  it('is cleared by Escape', async () => {
    const table = await TableHarness.create();
    await table.search('marcus');
    table.searchField.focus();
    await sendKeys({ press: 'Escape' });
    await table.loaded();
    expect(table.element.filters).to.deep.equal({});
    expect(table.names).to.have.length(20);
    expect(table.searchField.value).to.equal('');
  });

  it('keeps what is typed while an answer arrives', async () => {
    const slow = deferred();
    const table = await TableHarness.create({
      options: { delay: (_, request) => (request && searchOf(request) ? slow.promise : 0) },
    });
    await table.type(table.searchField, 'mar');
    await waitUntil(() => table.element.filters.search === 'mar');
    await table.type(table.searchField, 'mar ');
    slow.resolve();
    await aTimeout(300);
    expect(table.searchField.value).to.equal('mar ');
  });

  for (const term of ['a,b', '(x)', '50%', 'a_b', '\\', '*', "'", '<b>', '🎉', 'x'.repeat(500)]) {
    it(`asks for ${term.slice(0, 8)} as it is written`, async () => {
      const table = await TableHarness.create();
      await table.search(term);
      expect(table.element.filters.search).to.equal(term);
      const found = (name: string) => name.toLowerCase().includes(term);
      if (term === "'") expect(table.names.every(found)).to.equal(true);
      else expect(table.text('.state-text')).to.contain(term);
    });
  }
});
