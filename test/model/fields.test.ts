import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkWrittenAddress } from '../../src/model/address-fields.ts';
import { addressFormat } from '../../src/model/address-format.ts';
import { checkCustomer } from '../../src/model/customer-fields.ts';
import { formatPhone } from '../../src/model/phone.ts';

const ada = { first_name: 'Ada', last_name: 'Lovelace' };

describe('what a person may save of a customer', () => {
  it('is cleaned as the database cleans it', () => {
    const { fields, problems } = checkCustomer({
      ...ada,
      email: ' ADA@Example.com ',
      phone: '  ',
      tags: [' loyal', 'loyal', ''],
    });
    assert.deepEqual(problems, {});
    assert.deepEqual(fields, { ...ada, email: 'ada@example.com', phone: null, tags: ['loyal'] });
  });

  it('speaks of nothing that was not asked', () => {
    assert.deepEqual(checkCustomer({ phone: null }, ada), { fields: { phone: null }, problems: {} });
  });

  it('needs an e-mail and a first or last name', () => {
    assert.deepEqual(checkCustomer({ email: ' ' }).problems, {
      email: { code: 'missing' },
      first_name: { code: 'name_missing' },
    });
    assert.deepEqual(checkCustomer({ email: 'a@example.com', last_name: 'King' }).problems, {});
    assert.deepEqual(checkCustomer({ first_name: '' }, { first_name: 'Ada', last_name: '' }).problems, {
      first_name: { code: 'name_missing' },
    });
  });

  it('takes no e-mail that the import would refuse', () => {
    for (const email of ['ada', 'ada@example', '.ada@example.com', 'a..b@example.com', 'ada@exämple.com']) {
      assert.deepEqual(checkCustomer({ email }, ada).problems, { email: { code: 'email' } }, email);
    }
  });

  it('counts characters, not halves of an emoji', () => {
    assert.deepEqual(checkCustomer({ first_name: '🦊'.repeat(100) }, ada).problems, {});
    assert.deepEqual(checkCustomer({ first_name: '🦊'.repeat(101) }, ada).problems, {
      first_name: { code: 'too_long', length: 101, width: 100 },
    });
  });

  it('takes a picture from the web alone', () => {
    const problemOf = (avatar_url: string) => checkCustomer({ avatar_url }, ada).problems.avatar_url?.code;
    for (const url of [
      'javascript:alert(1)',
      'data:image/png;base64,AA',
      'ftp://example.com/a.png',
      'https://',
      '//x',
    ]) {
      assert.equal(problemOf(url), 'url', url);
    }
    assert.equal(problemOf('https://example.com/a.png'), undefined);
  });
});

describe('an address', () => {
  it('is written in the order and needs the parts of its country', () => {
    assert.deepEqual(addressFormat('US').parts, ['address_line_1', 'city', 'state', 'postal_code']);
    assert.deepEqual([addressFormat('US').state, addressFormat('US').postalCode], ['state', 'zip']);
    assert.deepEqual(addressFormat('DE').parts, ['address_line_1', 'postal_code', 'city']);
    assert.deepEqual(addressFormat('JP').parts, ['postal_code', 'state', 'city', 'address_line_1']);
    assert.deepEqual([addressFormat('JP').state, addressFormat('JP').familyFirst], ['prefecture', true]);
    assert.equal(addressFormat('GB').city, 'post_town');
    assert.equal(addressFormat('IN').postalCode, 'pin');
    assert.ok(!addressFormat('QA').parts.includes('postal_code'));
  });

  it('has a street and a city in every country, each part once', () => {
    for (const country of ['', 'XX', 'AE', 'HK', 'KZ', 'SG', 'GB', 'FR', 'TW']) {
      const { parts, required } = addressFormat(country);
      assert.equal(new Set(parts).size, parts.length, country);
      assert.ok(required.has('address_line_1') && required.has('city'), country);
    }
  });

  it('needs what one writes in its country, and its letters', () => {
    const german = { address_line_1: 'Weg 1', city: 'Bonn', country: 'de' };
    assert.deepEqual(checkWrittenAddress(german).problems, { postal_code: { code: 'missing' } });
    assert.equal(checkWrittenAddress({ ...german, postal_code: '53111' }).fields.country, 'DE');
    assert.equal(checkWrittenAddress({ ...german, country: 'Germany' }).problems.country?.code, 'country');
  });
});

describe('a phone number', () => {
  it('is shown as it is written internationally, and as it is where it is none', () => {
    assert.equal(formatPhone('+4915112345678'), '+49 1511 2345678');
    assert.equal(formatPhone('ask at the desk'), 'ask at the desk');
    assert.equal(formatPhone('+1'), '+1');
  });
});
