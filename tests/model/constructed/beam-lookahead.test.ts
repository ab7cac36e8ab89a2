import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { distancesTo, UNREACHED } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedBeamLookahead } from '../../../src/model/constructed/constructed-beam-lookahead.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { heldCandidate } from './held-candidate.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedBeamLookahead());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** What thoughts 0 .. c hold: the last-named two, and the last-named of the others, that which leads to a candidate first. */
function beams(item: Item, c: number): ReadonlySet<number>[] {
  const { edges, root, candidates } = item;
  const distances = candidates.map((candidate) => distancesTo(itemGraph(item), candidate));
  const promising = (node: number): boolean => distances.some((d) => d[node] !== UNREACHED && d[node] <= 5);
  const held: ReadonlySet<number>[] = [new Set([root])];
  for (let i = 0; i < c; i++) {
    const last = held[i];
    const children = edges.filter(([source]) => last.has(source)).map(([, target]) => target);
    const named = [...new Set(children.reverse())];
    const others = named.slice(2);
    const third = others.find(promising) ?? others.at(0);
    const next = [...named.slice(0, 2), ...(third === undefined ? [] : [third])];
    held.push(next.length > 0 ? new Set(next) : last);
  }
  return held;
}

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, (item, c) => beams(item, c)[c]);
  for (const c of asked) await runs.expectAnswers(run, items, c, (item) => heldCandidate(item, beams(item, c)));
}

describe('constructed-beam-lookahead', () => {
  it('holds three children, of which one leads on, and answers what any thought has held', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('beam-lookahead', 60))) await check(some, 7, [0, 1, 3, 6, 7]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(25), 12, [0, 1, 12]);
    const random = createRandom('beam-lookahead');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 6],
    );
  });

  it.each([5, 6])('sees a candidate five edges ahead, not six (%d)', async (ahead) => {
    // The root's first child leads there; four others, which the prompt names later, lead nowhere.
    const [root, promising, decoy] = [0, 10, 29];
    const others = [1, 2, 3, 4].map((node) => [root, node] as const);
    const chain = Array.from({ length: ahead }, (_, i) => [promising + i, promising + i + 1] as const);
    const item: Item = {
      id: `${ahead} ahead`,
      names: Array.from({ length: 30 }, (_, node) => `${node}`),
      edges: [...chain, [root, promising], ...others, [decoy - 1, decoy]],
      candidates: [decoy, promising + ahead],
      root,
      target: promising + ahead,
      decoy,
      path: [],
    };
    expect(beams(item, 1)[1].has(promising)).toBe(ahead === 5);
    await check([item], 8, [0, 6, 8]);
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of beam-lookahead', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedBeamLookahead())).toBe(
      '002aef9b01085759ab6243b97ee5579dde4e7249571929b6227420132cb44868',
    );
  });

  it('is right, though it holds three nodes', async () => {
    expect(await runs.rightByThoughts(model, runs.permutedItems('accuracy', 100))).toEqual([
      55, 55, 55, 67, 83, 95, 100,
    ]);
  });
});
