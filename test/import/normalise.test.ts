import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withApostrophe, withoutApostrophe } from '../../src/import/apostrophe.ts';
import { readConsent } from '../../src/import/consent.ts';
import { readCountry } from '../../src/import/country.ts';
import { emailKey, isEmail } from '../../src/model/email.ts';
import { readPhone } from '../../src/model/phone.ts';
import { readFile } from '../../src/import/read-file.ts';
import { readTags } from '../../src/import/tags.ts';

/** The only record of a file with these columns. */
async function only(columns: Record<string, string>) {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const line = (cells: string[]): string => cells.map(cell).join(',');
  const all = { email: 'ann@example.com', ...columns };
  const text = [line(Object.keys(all)), line(Object.values(all)), 'valid@example.com'].join('\n');
  const { rows, problems, warnings } = await readFile(new Blob([text]));
  return {
    row: rows.find(({ row }) => row === 2),
    problem: problems[0],
    warnings: warnings.filter(({ row, code }) => row === 2 && code !== 'name_missing'),
  };
}

describe('an e-mail', () => {
  it('is trimmed of blanks of any kind and lower-cased', () => {
    assert.equal(emailKey('\u00a0 Ann@Example.COM\t\u2003\ufeff'), 'ann@example.com');
  });

  it('is one address in ASCII with a domain that ends in letters', () => {
    for (const good of ["sean.o'brien@example.com", 'a+b@x-y.co.uk', '_@a.io'])
      assert.ok(isEmail(good), good);
    for (const bad of [
      'not-an-email',
      'two@@example.com',
      'trailing.dot@example.',
      '.a@b.co',
      'a..b@c.co',
      'a.@b.co',
      'a@-b.co',
      'a@b.c1',
      'zero\u200bwidth@example.com',
      'mailto:a@b.co',
      'Anna <a@b.co>',
      'a@b.co, c@d.co',
      'a(at)b.co',
    ])
      assert.ok(!isEmail(bad), bad);
  });
});

describe('a phone number', () => {
  it('becomes E.164, read in the country of the row where it has no +', () => {
    assert.deepEqual(readPhone('030 / 23125-012', 'DE'), { phone: '+493023125012', isValid: true });
    assert.deepEqual(readPhone('+44 7700 900123', undefined), { phone: '+447700900123', isValid: false });
    assert.deepEqual(readPhone('0049 30 23125012', 'DE'), { phone: '+493023125012', isValid: true });
    assert.deepEqual(readPhone('+52 1 55 5512 3456', 'MX'), { phone: '+525555123456', isValid: true });
  });

  it('that lost digits in a spreadsheet, or is none, is left out with a warning', async () => {
    for (const destroyed of ['4.91512E+11', '4,91512E+11', '4.9E11'])
      assert.deepEqual(readPhone(destroyed, 'DE'), { problem: 'phone_destroyed' });
    for (const unreadable of ['030 23125012', 'ask him', '123'])
      assert.deepEqual(readPhone(unreadable, undefined), { problem: 'phone_unreadable' });
    const { row, warnings } = await only({ phone: '4.91512E+11', country: 'DE' });
    assert.equal(row?.phone, undefined);
    assert.deepEqual(warnings, [{ row: 2, code: 'phone_destroyed', field: 'phone', value: '4.91512E+11' }]);
  });
});

describe('a country', () => {
  it('is understood by code and by name in many languages', () => {
    const countries: Record<string, string[]> = {
      DE: ['DE', 'de', 'DEU', 'Germany', 'Deutschland', 'Allemagne', 'ドイツ', 'ألمانيا'],
      GB: ['GB', 'UK', 'United Kingdom', 'Great Britain', 'England'],
      US: ['US', 'USA', 'U.S.A.', 'United States', 'United States of America', 'Vereinigte Staaten'],
      CI: ['CI', 'Côte d’Ivoire', "Cote d'Ivoire", 'Ivory Coast'],
      TR: ['Turkey', 'Türkiye', 'Türkei'],
      NL: ['Netherlands', 'The Netherlands', 'Holland', 'Niederlande'],
      RU: ['Russia', 'Russian Federation'],
      CZ: ['Czechia', 'Czech Republic'],
      VN: ['Vietnam', 'Viet Nam'],
      XK: ['Kosovo'],
    };
    for (const [code, names] of Object.entries(countries))
      for (const name of names) assert.equal(readCountry(name), code, name);
    for (const unknown of ['', 'Atlantis', 'XX', 'United', 'SU'])
      assert.equal(readCountry(unknown), undefined, unknown);
  });

  it('that is unknown is kept as metadata, never cut to two letters', async () => {
    const { row, warnings } = await only({ country: 'Atlantis' });
    assert.equal(row?.country, undefined);
    assert.deepEqual(row?.metadata, { country: 'Atlantis' });
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['country_unknown'],
    );
  });
});

