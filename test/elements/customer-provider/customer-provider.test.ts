import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { configure, type GetAccessToken } from '../../../src/adapter/configure.ts';
import type { CustomersContext } from '../../../src/adapter/context.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import '../../../src/elements/customer-provider/define.ts';
import type { CustomerProvider } from '../../../src/elements/customer-provider/customer-provider.ts';
import { CustomersElement } from '../../../src/parts/customers-element.ts';

/** An element like any of ours, that shows what it was given. */
class ProvidedProbe extends CustomersElement {
  get given(): CustomersContext | undefined {
    return this.provided;
  }
  get adapterInForce(): CustomerAdapter | undefined {
    return this.source;
  }
  get spokenLocale(): string {
    return this.language.locale;
  }
}
ProvidedProbe.define('provided-probe');

const probeIn = (element: Element): ProvidedProbe => element.querySelector<ProvidedProbe>('provided-probe')!;
const key = 'sb_publishable_test';
const siteId = '0190c1b0-0000-7000-8000-000000000001';

describe('<customer-provider>', () => {
  let warnings: string[];
  const originalWarn = console.warn;
  beforeEach(() => {
    warnings = [];
    console.warn = (...parts: unknown[]) => warnings.push(parts.join(' '));
  });
  afterEach(() => {
    console.warn = originalWarn;
    configure({ adapter: undefined, getAccessToken: undefined } as never);
  });

  it('takes part in the layout as if it were not there', async () => {
    const provider = await fixture(html`<customer-provider><p>here</p></customer-provider>`);
    expect(getComputedStyle(provider).display).to.equal('contents');
    await expect(provider).to.be.accessible();
  });

  it('gives its adapter to the elements inside, also through shadow roots', async () => {
    const adapter = createMemoryAdapter();
    const provider = await fixture(
      html`<customer-provider .adapter=${adapter}><section></section></customer-provider>`,
    );
    const root = provider.querySelector('section')!.attachShadow({ mode: 'open' });
    root.append(document.createElement('provided-probe'));
    expect((root.firstChild as ProvidedProbe).adapterInForce).to.equal(adapter);
  });

  it('follows an adapter that is set later, and one that takes its place', async () => {
    const provider = await fixture<CustomerProvider>(
      html`<customer-provider><provided-probe></provided-probe></customer-provider>`,
    );
    expect(probeIn(provider).adapterInForce).to.equal(undefined);
    for (const adapter of [createMemoryAdapter(), createMemoryAdapter()]) {
      provider.adapter = adapter;
      await provider.updateComplete;
      expect(probeIn(provider).adapterInForce).to.equal(adapter);
    }
  });

  it('reaches elements that were on the page before it was defined', async () => {
    const adapter = createMemoryAdapter();
    class LateProvider extends (customElements.get('customer-provider') as typeof CustomerProvider) {}
    const late = await fixture<CustomerProvider>(
      html`<late-provider><provided-probe></provided-probe></late-provider>`,
    );
    LateProvider.define('late-provider');
    late.adapter = adapter;
    await late.updateComplete;
    expect(probeIn(late).adapterInForce).to.equal(adapter);
  });

  it('yields to an element that has an adapter of its own', async () => {
    const own = createMemoryAdapter();
    const provider = await fixture(
      html`<customer-provider .adapter=${createMemoryAdapter()}>
        <provided-probe .adapter=${own}></provided-probe>
      </customer-provider>`,
    );
    expect(probeIn(provider).adapterInForce).to.equal(own);
  });

  it('lets the inner of two win, and passes on what that leaves open', async () => {
    const [outer, inner] = [createMemoryAdapter(), createMemoryAdapter()];
    const provider = await fixture(html`
      <customer-provider .adapter=${outer} locale="de">
        <customer-provider .adapter=${inner}><provided-probe></provided-probe></customer-provider>
      </customer-provider>
    `);
    await aTimeout(0);
    expect(probeIn(provider).adapterInForce).to.equal(inner);
    expect(probeIn(provider).spokenLocale).to.equal('de');
  });

  it('gives the adapter of configure() where it has none', async () => {
    const adapter = createMemoryAdapter();
    const provider = await fixture<CustomerProvider>(
      html`<customer-provider locale="ar"><provided-probe></provided-probe></customer-provider>`,
    );
    configure({ adapter });
    await provider.updateComplete;
    expect(probeIn(provider).adapterInForce).to.equal(adapter);
  });

  it('only takes away by max-role, however providers are nested', async () => {
    const provider = await fixture<CustomerProvider>(html`
      <customer-provider max-role="viewer">
        <customer-provider max-role="admin"><provided-probe></provided-probe></customer-provider>
      </customer-provider>
    `);
    await aTimeout(0);
    expect(probeIn(provider).given?.role).to.equal('viewer');
  });

  it('takes a max-role that is no role for the least one, and says so once', async () => {
    const provider = await fixture<CustomerProvider>(
      html`<customer-provider max-role="owner"><provided-probe></provided-probe></customer-provider>`,
    );
    provider.requestUpdate();
    await provider.updateComplete;
    expect(probeIn(provider).given?.role).to.equal('viewer');
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('max-role must be one of viewer, editor, admin, not "owner"');
  });

  describe('with attributes for plain HTML', () => {
    /** A server of PostgREST's shape that answers nothing but records who asked. */
    let asked: { url: string; authorization: string | null; apikey: string | null; body: string }[];
    const originalFetch = window.fetch;
    beforeEach(() => {
      asked = [];
      window.fetch = async (input, init) => {
        const request = new Request(input, init);
        if (!request.url.startsWith('http://api.test')) return originalFetch(input, init);
        asked.push({
          url: request.url,
          authorization: request.headers.get('authorization'),
          apikey: request.headers.get('apikey'),
          body: await request.text(),
        });
        return new Response('{"value": 3, "exact": true}', {
          headers: { 'content-type': 'application/json' },
        });
      };
    });
    afterEach(() => (window.fetch = originalFetch));

    const described = (getAccessToken?: GetAccessToken, site = siteId) =>
      fixture<CustomerProvider>(html`
        <customer-provider
          supabase-url="http://api.test"
          supabase-key=${key}
          site-id=${site}
          .getAccessToken=${getAccessToken}
        >
          <provided-probe></provided-probe>
        </customer-provider>
      `);
    const adapterOf = async (provider: Element): Promise<CustomerAdapter> => {
      await waitUntil(() => probeIn(provider).adapterInForce, 'the adapter comes', { timeout: 5000 });
      return probeIn(provider).adapterInForce!;
    };

    it('asks that Supabase project for that site, as the person who is signed in', async () => {
      const adapter = await adapterOf(await described(() => 'token-of-edgar'));
      const total = await adapter.countCustomers({ filters: {} });
      expect(total).to.deep.equal({ value: 3, exact: true });
      expect(asked).to.have.length(1);
      expect(asked[0]!.url).to.match(/^http:\/\/api\.test\/rest\/v1\/rpc\//);
      expect(asked[0]!.authorization).to.equal('Bearer token-of-edgar');
      expect(asked[0]!.apikey).to.equal(key);
      expect(asked[0]!.body).to.contain(siteId);
    });

    it('takes the token callback from configure() too, also when that comes later', async () => {
      const provider = await described();
      configure({ getAccessToken: () => 'token-of-ada' });
      const adapter = await adapterOf(provider);
      await adapter.countCustomers({ filters: {} });
      expect(asked[0]!.authorization).to.equal('Bearer token-of-ada');
      expect(warnings).to.deep.equal([]);
    });

    it('makes another adapter when the site changes, and gives none meanwhile', async () => {
      const provider = await described(() => 'token');
      const before = await adapterOf(provider);
      const other = '0190c1b0-0000-7000-8000-000000000002';
      provider.setAttribute('site-id', other);
      await provider.updateComplete;
      expect(probeIn(provider).adapterInForce).to.equal(undefined);
      const after = await adapterOf(provider);
      expect(after).to.not.equal(before);
      await after.countCustomers({ filters: {} });
      expect(asked[0]!.body).to.contain(other);
    });

    it('keeps the adapter where only the callback is another function', async () => {
      const provider = await described(() => 'first');
      const adapter = await adapterOf(provider);
      provider.getAccessToken = () => 'second';
      await provider.updateComplete;
      await aTimeout(20);
      expect(probeIn(provider).adapterInForce).to.equal(adapter);
    });

    it('makes the adapter anew by reconnect(), for another person', async () => {
      let token = 'first';
      const provider = await described(() => token);
      await (await adapterOf(provider)).countCustomers({ filters: {} });
      token = 'second';
      provider.reconnect();
      await provider.updateComplete;
      await (await adapterOf(provider)).countCustomers({ filters: {} });
      expect(asked.map(({ authorization }) => authorization)).to.deep.equal([
        'Bearer first',
        'Bearer second',
      ]);
    });

    it('prefers the adapter property', async () => {
      const provider = await described(() => 'token');
      const adapter = createMemoryAdapter();
      provider.adapter = adapter;
      await provider.updateComplete;
      expect(probeIn(provider).adapterInForce).to.equal(adapter);
    });

    it('says once what to do where something is missing or wrong, and gives nothing', async () => {
      configure({ adapter: createMemoryAdapter() });
      const provider = await fixture<CustomerProvider>(html`
        <customer-provider supabase-url="shop.example" site-id="17">
          <provided-probe></provided-probe>
        </customer-provider>
      `);
      await waitUntil(() => warnings.length > 0, 'a warning comes', { timeout: 3000 });
      provider.requestUpdate();
      await aTimeout(1100);
      expect(warnings).to.have.length(1);
      expect(warnings[0])
        .to.contain('supabase-url must be an http or https address, not "shop.example"')
        .and.contain('set supabase-key')
        .and.contain('site-id must be a uuid, not "17"')
        .and.contain('set getAccessToken');
      expect(probeIn(provider).adapterInForce).to.equal(undefined);
    });

    it('refuses a service role key', async () => {
      const claims = btoa('{"role":"service_role"}');
      const provider = await fixture<CustomerProvider>(html`
        <customer-provider
          supabase-url="http://api.test"
          supabase-key="head.${claims}.sign"
          site-id=${siteId}
          .getAccessToken=${() => 'token'}
        >
          <provided-probe></provided-probe>
        </customer-provider>
      `);
      await waitUntil(() => warnings.length > 0, 'a warning comes', { timeout: 3000 });
      expect(warnings[0]).to.contain('service role key');
      expect(warnings[0]).to.not.contain(claims);
      expect(probeIn(provider).adapterInForce).to.equal(undefined);
    });
  });
});
