import { expect } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { breadthFirstDepths } from '../../../src/graph/index.js';
import type { Coconut, CoconutRun } from '../../../src/model/index.js';
import { UNIT } from '../../../src/model/constructed/bfs-constants.js';
import { symbolicPrompt, symbolicTokenizer } from '../../../src/tokenizer/index.js';
import { rowOf } from './variant-runs.js';

/** What thought c shows through the head, and what it holds beside that. */
export interface Shown {
  /** How loud each token is, relative to each other. */
  readonly loudness: ReadonlyMap<number, number>;
  /** Squared norm of what the head does not read, in the same unit. */
  readonly hidden: number;
}

/** Nodes that are equally loud. */
export const alike = (nodes: Iterable<number>): ReadonlyMap<number, number> =>
  new Map([...nodes].map((node) => [node, 1] as const));

/** As of constructed-bfs and its variants (variant-runs.ts). */
const [UNEVENNESS, BENEATH] = [2e-4, 0.012];

/** Runs the items and checks what thought c shows, for c = 1 .. k: hidden features make all that is shown smaller. */
export async function expectShown(
  model: Coconut,
  items: readonly Item[],
  thoughts: number,
  expected: (item: Item, c: number) => Shown,
): Promise<CoconutRun> {
  const prompts = items.map((item) => symbolicPrompt(item));
  const run = await model.run(prompts, { thoughts, thoughtLogits: true });
  const { thoughtLogits } = run;
  if (thoughtLogits === undefined) throw new Error('asked for');
  items.forEach((item, row) => {
    for (let c = 1; c <= thoughts; c++) {
      const { loudness, hidden } = expected(item, c);
      const squares = [...loudness.values()].reduce((sum, x) => sum + x * x, hidden);
      const unit = (2 * UNIT ** 2) / Math.sqrt(squares);
      let [unevenness, leak] = [0, 0];
      const logits = rowOf(thoughtLogits, row * thoughts + c - 1);
      logits.forEach((logit, token) => {
        const loud = loudness.get(token);
        if (loud === undefined) leak = Math.max(leak, Math.abs(logit));
        else unevenness = Math.max(unevenness, Math.abs(logit / unit / loud - 1));
      });
      if (unevenness < UNEVENNESS && leak < BENEATH) continue;
      const what = `${item.id}, thought ${c}`;
      expect({ unevenness, leak, logits }, what).toEqual({ loudness: [...loudness], hidden, unit });
    }
  });
  return run;
}

/** The candidates that are within so many edges of the root. */
export function foundCandidates(item: Item, hops: number): number[] {
  const depths = breadthFirstDepths(itemGraph(item), item.root);
  return item.candidates.filter((candidate) => depths[candidate] >= 0 && depths[candidate] <= hops);
}

/** Dimensions of a thought that the head reads: its `token` features, each stored as a pair. */
const SHOWN = 2 * symbolicTokenizer.vocabularySize;

/** The same thoughts, of which only what the head reads is left, or only what it does not read. */
export async function keepOnly(
  model: Coconut,
  items: readonly Item[],
  thoughts: number,
  part: 'shown' | 'hidden',
): Promise<CoconutRun> {
  const prompts = items.map((item) => symbolicPrompt(item));
  return model.run(prompts, {
    thoughts,
    replaceThought: ({ computed }) => {
      const width = computed.shape[1];
      const data = computed.data.map((x, i) => (i % width < SHOWN === (part === 'shown') ? x : 0));
      return { ...computed, data };
    },
  });
}
