import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, dayOf, daysBetween, isDay, startOfMonth } from '../../src/model/days.ts';

test('an instant falls on the day of its time zone', () => {
  const instant = new Date('2026-05-31T22:30:00Z');
  assert.equal(dayOf(instant, 'UTC'), '2026-05-31');
  assert.equal(dayOf(instant, 'Europe/Berlin'), '2026-06-01');
  assert.equal(dayOf(instant, 'America/Los_Angeles'), '2026-05-31');
});

test('days are counted over months, leap days and changes of the clock', () => {
  assert.equal(addDays('2024-02-28', 1), '2024-02-29');
  assert.equal(addDays('2026-01-01', -1), '2025-12-31');
  assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
  assert.equal(startOfMonth('2026-01-15', -1), '2025-12-01');
});

test('only days that exist are days', () => {
  assert.deepEqual(['2026-02-28', '2026-02-30', '2026-2-1', 'today', ''].map(isDay), [
    true,
    false,
    false,
    false,
    false,
  ]);
});
