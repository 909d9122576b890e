import type { CustomerAdapter } from '../adapter.ts';
import { expectEqual, expectSame } from './expect.ts';
import { bringIn, once, person, walk, type ConformanceTest, type MakeSite } from './site.ts';

const people = [
  person(1, { email: 'zoe@example.com', first_name: 'Zoë', last_name: 'Dvořák', phone: '+4915123456789' }),
  person(2, { email: 'zora@example.com', first_name: 'Zora', last_name: 'Brandt', tags: ['loyal'] }),
  person(3, { email: 'pat@example.com', first_name: 'Pat', last_name: "O'Brien", tags: ['loyal'] }),
  person(4, { email: 'comma@example.com', first_name: 'a,b', last_name: 'Komma' }),
  person(5, { email: 'paren@example.com', first_name: '(x)', last_name: 'Klammer' }),
  person(6, { email: 'percent@example.com', first_name: '50%', last_name: 'Prozent' }),
  person(7, { email: 'a_b@example.com', first_name: 'Under', last_name: 'Score' }),
  person(8, { email: 'back@example.com', first_name: 'back\\slash', last_name: 'Strich' }),
  person(9, { email: 'star@example.com', first_name: 'sta*r', last_name: 'Stern' }),
  person(10, { email: 'html@example.com', first_name: '<b>', last_name: 'Markup' }),
  person(11, { email: 'emoji@example.com', first_name: '🦊', last_name: 'Fuchs' }),
  person(12, { email: 'xavier@example.com', first_name: 'Xavier', last_name: 'Bo' }),
  person(13, { email: 'acb@example.com', first_name: 'acb', last_name: '5000' }),
  person(14, { email: 'yuki@example.com', first_name: 'さくら', last_name: '佐藤' }),
];

/** Search terms and whose e-mail must be found, before the @. */
const terms: Record<string, string[]> = {
  zoe: ['zoe'],
  ZOË: ['zoe'],
  dvorak: ['zoe'],
  Dvořák: ['zoe'],
  'Zoë Dvořák': ['zoe'],
  'dvorak zoe': ['zoe'],
  '  zoe   dvorak  ': ['zoe'],
  'zoe brandt': [],
  'zora@example': ['zora'],
  '+49 151 2345': ['zoe'],
  '+4915123456789': ['zoe'],
  '2345678': ['zoe'],
  'a,b': ['comma'],
  '(x)': ['paren'],
  '50%': ['percent'],
  a_b: ['a_b'],
  '\\': ['back'],
  'back\\slash': ['back'],
  'sta*r': ['star'],
  "O'Brien": ['pat'],
  '<b>': ['html'],
  '🦊': ['emoji'],
  さくら: ['yuki'],
  佐藤: ['yuki'],
  // One or two letters are looked for at the start of a word.
  z: ['zoe', 'zora'],
  zo: ['zoe', 'zora'],
  br: ['zora'],
  x: ['xavier'],
  'no such person': [],
  ['x'.repeat(500)]: [],
  loyal: [],
};

export function searchTests(makeSite: MakeSite): ConformanceTest[] {
  const site = once(async () => {
    const made = await makeSite();
    await bringIn(made.adapter, people);
    return made;
  });
  const found = async (adapter: CustomerAdapter, filters: Parameters<typeof walk>[1] & object) =>
    (await walk(adapter, filters)).map((row) => row.email.split('@')[0] ?? '');

  return [
    ...Object.entries(terms).map(([term, expected]) => ({
      name: `search: ${JSON.stringify(term.length > 40 ? `${term.slice(0, 10)}… (${term.length})` : term)} finds ${expected.join(' and ') || 'nobody'}`,
      run: async () => {
        const { adapter } = await site();
        for (const by of ['created_at', 'name'] as const) {
          const rows = await found(adapter, { filters: { search: term }, sort: { by, direction: 'asc' } });
          expectSame(rows, expected, `by ${by}`);
        }
        const count = await adapter.countCustomers({ filters: { search: term } });
        expectEqual(count, { value: expected.length, exact: true }, 'the count');
      },
    })),
    ...["'", '%', '_', '*', ',', '(', ')', '"', '\\', '%%%', "'; drop table x; --", '\u0001', '👩‍👩‍👧'].map(
      (term) => ({
        name: `search: ${JSON.stringify(term)} is searched for, not parsed`,
        run: async () => {
          const { adapter } = await site();
          const expected = people
            .filter((row) => `${row.first_name} ${row.last_name} ${row.email}`.includes(term))
            .map((row) => row.email.split('@')[0] ?? '');
          expectSame(await found(adapter, { filters: { search: term } }), expected, term);
        },
      }),
    ),
    {
      name: 'search: narrows what the other filters leave, never widens it',
      run: async () => {
        const { adapter } = await site();
        expectSame(
          await found(adapter, { filters: { search: 'zo', tags: ['loyal'] } }),
          ['zora'],
          'with a tag',
        );
        expectSame(
          await found(adapter, { filters: { search: 'zoe', tags: ['loyal'] } }),
          [],
          'with a foreign tag',
        );
        expectSame(
          await found(adapter, { filters: { search: 'zoe', status: ['inactive'] } }),
          [],
          'with a status',
        );
      },
    },
    {
      name: 'search: a blank term finds everybody',
      run: async () => {
        const { adapter } = await site();
        for (const search of ['', '   '])
          expectEqual((await found(adapter, { filters: { search } })).length, 14, search);
      },
    },
  ];
}
