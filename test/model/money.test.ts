import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currencyDigits, parseCount, parseMoney, toMajorUnits } from '../../src/model/money.ts';

test('a currency has the decimals that it has', () => {
  assert.deepEqual(['EUR', 'JPY', 'KWD', 'no currency'].map(currencyDigits), [2, 0, 3, 2]);
  assert.equal(toMajorUnits(123456, 'EUR'), 1234.56);
  assert.equal(toMajorUnits(123456, 'JPY'), 123456);
  assert.equal(toMajorUnits(123456, 'KWD'), 123.456);
});

const amounts: [typed: string, currency: string, locale: string, minor: number | undefined][] = [
  ['1,234.56', 'USD', 'en', 123456],
  ['1.234,56', 'EUR', 'de', 123456],
  ['1234,5', 'EUR', 'de', 123450],
  ['1 234,5', 'EUR', 'fr', 123450],
  ['1’234.5', 'CHF', 'de-CH', 123450],
  ['12,34,567', 'INR', 'en-IN', 123456700],
  ['١٬٢٣٤٫٥', 'KWD', 'ar-EG', 1234500],
  ['€ 10', 'EUR', 'de', 1000],
  ['10 EUR', 'EUR', 'de', 1000],
  ['100', 'JPY', 'ja', 100],
  ['1.234', 'KWD', 'en', 1234],
  ['.5', 'USD', 'en', 50],
  ['10.00', 'JPY', 'en', 10],
  // The other language's decimal sign is not read as a group of one digit.
  ['12.5', 'EUR', 'de', undefined],
  ['12,5', 'USD', 'en', undefined],
  // More decimals than the currency has are not rounded away.
  ['1.5', 'JPY', 'en', undefined],
  ['1.005', 'USD', 'en', undefined],
  ['1.2.3', 'USD', 'en', undefined],
  ['-5', 'USD', 'en', undefined],
  ['much', 'USD', 'en', undefined],
  ['', 'USD', 'en', undefined],
  ['99999999999999999', 'USD', 'en', undefined],
];

for (const [typed, currency, locale, minor] of amounts) {
  test(`"${typed}" in ${currency} (${locale}) is ${minor ?? 'no amount'}`, () => {
    assert.equal(parseMoney(typed, currency, locale), minor);
  });
}

test('a whole number may be grouped and has no decimals', () => {
  assert.equal(parseCount('1,234', 'en'), 1234);
  assert.equal(parseCount('1.234', 'de'), 1234);
  assert.equal(parseCount('12.5', 'en'), undefined);
});
