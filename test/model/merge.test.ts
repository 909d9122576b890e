import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenFields, mergeEdits } from '../../src/model/merge.ts';

const base = {
  first_name: 'Ada',
  phone: null as string | null,
  tags: ['loyal', 'press'],
  metadata: { level: 'gold', shoe: 38 } as Record<string, unknown>,
};
const shape = { sets: ['tags'], maps: ['metadata'] };
const change = (field: string, by = 'Ben') => ({ field, at: '2026-11-26T10:00:00Z', by, kind: 'update' });

describe('merging an edit with what others saved meanwhile', () => {
  it('keeps what only one of both changed', () => {
    const merge = mergeEdits(
      base,
      { first_name: 'Augusta' },
      { ...base, phone: '+49301234' },
      [change('phone')],
      shape,
    );
    assert.deepEqual(merge, {
      fields: { first_name: 'Augusta' },
      conflicts: [],
      kept: [{ field: 'phone', theirs: '+49301234', by: 'Ben', at: '2026-11-26T10:00:00Z' }],
    });
  });

  it('asks where both changed a field to different values, and names who changed it last', () => {
    const changes = [change('first_name', 'Ben'), change('first_name', 'Cleo')];
    const merge = mergeEdits(
      base,
      { first_name: 'Augusta' },
      { ...base, first_name: 'Adele' },
      changes,
      shape,
    );
    assert.deepEqual(merge.fields, {});
    assert.deepEqual(merge.conflicts, [
      {
        field: 'first_name',
        base: 'Ada',
        mine: 'Augusta',
        theirs: 'Adele',
        by: 'Cleo',
        at: '2026-11-26T10:00:00Z',
      },
    ]);
  });

  it('asks nothing where both changed a field to the same', () => {
    const merge = mergeEdits(base, { phone: '+49301234' }, { ...base, phone: '+49301234' }, [], shape);
    assert.deepEqual([merge.fields, merge.conflicts], [{}, []]);
    assert.deepEqual(merge.kept, [{ field: 'phone', theirs: '+49301234', by: undefined, at: undefined }]);
  });

  it('counts what is edited back to what was read as not edited', () => {
    const merge = mergeEdits(base, { first_name: 'Ada' }, { ...base, first_name: 'Adele' }, [], shape);
    assert.deepEqual([merge.fields, merge.conflicts.length, merge.kept.length], [{}, 0, 1]);
  });

  it('adds and takes away tags as both did', () => {
    const merge = mergeEdits(
      base,
      { tags: ['loyal', 'mine'] },
      { ...base, tags: ['press', 'loyal', 'theirs'] },
      [],
      shape,
    );
    assert.deepEqual(merge.fields, { tags: ['loyal', 'theirs', 'mine'] });
    assert.deepEqual(merge.conflicts, []);
  });

  it('merges details by their names: changed, added, and taken away', () => {
    const mine = { metadata: { level: 'platinum', likes: 'tea' } };
    const theirs = { ...base, metadata: { level: 'gold', shoe: 38, source: 'fair' } };
    const merge = mergeEdits(base, mine, theirs, [change('metadata')], shape);
    assert.deepEqual(merge.fields, { metadata: { level: 'platinum', likes: 'tea', source: 'fair' } });
    assert.deepEqual(merge.conflicts, []);
    assert.deepEqual(
      merge.kept.map(({ field, by }) => [field, by]),
      [['metadata.source', 'Ben']],
    );
  });

  it('takes a detail as in conflict by its own name, and saves the one that was chosen', () => {
    const mine = { metadata: { level: 'platinum', shoe: 38 }, phone: '+49301234' };
    const theirs = { ...base, metadata: { level: 'silver', shoe: 39 } };
    const merge = mergeEdits(base, mine, theirs, [], shape);
    assert.deepEqual(
      merge.conflicts.map(({ field }) => field),
      ['metadata.level'],
    );
    assert.deepEqual(
      chosenFields(merge, theirs, () => true, shape),
      {
        phone: '+49301234',
        metadata: { level: 'platinum', shoe: 39 },
      },
    );
    assert.deepEqual(
      chosenFields(merge, theirs, () => false, shape),
      { phone: '+49301234' },
    );
  });

  it('keeps a detail whose name is that of an object’s prototype', () => {
    const mine = {
      metadata: JSON.parse('{"level":"gold","shoe":38,"__proto__":"x"}') as Record<string, unknown>,
    };
    const { fields } = mergeEdits(base, mine, { ...base, phone: '1' }, [], shape);
    assert.equal(JSON.stringify(fields.metadata), '{"level":"gold","shoe":38,"__proto__":"x"}');
  });
});
