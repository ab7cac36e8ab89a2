import { afterAll, describe, expect, it } from 'vitest';
import { itemGraph, randomItems, type Item } from '../../src/dataset/index.js';
import { breadthFirstDepths, otherRootOf, UNREACHED } from '../../src/graph/index.js';
import { createCoconut, interchange, type CoconutRun, type InterchangeOptions } from '../../src/model/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { constructedBfs } from '../../src/model/constructed/index.js';
import { createRandom } from '../../src/random.js';

const K = 6;
const model = createCoconut(constructedBfs());
afterAll(() => model.dispose());

const otherOf = (item: Item): number => otherRootOf(itemGraph(item), item.root, item.decoy);

/** Items in which each candidate is reached from one of two roots only, within K edges. */
const items = randomItems(createRandom('interchange'), 40)
  .filter((item) => {
    const [own, other] = [item.root, otherOf(item)].map((root) => breadthFirstDepths(itemGraph(item), root));
    return other[item.target] === UNREACHED && own[item.target] <= K && other[item.decoy] <= K;
  })
  .slice(0, 8);

/** The same items asked about the other root, where target and decoy have changed places. */
const twins = items.map((item): Item => ({
  ...item,
  root: otherOf(item),
  target: item.decoy,
  decoy: item.target,
}));

/** The candidate that each row names after c thoughts. */
async function named(run: CoconutRun, c = K): Promise<number[]> {
  const { data, shape } = await run.nextTokenLogits(c, symbolicWording.suffix);
  return items.map(({ target, decoy }, i) =>
    data[i * shape[1] + target] > data[i * shape[1] + decoy] ? target : decoy,
  );
}

const targets = items.map(({ target }) => target);
const decoys = items.map(({ decoy }) => decoy);

describe('interchange with the twin item in constructed-bfs', () => {
  const base = model.run(
    items.map((item) => symbolicWording.prompt(item)),
    { thoughts: K },
  );
  const donor = model.run(
    twins.map((item) => symbolicWording.prompt(item)),
    { thoughts: K },
  );
  const after = async (options: InterchangeOptions): Promise<number[]> =>
    named(await interchange(await base, await donor, options));

  it('begins with right answers to both', async () => {
    expect(items).toHaveLength(8);
    expect(await named(await base)).toEqual(targets);
    expect(await named(await donor)).toEqual(decoys);
  });

  it('of the thoughts flips every answer, and the last thought is enough', async () => {
    expect(await after({ region: 'thoughts' })).toEqual(decoys);
    expect(await after({ region: { thoughts: [K] } })).toEqual(decoys);
    expect(await after({ region: { thoughts: [1, 2, 3, 4, 5] } })).toEqual(targets);
  });

  it('flips by the values of layer 0, where the answer copies the position before it, and by nothing else', async () => {
    expect(await after({ region: 'thoughts', carriers: 'values', layers: [0] })).toEqual(decoys);
    expect(await after({ region: 'thoughts', carriers: 'values', layers: [1] })).toEqual(targets);
    expect(await after({ region: 'thoughts', carriers: 'keys' })).toEqual(targets);
  });

  it('of the root alone changes no answer: the thoughts have read it already, and it reads itself', async () => {
    expect(await after({ region: 'promptLast' })).toEqual(targets);
    expect(await after({ region: 'prompt' })).toEqual(targets);
  });

  it('of other edges is followed if the thoughts are thought again', async () => {
    // The same root, but its edges and those of the other root lead where the other's led.
    const swapped = items.map((item): Item => {
      const other = otherOf(item);
      const swap = (node: number): number => (node === item.root ? other : node === other ? item.root : node);
      return { ...item, edges: item.edges.map(([source, target]) => [swap(source), target] as const) };
    });
    const edges = await model.run(
      swapped.map((item) => symbolicWording.prompt(item)),
      { thoughts: K },
    );
    expect(await named(edges)).toEqual(decoys);
    const run = await interchange(await base, edges, { region: 'prompt' });
    expect(await named(run)).toEqual(targets);
    expect(await named(await run.rethink({ thoughts: K }))).toEqual(decoys);
  });
});
