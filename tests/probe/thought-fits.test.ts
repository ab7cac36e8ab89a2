import { describe, expect, it } from 'vitest';
import type { CrossFit } from '../../src/probe/index.js';
import { ThoughtFits, type Fitter } from '../../src/probe/thought-fits.js';

const designs = [1, 2, 3].map(() => ({ rows: 1, columns: 1, values: Float32Array.of(0) }));
const labels = Int8Array.of(0, 1);

/** A fitter whose fits end when the test says so. */
class Scripted implements Fitter {
  readonly asked: number[] = [];
  disposed = false;
  #finish: (() => void)[] = [];

  holds(thought: number): boolean {
    return this.asked.includes(thought);
  }

  fit(thought: number): Promise<CrossFit> {
    this.asked.push(thought);
    return new Promise((resolve, reject) => {
      this.#finish.push(() =>
        thought === 3 ? reject(new Error('failed')) : resolve({ outputs: thought } as CrossFit),
      );
    });
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return Promise.resolve();
  }

  /** Ends the fit under way, and lets what waits for it go on. */
  async finish(): Promise<void> {
    this.#finish.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe('ThoughtFits', () => {
  it('gives a free fitter the thought it holds, then one that nobody holds', async () => {
    const [a, b] = [new Scripted(), new Scripted()];
    const fits = new ThoughtFits(designs, 2, [b, a]);
    const asked = [1, 2, 2, 1, 3].map((thought) => fits.nodes(thought, labels));
    asked[4].catch(() => undefined);
    expect([a.asked, b.asked]).toEqual([[1], [2]]);
    await a.finish();
    expect(a.asked).toEqual([1, 1]);
    await a.finish();
    // Thought 2 waits for the one that holds it.
    expect([a.asked, b.asked]).toEqual([[1, 1, 3], [2]]);
    await b.finish();
    await b.finish();
    expect((await Promise.all(asked.slice(0, 4))).map(({ outputs }) => outputs)).toEqual([1, 2, 2, 1]);
  });

  it('goes on after a fit that fails, and takes over what nobody else will', async () => {
    const [a, b] = [new Scripted(), new Scripted()];
    const fits = new ThoughtFits(designs, 2, [b, a]);
    const failing = fits.nodes(3, labels);
    const [long, waiting] = [fits.nodes(1, labels), fits.nodes(1, labels)];
    void long;
    await Promise.all([expect(failing).rejects.toThrow('failed'), a.finish()]);
    expect([a.asked, b.asked]).toEqual([[3, 1], [1]]);
    await a.finish();
    expect((await waiting).outputs).toBe(1);
  });

  it('refuses labels that tell nothing apart before they wait', () => {
    const fits = new ThoughtFits(designs, 2, [new Scripted()]);
    expect(() => fits.nodes(1, Int8Array.of(0, 0))).toThrow('hold a single class (0 ones, 2 zeros)');
  });

  it('disposes of all', async () => {
    const fitters = [new Scripted(), new Scripted()];
    await new ThoughtFits(designs, 2, fitters).dispose();
    expect(fitters.map(({ disposed }) => disposed)).toEqual([true, true]);
  });
});