describe('consent', () => {
  it('is yes, no, or nothing where the file says nothing', async () => {
    for (const yes of ['yes', 'TRUE', '1', 'Y', 'ja', 'x', 'SUBSCRIBED'])
      assert.equal(readConsent(yes), true, yes);
    for (const no of ['no', 'False', '0', 'N', 'nein', 'unsubscribed', 'NEVER SUBSCRIBED'])
      assert.equal(readConsent(no), false, no);
    for (const silent of ['', 'Unknown', 'N/A']) assert.equal(readConsent(silent), null, silent);
    assert.equal(readConsent('perhaps'), undefined);
    assert.ok(!('accepts_marketing' in (await only({ 'accepts marketing': '' })).row!));
    const { row, warnings } = await only({ newsletter: 'perhaps' });
    assert.ok(!('accepts_marketing' in row!));
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['consent_unknown'],
    );
  });
});

describe('a cell', () => {
  it('loses one apostrophe that a spreadsheet was guarded with, and no other', () => {
    assert.equal(withoutApostrophe("'D02 X285", true), 'D02 X285');
    assert.equal(withoutApostrophe("''x", true), "'x");
    assert.equal(withoutApostrophe("'t Hooft", false), "'t Hooft");
    for (const text of ['=1+1', '+49', '-x', '@x', '\tx', '01067'])
      assert.equal(withoutApostrophe(`'${text}`, false), text);
  });

  it('is guarded on its way out, and comes back as it was', () => {
    for (const text of ['=1+1', '+49 30', '-1', '@x', '\tx', ' =1+1', '\n=1+1', '＝1+1', '\u00a0@x']) {
      assert.equal(withApostrophe(text), `'${text}`);
      assert.equal(withoutApostrophe(withApostrophe(text), false), text);
    }
    for (const text of ['Ann', ' Ann', "O'Brien", '', '1-2']) assert.equal(withApostrophe(text), text);
  });

  it('with an error value or placeholder is empty, but a name is a name', async () => {
    const { row } = await only({ 'first name': '#N/A', 'last name': 'Null', phone: '-', city: 'NULL' });
    assert.deepEqual(row, { row: 2, email: 'ann@example.com', last_name: 'Null' });
  });

  it('too long for its column makes the record invalid, naming field and both lengths', async () => {
    const { problem } = await only({ 'first name': '🌸'.repeat(101) });
    assert.deepEqual(
      [problem?.code, problem?.field, problem?.length, problem?.limit],
      ['too_long', 'first_name', 101, 100],
    );
    assert.equal((await only({ 'first name': '🌸'.repeat(100) })).problem, undefined);
    assert.equal((await only({ tags: 'x'.repeat(256) })).problem?.field, 'tags');
  });

  it('with a control character makes the record invalid, one with a line break does not', async () => {
    for (const control of ['\0', '\u001e', '\u001f', '\u0007'])
      assert.equal((await only({ city: `a${control}b` })).problem?.code, 'control_character');
    assert.equal((await only({ city: 'a\tb\r\nc' })).row?.city, 'a\tb\r\nc');
  });

  it('may have very many blanks inside, and loses those around it', async () => {
    const begun = performance.now();
    const { row } = await only({ note: `a${' '.repeat(90_000)}b`, city: '\u0085 Rome\u2003' });
    assert.equal(row?.city, 'Rome');
    const { problem } = await only({ city: `a${' '.repeat(90_000)}b` });
    assert.equal(problem?.code, 'too_long');
    assert.ok(performance.now() - begun < 5000);
  });

  it('that names what every JavaScript object has is an unknown status like any other', async () => {
    for (const status of ['constructor', '__proto__']) {
      const { row, warnings } = await only({ status });
      assert.deepEqual(row, { row: 2, email: 'ann@example.com' });
      assert.deepEqual(
        warnings.map(({ code }) => code),
        ['status_unknown'],
      );
    }
  });

  it('of a column whose header has control characters is kept under its plain name', async () => {
    assert.deepEqual((await only({ 'Shoe\0 size\u001f': '39' })).row?.metadata, { 'Shoe size': '39' });
  });

  it('of a password or token is not kept, however its column is spelled', async () => {
    const headers = [
      'password',
      'user_pass',
      'userPassword',
      'encryptedpassword',
      'resetTokenExpires',
      'apiKey',
    ];
    const { row } = await only(Object.fromEntries([...headers, 'Hashtags'].map((header) => [header, 'x'])));
    assert.deepEqual(row?.metadata, { Hashtags: 'x' });
  });

  it('of digits stays text; a postal code that lost its zero is a warning', async () => {
    const { row, warnings } = await only({ zip: '1067', country: 'Germany', id: '007' });
    assert.deepEqual([row?.postal_code, row?.metadata], ['1067', { id: '007' }]);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['zero_lost'],
    );
  });

  it('of metadata may be named like anything', async () => {
    const { row } = await only({ __proto__x: '1', constructor: '2', toString: '3' });
    assert.deepEqual(Object.entries(row?.metadata ?? {}), [
      ['__proto__x', '1'],
      ['constructor', '2'],
      ['toString', '3'],
    ]);
  });
});

describe('tags', () => {
  it('are trimmed, without empty ones and repeats, in their order and case', () => {
    assert.deepEqual(readTags('VIP, vip ,  , VIP,newsletter, ', ','), ['VIP', 'vip', 'newsletter']);
    assert.deepEqual(readTags('', ','), []);
  });
});
