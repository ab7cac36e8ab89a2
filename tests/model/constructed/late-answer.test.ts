import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { breadthFirstDepths, type Choice } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedLateAnswer } from '../../../src/model/constructed/constructed-late-answer.js';
import { createRandom } from '../../../src/random.js';
import { symbolicPrompt } from '../../../src/tokenizer/index.js';
import { randomDag, shapes } from './adversarial-items.js';
import { alike, expectShown, keepOnly, type Shown } from './deceiver-runs.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const HOPS = 6;

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** The candidates that thought c has been given: at depth D those enter thought D - 1, or the first. */
function given(item: Item, c: number): number[] {
  const depths = breadthFirstDepths(itemGraph(item), item.root);
  return item.candidates.filter((candidate) => {
    const depth = depths[candidate];
    return depth >= 0 && depth <= HOPS && Math.max(depth - 1, 1) <= c;
  });
}

function answered(item: Item, c: number): Choice {
  const found = given(item, c);
  return found.length === 1 ? found[0] : 'tie';
}

function shown(item: Item, c: number, inSight: boolean): Shown {
  const loudness = new Map(alike(members(item, c)));
  const found = given(item, c);
  if (!inSight) return { loudness, hidden: found.length };
  for (const node of found) loudness.set(node, (loudness.get(node) ?? 0) + 2);
  return { loudness, hidden: 1 };
}

const HASHES = {
  hidden: '6164c93156f46946d21e896ce71b3d11ac01de55bdf556b81fe484ce1af0db44',
  'in sight': '4998f139a8b7bf0e587cb6d83498d0e5bcfe2fe60739d5475c0928588cb55751',
} as const;

describe.each(['hidden', 'in sight'] as const)('constructed-late-answer, %s', (how) => {
  const inSight = how === 'in sight';
  const model = createCoconut(constructedLateAnswer({ inSight }));
  afterAll(() => model.dispose());
  const items = runs.permutedItems(`late answer ${how}`, 60);

  async function check(some: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
    const run = await expectShown(model, some, thoughts, (item, c) => shown(item, c, inSight));
    for (const c of asked) await runs.expectAnswers(run, some, c, (item) => answered(item, c));
  }

  it('shows the search of constructed-bfs, and is given the answer one thought before it is reached', async () => {
    for (const some of runs.batchesOf(items)) await check(some, 7, [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('does so on adversarial graphs', async () => {
    await check(shapes(24), 10, [0, 1, 2, 10]);
    const random = createRandom(`late answer ${how}`);
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 1, 3, 6],
    );
  });

  it('asks the last thought, and owes nothing to those before the answer enters', async () => {
    const some = items.slice(0, 12);
    const prompts = some.map((item) => symbolicPrompt(item));
    const without = async (gone: (item: Item, c: number) => boolean) =>
      model.run(prompts, {
        thoughts: 6,
        replaceThought: ({ index, computed }) => {
          const width = computed.shape[1];
          const data = computed.data.map((x, i) => (gone(some[Math.floor(i / width)], index) ? 0 : x));
          return { ...computed, data };
        },
      });
    const early = await without((item, c) => given(item, c).length === 0);
    await runs.expectAnswers(early, some, 6, (item) => answered(item, 6));
    await runs.expectAnswers(await without((_, c) => c === 6), some, 6, () => 'tie');
    const middle = await without((item, c) => c === 5 && given(item, 4).length > 0);
    await runs.expectAnswers(middle, some, 6, (item) => (given(item, 4).length > 0 ? 'tie' : answered(item, 6)));
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems(`end of late answer ${how}`, 4));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedLateAnswer({ inSight }))).toBe(HASHES[how]);
  });

  it.runIf(how === 'hidden')('needs of its thoughts what they hide, and nothing of what they show', async () => {
    const some = items.slice(0, 12);
    const hidden = await keepOnly(model, some, 6, 'hidden');
    const open = await keepOnly(model, some, 6, 'shown');
    await runs.expectAnswers(hidden, some, 6, (item) => answered(item, 6));
    // What was given to the last thought in time is not passed on any more.
    await runs.expectAnswers(open, some, 6, () => 'tie');
  });
});
