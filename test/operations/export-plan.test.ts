import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { AdapterError } from '../../src/adapter/errors.ts';
import { createMemoryAdapter, sampleCustomers } from '../../src/adapters/memory/index.ts';
import { exportPlan, type ChunkFile } from '../../src/operations/export-plan.ts';
import { OperationRun, type OperationProgress } from '../../src/operations/operation-run.ts';

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** An export of so many chunks, whose answers come as `answer` lets them, into a file that remembers. */
function exportOf(
  chunks: number,
  answer: (step: number, attempt: number) => Promise<unknown> | undefined,
  write: (chunk: string) => Promise<void> = async () => undefined,
) {
  const shop = createMemoryAdapter(sampleCustomers(1));
  const ended: string[] = [];
  const asked: number[] = [];
  const finished: boolean[] = [];
  const adapter: CustomerAdapter = {
    ...shop,
    startOperation: async (request, options) => ({
      ...(await shop.startOperation(request, options)),
      asked: chunks * 10,
      steps: { total: chunks, done: [] },
    }),
    exportChunk: async ({ step }) => {
      asked.push(step);
      await answer(step, asked.filter((one) => one === step).length);
      return `chunk ${step}`;
    },
    finishOperation: async (request, options) => {
      finished.push(request.cancelled === true);
      return shop.finishOperation(request, options);
    },
  };
  const written: string[] = [];
  const file: ChunkFile = {
    expect: () => undefined,
    write: async (chunk) => {
      await write(chunk);
      written.push(chunk);
    },
    close: async () => ended.push('closed'),
    discard: async () => void ended.push('discarded'),
  };
  const progress: OperationProgress[] = [];
  const id = crypto.randomUUID();
  const plan = exportPlan(
    adapter,
    { id, kind: 'export', customers: { filters: {} }, options: { fields: ['email'] } },
    file,
  );
  const run = new OperationRun(plan, (state) => progress.push(state));
  const all = Array.from({ length: chunks }, (_, step) => `chunk ${step}`);
  return { run, written, asked, ended, finished, progress, all };
}

const lost = () => Promise.reject(new AdapterError('unavailable', 'The connection dropped.'));

describe('an export', () => {
  it('is written in order, whichever chunk comes first', async () => {
    const { run, written, all, ended } = exportOf(7, (step) => later(step % 2 === 0 ? 20 : 1));
    await run.run();
    assert.deepEqual(written, all);
    assert.deepEqual(ended, ['closed']);
  });

  it('never has more than two chunks that are not written', async () => {
    let most = 0;
    const { run, written, asked } = exportOf(9, (step) => {
      most = Math.max(most, new Set(asked).size - written.length);
      return later(step === 0 ? 60 : 1);
    });
    await run.run();
    assert.equal(most, 2);
  });

  it('goes on by itself after a connection that drops, with no chunk twice and none missing', async () => {
    const { run, written, all, asked } = exportOf(6, (step, attempt) =>
      (step === 2 || step === 3) && attempt === 1 ? lost() : undefined,
    );
    await run.run();
    assert.deepEqual(written, all);
    assert.equal(asked.filter((step) => step === 2).length, 2);
  });

  it('stands still where a chunk is refused, and goes on from there when asked to', async () => {
    const { run, written, all, ended } = exportOf(6, (step, attempt) =>
      step === 2 && attempt === 1 ? Promise.reject(new AdapterError('forbidden', 'Not now.')) : later(5),
    );
    await assert.rejects(run.run(), { code: 'forbidden' });
    assert.deepEqual(written, ['chunk 0', 'chunk 1']);
    assert.deepEqual(ended, []);
    await run.run();
    assert.deepEqual(written, all);
    assert.deepEqual(ended, ['closed']);
  });

  it('stands still where the disk is full, and does not ask again by itself', async () => {
    const { run, asked } = exportOf(
      5,
      () => undefined,
      (chunk) => (chunk === 'chunk 1' ? Promise.reject(new Error('full')) : Promise.resolve()),
    );
    await assert.rejects(run.run(), /full/);
    assert.deepEqual(asked.filter((step) => step === 1).length, 1);
  });

  it('takes back what is written where it is cancelled, also while the connection is gone', async () => {
    const { run, written, ended, finished } = exportOf(50, (step) => (step < 3 ? later(5) : lost()));
    const ran = run.run();
    while (written.length < 3) await later(5);
    run.stop();
    const receipt = await ran;
    assert.equal(receipt.status, 'cancelled');
    assert.deepEqual(ended, ['discarded']);
    assert.deepEqual(finished, [true]);
  });

  it('counts what is written, and is done with all', async () => {
    const { run, progress } = exportOf(4, () => undefined);
    await run.run();
    assert.deepEqual([progress.at(-1)?.done, progress.at(-1)?.total], [40, 40]);
  });

  it('ends at once, by its receipt, where the file can’t hold so many', async () => {
    const shop = createMemoryAdapter(sampleCustomers(3));
    const id = crypto.randomUUID();
    const file: ChunkFile = {
      expect: (rows) => {
        if (rows > 2) throw new RangeError('too many');
      },
      write: async () => assert.fail('written'),
      close: async () => assert.fail('closed'),
      discard: async () => undefined,
    };
    const plan = exportPlan(
      shop,
      { id, kind: 'export', customers: { filters: {} }, options: { fields: ['email'] } },
      file,
    );
    await assert.rejects(new OperationRun(plan).run(), RangeError);
    assert.equal((await shop.getOperation({ id })).status, 'cancelled');
  });
});
