import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InterruptedError, LensError } from '../../src/errors.js';
import { WorkerPool, type PoolOptions } from '../../src/parallel/index.js';
import '../typescript-threads.js';
import sums, { type Order, type Sum } from './sums.js';

/** What `sums` shares with its threads. */
function counts(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(16));
}

function pool(options: PoolOptions, log = counts()): WorkerPool<{ readonly log: Int32Array }, Order, Sum> {
  const made = new WorkerPool(sums, { log }, options);
  onTestFinished(() => {
    // Where a test fails, jobs may wait yet.
    Atomics.store(log, 3, 9);
    return made.close();
  });
  return made;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each([0, 1, 2])('a pool of %i workers', (workers) => {
  it('gives each job its own result', async () => {
    const jobs = pool({ workers });
    const numbers = [4, 0, 20, 3, 1];
    const results = await Promise.all(numbers.map((number) => jobs.run({ kind: 'add', number })));
    expect(results.map(({ seen }) => seen.at(-1))).toEqual(numbers);
    expect(new Set(results.map(({ worker }) => worker)).size).toBe(Math.max(workers, 1));
  });

  it('tells how far each job is', async () => {
    const jobs = pool({ workers });
    const told: number[][] = [[], []];
    await Promise.all(
      [10, 20].map((number, i) =>
        jobs.run({ kind: 'add', number }, { onProgress: (completed) => told[i].push(completed) }),
      ),
    );
    expect(told).toEqual([
      [5, 10],
      [10, 20],
    ]);
  });

  it('throws what a job throws, and goes on', async () => {
    const jobs = pool({ workers });
    const lens = await jobs.run({ kind: 'fail', how: 'lens' }).catch((error: unknown) => error);
    expect(lens).toBeInstanceOf(LensError);
    expect(lens).toMatchObject({
      name: 'LensError',
      message: 'row 3: is empty (0); fill it',
      subject: 'row 3',
      problem: 'is empty (0)',
      remedy: 'fill it',
      kind: 'usage',
      cause: { name: 'RangeError', message: 'of 4' },
    });
    expect((lens as Error).stack).toMatch(/sums\.ts/);
    await expect(jobs.run({ kind: 'fail', how: 'plain' })).rejects.toMatchObject({
      name: 'TypeError',
      message: 'no such thing',
      stack: expect.stringMatching(/sums\.ts/) as unknown,
    });
    await expect(jobs.run({ kind: 'fail', how: 'text' })).rejects.toSatisfy((error) => String(error).includes('text'));
    expect((await jobs.run({ kind: 'add', number: 7 })).seen).toContain(7);
  });

  it('throws what a callback throws', async () => {
    const jobs = pool({ workers });
    const onProgress = (): void => {
      throw new RangeError('mine');
    };
    await expect(jobs.run({ kind: 'add', number: 1 }, { onProgress })).rejects.toThrow('mine');
    await expect(jobs.run({ kind: 'add', number: 2 })).resolves.toMatchObject({});
  });

  it('fails every job with the reason of the signal, stops those in hand and ends the workers', async () => {
    const log = counts();
    const stop = new AbortController();
    const jobs = pool({ workers, signal: stop.signal }, log);
    const asked = Array.from({ length: 4 }, () => jobs.run({ kind: 'wait' }));
    await until(() => log[0] === Math.max(workers, 1));
    const reason = new Error('enough');
    stop.abort(reason);
    expect(await Promise.allSettled(asked)).toEqual(asked.map(() => ({ status: 'rejected', reason })));
    await expect(jobs.run({ kind: 'wait' })).rejects.toBe(reason);
    await jobs.close();
    const seats = Math.max(workers, 1);
    expect([...log]).toEqual([seats, seats, seats, 0]);
  });

  it('starts nothing where the signal was aborted before', async () => {
    const log = counts();
    const jobs = pool({ workers, signal: AbortSignal.abort() }, log);
    await expect(jobs.run({ kind: 'wait' })).rejects.toMatchObject({ name: 'AbortError' });
    await jobs.close();
    expect([...log]).toEqual([0, 0, 0, 0]);
  });

  it('fails what has not ended when it is closed, and lets go of the signal', async () => {
    const log = counts();
    const { signal } = new AbortController();
    const jobs = pool({ workers, signal }, log);
    const asked = Array.from({ length: 3 }, () => jobs.run({ kind: 'wait' }));
    await until(() => log[0] === Math.max(workers, 1));
    const [, ended] = await Promise.all([jobs.close(), Promise.allSettled(asked)]);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(jobs.run({ kind: 'wait' })).rejects.toThrow('the pool of workers was closed');
    await jobs.close();
    expect(log[2]).toBe(Math.max(workers, 1));
  });
});

describe('threads', () => {
  it('take jobs of a key they have had, then of a key that none has had, then any', async () => {
    const log = counts();
    const jobs = pool({ workers: 2 }, log);
    const add = (number: number, key: string, gate = 0): Promise<Sum> =>
      jobs.run({ kind: 'add', number, gate }, { key });
    const asked = [add(1, 'a', 1), add(2, 'b', 2), add(3, 'b'), add(4, 'a'), add(5, 'c')];
    Atomics.store(log, 3, 1);
    expect((await asked[2]).seen).toEqual([1, 4, 5, 3]);
    Atomics.store(log, 3, 2);
    expect((await asked[1]).seen).toEqual([2]);
  });

  it('leave a key to the thread that has had it', async () => {
    const log = counts();
    const jobs = pool({ workers: 2 }, log);
    const add = (number: number, key: string, gate = 0): Promise<Sum> =>
      jobs.run({ kind: 'add', number, gate }, { key });
    const asked = [add(1, 'a', 1), add(2, 'b', 2), add(3, 'b'), add(4, 'a', 3), add(5, 'b')];
    Atomics.store(log, 3, 1);
    await asked[0];
    Atomics.store(log, 3, 2);
    expect((await asked[4]).seen).toEqual([2, 3, 5]);
    Atomics.store(log, 3, 3);
    expect((await asked[3]).seen).toEqual([1, 4]);
  });

  it('compute with one thread of the engine each', async () => {
    vi.stubEnv('COCONUT_LENS_THREADS', '3');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const threadsOf = async (workers: number): Promise<unknown> =>
      (await pool({ workers }).run({ kind: 'add', number: 1 })).threads;
    expect([await threadsOf(0), await threadsOf(1)]).toEqual(['3', '1']);
  });

  it.each([
    [{ kind: 'exit', code: 7 } as const, 'a worker thread: ended early (exit code 7); use fewer of them'],
    [{ kind: 'crash' } as const, 'a worker thread: ended early (nobody catches this); use fewer of them'],
  ])('that die fail every job: %o', { timeout: 30_000 }, async (order, message) => {
    const jobs = pool({ workers: 2 });
    const asked = [order, { kind: 'wait' } as const, order, { kind: 'add', number: 1 } as const].map((each) =>
      jobs.run(each).catch((error: unknown) => error),
    );
    for (const error of await Promise.all(asked)) {
      expect(error).toBeInstanceOf(LensError);
      expect((error as Error).message).toContain(message);
    }
    await expect(jobs.run({ kind: 'add', number: 1 })).rejects.toThrow(message);
  });

  it('throw errors whose cause is a circle, and interruptions as such', async () => {
    const jobs = pool({ workers: 1 });
    await expect(jobs.run({ kind: 'fail', how: 'circle' })).rejects.toThrow('of itself');
    await expect(jobs.run({ kind: 'fail', how: 'interrupted' })).rejects.toBeInstanceOf(InterruptedError);
  });

  it.each([NaN, -1, 1.5])('are a whole number: not %d', (workers) => {
    expect(() => new WorkerPool(sums, { log: counts() }, { workers })).toThrow(
      `workers: expected a whole number of at least 0 (${workers})`,
    );
  });

  it('say so where what comes in or out cannot be sent, and go on', async () => {
    const jobs = pool({ workers: 1 });
    const order = { kind: 'add', number: 1, pause: (() => 1) as unknown as number } as const;
    await expect(jobs.run(order)).rejects.toThrow('could not be cloned');
    await expect(jobs.run({ kind: 'return function' })).rejects.toThrow('could not be cloned');
    await expect(jobs.run({ kind: 'add', number: 2 })).resolves.toMatchObject({ seen: [2] });
  });

  it('say so in each job where the work does not load', async () => {
    const jobs = new WorkerPool(
      { ...sums, url: new URL('./none.js', import.meta.url).href },
      { log: counts() },
      { workers: 1 },
    );
    for (let i = 0; i < 2; i++) await expect(jobs.run({ kind: 'wait' })).rejects.toThrow('none.ts');
    await jobs.close();
  });
});
