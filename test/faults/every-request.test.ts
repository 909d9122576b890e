import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { useBackend, type SharedBackend } from '../backend.ts';
import { faults } from './fault-proxy.ts';
import { openFaultShop } from './fault-shop.ts';
import { doAll, type Done } from './operations.ts';

let backend: SharedBackend;
/** What happens where nothing fails. */
let expected: Record<string, Done>;
before(async () => {
  backend = await useBackend();
  const shop = await openFaultShop(backend);
  expected = await doAll(shop);
  await shop.close();
});

test('without a fault the receipts say what the database says', () => {
  const numbers = Object.fromEntries(
    Object.entries(expected).map(([name, { account }]) => {
      const { asked, created, changed, unchanged, skipped, failed } = (account as { numbers: Numbers })
        .numbers;
      return [name, [asked, created, changed, unchanged, skipped, failed].join(' ')];
    }),
  );
  // Asked, created, changed, unchanged, skipped, failed.
  assert.deepEqual(numbers, {
    import: '10 4 2 1 1 2',
    'undo of import': '6 0 6 0 0 0',
    assign_group: '12 0 9 3 0 0',
    'undo of assign_group': '9 0 9 0 0 0',
    remove_group: '12 0 3 9 0 0',
    'undo of remove_group': '3 0 3 0 0 0',
    set_active: '12 0 3 7 2 0',
    'undo of set_active': '3 0 3 0 0 0',
    set_inactive: '12 0 7 3 2 0',
    'undo of set_inactive': '7 0 7 0 0 0',
    add_tags: '12 0 10 2 0 0',
    'undo of add_tags': '10 0 10 0 0 0',
    remove_tags: '12 0 2 10 0 0',
    'undo of remove_tags': '2 0 2 0 0 0',
    delete: '12 0 12 0 0 0',
    'undo of delete': '12 0 12 0 0 0',
    restore: '2 0 2 0 0 0',
    'undo of restore': '2 0 2 0 0 0',
    export: '12 0 0 12 0 0',
  });
});

interface Numbers {
  asked: number;
  created: number;
  changed: number;
  unchanged: number;
  skipped: number;
  failed: number;
}

/** The longest operation: an import of three steps. */
const places = [0, 1, 2, 3, 4];

describe('an operation whose connection fails ends as one whose connection holds', { concurrency: 6 }, () => {
  for (const fault of faults) {
    for (const place of places) {
      test(`${fault} at request ${place + 1} of each kind of operation`, async () => {
        const shop = await openFaultShop(backend);
        try {
          const done = await doAll(shop, fault, place);
          for (const [name, { account, state, lines, faults: met }] of Object.entries(done)) {
            const usual = expected[name] as Done;
            assert.deepEqual([account, state, lines], [usual.account, usual.state, usual.lines], name);
            assert.ok(met > 0 || place >= usual.requests, `${name} has met no fault`);
          }
        } finally {
          await shop.close();
        }
      });
    }
  }
});
