import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayName, initials } from '../../src/model/names.ts';

const person = (first_name: string, last_name = '', email = 'zed@example.com') => ({
  first_name,
  last_name,
  email,
});

test('a name is shown in reading order, and the e-mail where there is none', () => {
  assert.equal(displayName(person(' Ada ', 'Lovelace')), 'Ada Lovelace');
  assert.equal(displayName(person('', 'Lovelace')), 'Lovelace');
  assert.equal(displayName(person(' ', '')), 'zed@example.com');
  assert.equal(displayName(person('\u200b', '\u202e')), 'zed@example.com');
});

const letters: [first: string, last: string, expected: string][] = [
  ['Ada', 'Lovelace', 'AL'],
  ['Mary Jane', '', 'MJ'],
  ['zoë', 'o’Brien', 'ZO'],
  ['', '', 'Z'],
  ['🎉', '', 'Z'],
  ['🎉 Ada', 'Byron', 'AB'],
  ['é', 'ß', 'Éß'],
  ['太郎', '山田', '山'],
  ['민준', '김', '김'],
  ['محمد', 'علي', 'م'],
  ['נועה', 'פרידמן', 'נ'],
];

for (const [first, last, expected] of letters) {
  test(`the initials of "${first} ${last}" are "${expected}"`, () => {
    assert.equal(initials(person(first, last)), expected);
  });
}

test('where there is no letter at all there are no initials', () => {
  assert.equal(initials(person('🎉', '', '')), '');
});
