import { describe, expect, it } from 'vitest';
import { forEachBatch } from '../src/batches.js';

describe('forEachBatch', () => {
  const items = ['a', 'b', 'c', 'd', 'e'];

  it('runs all items in their order and says how many are done', async () => {
    const seen: [string, number][] = [];
    const progress: number[] = [];
    const isComplete = await forEachBatch(
      items,
      { batchSize: 2, onProgress: (completed) => progress.push(completed) },
      (batch, from) => {
        seen.push([batch.join(''), from]);
        return Promise.resolve();
      },
    );
    expect(isComplete).toBe(true);
    expect(seen).toEqual([
      ['ab', 0],
      ['cd', 2],
      ['e', 4],
    ]);
    expect(progress).toEqual([0, 2, 4, 5]);
  });

  it('goes on where others have stopped', async () => {
    const seen: string[] = [];
    await forEachBatch(items, { batchSize: 2 }, (batch) => Promise.resolve(void seen.push(batch.join(''))), 3);
    expect(seen).toEqual(['de']);
  });

  it('begins no batch once it is aborted', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const isComplete = await forEachBatch(items, { batchSize: 2, signal: stop.signal }, (batch) => {
      seen.push(batch.join(''));
      stop.abort();
      return Promise.resolve();
    });
    expect(isComplete).toBe(false);
    expect(seen).toEqual(['ab']);
  });

  it('ends within a batch that throws the reason of the signal, and passes on whatever else it throws', async () => {
    const stop = new AbortController();
    const failing = forEachBatch(items, { batchSize: 2, signal: stop.signal }, () => {
      stop.abort();
      return Promise.reject(new Error('the disk is full'));
    });
    await expect(failing).rejects.toThrow('the disk is full');
    const again = new AbortController();
    const isComplete = await forEachBatch(items, { batchSize: 2, signal: again.signal }, () => {
      again.abort();
      again.signal.throwIfAborted();
      return Promise.resolve();
    });
    expect(isComplete).toBe(false);
  });

  it('sees a signal that comes from outside while every batch works synchronously', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort());
    const isComplete = await forEachBatch(items, { batchSize: 1, signal: stop.signal }, () => {
      const until = performance.now() + 15;
      while (performance.now() < until);
      return Promise.resolve();
    });
    expect(isComplete).toBe(false);
  });
});
