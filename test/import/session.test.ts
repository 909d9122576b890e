import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SessionHost } from '../../src/import/session-host.ts';
import { ImportSession } from '../../src/import/session.ts';
import type { CheckSettings } from '../../src/import/settings.ts';

const text = [
  'email,name,country,newsletter,user_pass,joined,zip',
  'mailto:ann@example.com,Ann Lee,Germany,yes,secret1,31/01/2024,1067',
  'bob@example.com,Bob Ray,Atlantis,vielleicht,secret2,02/03/2024,',
  'BOB@example.com,Bob Ray,,,secret3,,',
  'nobody,X,,,,,',
].join('\n');
const open = (): Promise<ImportSession> => ImportSession.open(new Blob([text]), { fileName: 'list.csv' });

describe('an open file', () => {
  it('counts its records by what becomes of them, and its problems by kind', async () => {
    const { counts, kinds } = (await open()).overview();
    assert.deepEqual(counts, { ready: 1, invalid: 2, duplicate: 1, continuation: 0, left_out: 0 });
    assert.deepEqual(
      kinds.map(({ code, severity, count, repairable }) => [code, severity, count, repairable]),
      [
        ['email_invalid', 'error', 2, 1],
        ['duplicate', 'skipped', 1, 0],
        ['country_unknown', 'warning', 1, 0],
        ['consent_unknown', 'warning', 1, 0],
      ],
    );
    assert.deepEqual(kinds[2]?.values, [{ value: 'Atlantis', count: 1 }]);
  });

  it('repairs all of a kind, and never unasked', async () => {
    const session = await open();
    const { counts } = await session.recheck({ repairs: ['email_invalid', 'zero_lost'] });
    assert.equal(counts.ready, 2);
    const [ann] = session.batch(0, 10).rows;
    assert.deepEqual([ann?.email, ann?.postal_code], ['ann@example.com', '01067']);
  });

  it('takes what words mean from a person, for countries and consent', async () => {
    const session = await open();
    const { kinds } = await session.recheck({
      values: { country: { Atlantis: 'GR' }, accepts_marketing: { vielleicht: false } },
    });
    const [bob] = session.batch(0, 10).rows;
    assert.deepEqual([bob?.country, bob?.accepts_marketing], ['GR', false]);
    assert.ok(!kinds.some(({ severity }) => severity === 'warning'));
  });

  it('judges an edited cell and what follows from it, and forgets the edit when it is taken back', async () => {
    const session = await open();
    const edits = [
      { row: 3, column: 0, value: 'robert@example.com' },
      { row: 5, column: 0, value: 'x@example.com' },
    ];
    const { counts } = await session.recheck({ edits });
    assert.deepEqual([counts.ready, counts.duplicate, counts.invalid], [3, 0, 1]);
    assert.equal((await session.recheck({})).counts.ready, 1);
  });

  it('leaves records out; the next one with the same e-mail comes in their place', async () => {
    const session = await open();
    const { counts } = await session.recheck({ leftOut: [3] });
    assert.deepEqual([counts.ready, counts.left_out, counts.duplicate], [1, 1, 0]);
    const { rows, rejected } = session.batch(0, 10);
    assert.deepEqual([rows[0]?.row, rejected.find(({ row }) => row === 3)?.outcome], [4, 'skipped']);
  });

  it('shows records that repeat an e-mail below the one they repeat', async () => {
    const rows = [
      'a@example.com,1',
      'b@example.com,2',
      'c@example.com,3',
      'B@example.com,4',
      'A@example.com,5',
    ];
    const session = await ImportSession.open(new Blob([`email,note\n${rows.join('\n')}\na@example.com,6\n`]));
    const page = session.page({ of: 'duplicate', together: true, offset: 0, limit: 9 });
    assert.equal(page.total, 5);
    assert.deepEqual(
      page.records.map(({ row, problems }) => [row, problems[0]?.of]),
      [
        [3, undefined],
        [5, 3],
        [2, undefined],
        [6, 2],
        [7, 2],
      ],
    );
    await session.recheck({ leftOut: [2] });
    const { records } = session.page({ of: 'duplicate', together: true, offset: 2, limit: 9 });
    assert.deepEqual(
      records.map(({ row, problems }) => [row, problems[0]?.of]),
      [
        [6, undefined],
        [7, 6],
      ],
    );
  });

  it('finds and replaces, says beforehand in how many cells, and never in a secret', async () => {
    const session = await open();
    const replacement = { find: 'bob', replaceWith: 'rob' };
    assert.equal(session.matches(replacement), 4);
    assert.equal(session.matches({ ...replacement, matchCase: true }), 1);
    assert.equal(session.matches({ find: 'secret', replaceWith: '' }), 0);
    await session.recheck({ replacements: [replacement] });
    assert.deepEqual(session.batch(0, 10).rows[0]?.email, 'rob@example.com');
  });

  it('shows pages of all records or of a kind, without what is secret', async () => {
    const session = await open();
    const page = session.page({ of: 'email_invalid', offset: 0, limit: 1 });
    assert.equal(page.total, 2);
    assert.deepEqual([page.records[0]?.row, page.records[0]?.problems[0]?.repair], [2, 'ann@example.com']);
    assert.equal(session.page({ offset: 3, limit: 50 }).records.length, 1);
    const everything = [session.overview(), session.page({ offset: 0, limit: 9 }), session.originals([2, 3])];
    assert.doesNotMatch(JSON.stringify(everything), /secret\d/);
  });

  it('hands out records in the columns of the file, for those that failed', async () => {
    const { header, records } = (await open()).originals([5]);
    assert.deepEqual(header, ['email', 'name', 'country', 'newsletter', 'joined', 'zip']);
    assert.deepEqual(records, [{ row: 5, cells: ['nobody', 'X', '', '', '', ''] }]);
  });

  it('knows the order of day and month by evidence, and writes such dates as ISO', async () => {
    const session = await open();
    assert.equal(session.overview().columns[5]?.dateOrder, 'day_first');
    assert.equal(session.batch(0, 10).rows[0]?.metadata?.joined, '2024-03-02');
    await session.recheck({ dateOrders: { 5: 'month_first' } });
    assert.equal(session.batch(0, 10).rows[0]?.metadata?.joined, '2024-02-03');
  });

  it('is mapped anew as a person says, and says what is missing', async () => {
    const session = await open();
    const { blocker } = await session.recheck({ targets: [{ kind: 'metadata' }] });
    assert.equal(blocker?.code, 'no_email_column');
    assert.equal((await session.recheck({})).blocker, null);
  });

  it('is mapped as the last file of the same headers, says so, and forgets it when told to', async () => {
    const targets: CheckSettings['targets'] = [
      undefined,
      { kind: 'field', field: 'company', fallback: false },
    ];
    const first = await ImportSession.open(new Blob(['Email,Kennung\na@example.com,x\n']));
    const { fingerprint } = first.overview();
    const remembered = { [fingerprint]: { targets, defaultCountry: 'PT' } };
    const options = { fileName: 'again.csv', remembered };
    const again = await ImportSession.open(new Blob(['email,KENNUNG\nb@example.com,y\n']), options);
    const { columns, settings } = again.overview();
    assert.deepEqual([columns[1]?.target, columns[1]?.reason], [targets[1], 'remembered']);
    assert.equal(settings.defaultCountry, 'PT');
    const forgotten = await again.recheck({});
    assert.equal(forgotten.columns[1]?.target.kind, 'metadata');
    const other = await ImportSession.open(new Blob(['email,Kennziffer\nb@example.com,y\n']), options);
    assert.equal(other.overview().columns[1]?.target.kind, 'metadata');
  });

  it('gives up a check that a newer one makes needless', async () => {
    const host = new SessionHost(() => undefined);
    const many = `email\n${Array.from({ length: 20_000 }, (_, index) => `p${index}@example.com`).join('\n')}`;
    await host.ask('open', new Blob([many]), {});
    const first = host.ask('recheck', { defaultCountry: 'DE' });
    const second = host.ask('recheck', { defaultCountry: 'FR' });
    await assert.rejects(first, { name: 'AbortError' });
    assert.equal((await second).settings.defaultCountry, 'FR');
    assert.equal((await host.ask('batch', 0, 1)).rows[0]?.country, 'FR');
  });
});
