import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { counterfactualPair, orphanDecoy, permuteIds, randomItems, type Item } from '../../../src/dataset/index.js';
import type { Choice } from '../../../src/graph/index.js';
import type { Coconut, CoconutRun } from '../../../src/model/index.js';
import type { HostTensor } from '../../../src/tensor/index.js';
import { SYMBOLIC_TOKENS, symbolicPrompt } from '../../../src/tokenizer/index.js';
import { UNIT } from '../../../src/model/constructed/bfs-constants.js';
import type { ConstructedModel } from '../../../src/model/constructed/index.js';
import { createRandom } from '../../../src/random.js';

export const ANSWER = [SYMBOLIC_TOKENS['[A]']];

/** A thought that holds no node. */
export const NOTHING: ReadonlySet<number> = new Set([SYMBOLIC_TOKENS['<|end-latent|>']]);

/** ProsQA-like items whose numbers tell nothing. */
export function permutedItems(seed: string, count: number): Item[] {
  const random = createRandom(seed);
  return randomItems(random, count).map((item) => permuteIds(random.fork(item.id), item));
}

export function orphanedItems(count: number): Item[] {
  const random = createRandom('orphaned decoys');
  return Array.from({ length: count }, (_, i) => counterfactualPair(random.fork(`${i}`), `${i}`, orphanDecoy)).map(
    ({ counterfactual }) => counterfactual,
  );
}

/** Row i of the last axis. */
export const rowOf = ({ data, shape }: HostTensor, i: number): number[] => {
  const width = shape.at(-1) ?? 0;
  return Array.from(data.subarray(i * width, (i + 1) * width));
};

/** What the undecided say: the candidate at the even position, the first if the number of edges is odd. */
export const coin = ({ edges, candidates }: Item): number => candidates[edges.length % 2 === 1 ? 0 : 1];

/** Logit, of at most 128, that what lies beneath a thought may have (variant-constants.ts): 0.011. */
const BENEATH = 0.012;

/** Members' amplitudes: 3e-5 from rounding and 3e-5 from the ballast; the bound is that of constructed-bfs. */
const UNEVENNESS = 2e-4;

/**
 * Runs the items and checks that thought c is the uniform superposition of `expected(item, c)` for c = 1 .. k.
 *
 * @param hidden how many nodes it holds as loud beside them, where the head does not look
 */
export async function expectThoughts(
  model: Coconut,
  items: readonly Item[],
  thoughts: number,
  expected: (item: Item, c: number) => ReadonlySet<number>,
  hidden: (item: Item, c: number) => number = () => 0,
): Promise<CoconutRun> {
  const prompts = items.map((item) => symbolicPrompt(item));
  const run = await model.run(prompts, { thoughts, thoughtLogits: true });
  const { thoughtLogits } = run;
  if (thoughtLogits === undefined) throw new Error('asked for');
  items.forEach((item, row) => {
    for (let c = 1; c <= thoughts; c++) {
      const members = expected(item, c);
      const amplitude = (2 * UNIT ** 2) / Math.sqrt(members.size + hidden(item, c));
      let [unevenness, leak] = [0, 0];
      const logits = rowOf(thoughtLogits, row * thoughts + c - 1);
      logits.forEach((logit, token) => {
        if (members.has(token)) unevenness = Math.max(unevenness, Math.abs(logit / amplitude - 1));
        else leak = Math.max(leak, Math.abs(logit));
      });
      if (unevenness < UNEVENNESS && leak < BENEATH) continue;
      const what = `${item.id}, thought ${c}`;
      expect({ unevenness, leak, logits }, what).toEqual({ nodes: [...members], amplitude });
    }
  });
  return run;
}

/** Which node is said after c thoughts; checks that only the candidates come into question, and how sure it is. */
export async function expectAnswers(
  run: CoconutRun,
  items: readonly Item[],
  c: number,
  expected: (item: Item) => Choice,
  // As in constructed-bfs (expectations.ts): 0.0295, half of it where the evidence speaks for both.
  leastDifference = 0.014,
): Promise<void> {
  const next = await run.nextTokenLogits(c, ANSWER);
  items.forEach((item, row) => {
    const logits = rowOf(next, row);
    const choice = expected(item);
    const what = `${item.id} after ${c} thoughts, expected ${choice}`;
    const [a, b] = item.candidates.map((candidate) => logits[candidate]);
    const others = logits.filter((_, token) => !item.candidates.some((candidate) => candidate === token));
    expect(Math.max(...others), what).toBeLessThan(BENEATH);
    if (choice === 'tie') {
      expect(Math.abs(a - b), what).toBeGreaterThan(leastDifference);
      expect(Math.abs(a - b), what).toBeLessThan(0.031);
      expect(logits.indexOf(Math.max(...logits)), what).toBe(coin(item));
    } else {
      expect(choice === item.candidates[0] ? a - b : b - a, what).toBeGreaterThan(55);
      expect(Math.min(a, b), what).toBeGreaterThan(55);
    }
  });
}

/**
 * Few items at a time, of about the same length: what is filled up is computed as well, and the tensors of a hundred
 * prompts leave the processor's cache, which takes twice the time.
 */
export function batchesOf(items: readonly Item[]): Item[][] {
  const sorted = [...items].sort((a, b) => a.edges.length - b.edges.length);
  const size = 12;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => sorted.slice(i * size, (i + 1) * size));
}

/** How many of the items are answered right after 0 .. k thoughts. */
export async function rightByThoughts(model: Coconut, items: readonly Item[], thoughts = 6): Promise<number[]> {
  const right = new Array<number>(thoughts + 1).fill(0);
  for (const some of batchesOf(items)) {
    const prompts = some.map((item) => symbolicPrompt(item));
    const run = await model.run(prompts, { thoughts });
    for (let c = 0; c <= thoughts; c++) {
      const next = await run.nextTokenLogits(c, ANSWER);
      some.forEach((item, row) => {
        const logits = rowOf(next, row);
        right[c] += Number(logits.indexOf(Math.max(...logits)) === item.target);
      });
    }
  }
  return right;
}

/** SHA-256 over the names and bytes of all tensors. */
export function weightsHash({ tensors }: ConstructedModel): string {
  const hash = createHash('sha256');
  for (const [name, { data }] of Object.entries(tensors)) {
    hash.update(name);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

/** Six thoughts, the answer, and `<eos>`. */
export async function expectEnd(model: Coconut, items: readonly Item[]): Promise<void> {
  const prompts = items.map((item) => symbolicPrompt(item));
  const { ids, finished } = await model.generate(prompts, {
    thoughts: 6,
    suffix: ANSWER,
    maxNewTokens: 3,
    eos: SYMBOLIC_TOKENS['<eos>'],
  });
  expect(finished.every(Boolean)).toBe(true);
  items.forEach((item, row) => {
    expect(ids[row]).toHaveLength(1);
    expect(item.candidates).toContain(ids[row][0]);
  });
}
