import { expect } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { distancesTo, UNREACHED } from '../../../src/graph/index.js';
import type { Coconut, CoconutRun } from '../../../src/model/index.js';
import { symbolicPrompt } from '../../../src/tokenizer/index.js';
import { UNIT } from '../../../src/model/constructed/bfs-constants.js';
import { rowOf } from './variant-runs.js';

/** The nodes of which each block of a thought is the superposition, by the block's first feature. */
export type Blocks = readonly (readonly [block: { readonly start: number }, nodes: ReadonlySet<number>])[];

/** The nodes from which this one is reached within so many edges. */
export function reaching(item: Item, node: number, hops: number): ReadonlySet<number> {
  const distances = Array.from(distancesTo(itemGraph(item), node));
  return new Set(distances.flatMap((d, from) => (d !== UNREACHED && d <= hops ? [from] : [])));
}

/**
 * Runs the items and checks that thought c is the uniform superposition of the nodes of all blocks, and nothing else; and that
 * the LM head reads those of the first block, which is `token`.
 */
export async function expectBlocks(
  model: Coconut,
  items: readonly Item[],
  thoughts: number,
  expected: (item: Item, c: number) => Blocks,
): Promise<CoconutRun> {
  const prompts = items.map((item) => symbolicPrompt(item));
  const run = await model.run(prompts, { thoughts, thoughtLogits: true });
  const { thoughtLogits } = run;
  if (thoughtLogits === undefined) throw new Error('asked for');
  items.forEach((item, row) => {
    for (let c = 1; c <= thoughts; c++) {
      const blocks = expected(item, c);
      const members = new Set(blocks.flatMap(([{ start }, nodes]) => [...nodes].map((node) => start + node)));
      const amplitude = 1 / Math.sqrt(members.size);
      const vector = rowOf(run.thoughts, row * thoughts + c - 1);
      const features = vector.flatMap((x, dimension) => (dimension % 2 === 0 ? [x / UNIT] : []));
      const off = features.map((x, f) => Math.abs(x / amplitude - Number(members.has(f))));
      const logits = rowOf(thoughtLogits, row * thoughts + c - 1);
      const shown = blocks[0][1];
      const unlike = logits.map((x, token) => Math.abs(x / (2 * UNIT ** 2 * amplitude) - Number(shown.has(token))));
      if (Math.max(...off, ...unlike) < 2e-4) continue;
      const held = features.flatMap((x, f) => (x > amplitude / 100 ? [f] : []));
      expect({ held, off: Math.max(...off), unlike }, `${item.id}, thought ${c}`).toEqual({ held: [...members] });
    }
  });
  return run;
}
