import { afterEach, expect, it, vi } from 'vitest';
import { CONSTRUCTED } from '../../../src/model/constructed/index.js';

/** What ECMAScript lets engines approximate (section 21.3.2); `**` is avoided by reading the source. */
const APPROXIMATED = ['cos', 'exp', 'hypot', 'log', 'log10', 'log2', 'pow', 'sin', 'sqrt', 'tan', 'tanh'] as const;

afterEach(() => vi.restoreAllMocks());

it('no model calls a function that engines may round differently, and all are the same without', async () => {
  const before = CONSTRUCTED.bfs.build();
  // Constants may be computed once and kept.
  vi.resetModules();
  const spies = APPROXIMATED.map((name) => vi.spyOn(Math, name));
  const fresh = await import('../../../src/model/constructed/index.js');
  spies.forEach((spy) => spy.mockClear());
  const again = fresh.CONSTRUCTED.bfs.build();
  for (const [name, { build }] of Object.entries(fresh.CONSTRUCTED)) if (name !== 'bfs') build();
  fresh.randomInit({ layers: 1, width: 64, heads: 2 }, 1);
  spies.forEach((spy, i) => expect(spy, `Math.${APPROXIMATED[i]}`).not.toHaveBeenCalled());
  expect(again.tensors['wpe.weight'].data).toEqual(before.tensors['wpe.weight'].data);
});
