import { aTimeout, expect } from '@open-wc/testing';
import { TableHarness } from './harness.ts';

describe('customer-table: under a strict Content-Security-Policy', () => {
  it('breaks no rule in any state', async () => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'";
    document.head.append(policy);
    const violations: string[] = [];
    const note = (event: SecurityPolicyViolationEvent) =>
      violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    document.addEventListener('securitypolicyviolation', note);

    const table = await TableHarness.create({ attributes: { actions: 'edit delete' } });
    await table.addFilter('Group');
    await aTimeout(50);
    await table.dismiss();
    table.find('thead input').click();
    await table.press(`Actions for ${table.names[0]!}`);
    await TableHarness.create({ width: '700px' });
    await TableHarness.create({ width: '390px' });
    await TableHarness.begin({ options: { delay: () => new Promise(() => {}) } });
    await TableHarness.create({ count: 0 });
    await aTimeout(50);
    expect(violations).to.deep.equal([]);

    const box = document.createElement('div');
    box.setAttribute('style', 'color: red');
    await aTimeout(50);
    expect(violations, 'the policy is in force').to.have.length(1);
    document.removeEventListener('securitypolicyviolation', note);
  });
});
