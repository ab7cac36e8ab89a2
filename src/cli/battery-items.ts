import { drawBatteryItems } from '../claim/index.js';
import { readItems, type Item } from '../dataset/index.js';
import { LensError } from '../errors.js';
import type { Lens } from '../lens/index.js';
import { trainedGraphs, type GraphsConfig } from '../training/index.js';
import { chooseItems } from './choose-items.js';

/** Items for a battery, and where they come from. */
export interface BatteryItems {
  readonly items: readonly Item[];
  /** A file, or what was drawn, in words. */
  readonly path: string;
  readonly sha256?: string;
}

/** The items of a file, as `itemFlags` choose them, or fresh ones, of the sizes that the model was trained on. */
export async function batteryItems(flags: {
  readonly model: string;
  readonly items?: string | undefined;
  readonly n: number;
  readonly seed: number;
  readonly limit?: number | undefined;
  readonly permuteIds?: number | undefined;
}): Promise<BatteryItems> {
  const { n, seed } = flags;
  if (flags.items === undefined) {
    const trained = await trainedGraphs(flags.model);
    const path = `${n} fresh items, seed ${seed}`;
    if (trained === undefined) return { items: drawBatteryItems(seed, n), path };
    const { nodes, minNodes, minDepth, maxDepth, depthGap = Infinity } = trained;
    const sizes = { nodes, minNodes, minDepth, maxDepth, depthGap };
    return { items: drawBatteryItems(seed, n, sizes), path: `${path}, ${sizeWords(trained)}` };
  }
  const file = await readItems(flags.items);
  return { items: chooseItems(file, flags), path: file.path, sha256: file.sha256 };
}

function sizeWords({ nodes, minNodes, minDepth, maxDepth, depthGap }: GraphsConfig): string {
  const gap = depthGap === undefined ? '' : `, decoy within ${depthGap} of it`;
  return `as in training (${minNodes} to ${nodes} nodes, target at depth ${minDepth} to ${maxDepth}${gap})`;
}

/** Nodes of a graph of ProsQA, the isolated ones included. */
const PROSQA_NODES = 28;
/** Positions that are kept for what follows the thoughts, and the share of nodes for graphs with more edges than most. */
const [SPARE, DENSE] = [8, 0.9];

/**
 * The same error; if it says that a fresh item does not fit the model, with the command that draws smaller ones. Nothing in
 * the model's folder tells what it was trained on.
 */
export function askingForSmaller(error: unknown, { items, path }: BatteryItems, lens: Lens): unknown {
  if (!(error instanceof LensError) || !error.subject.startsWith(path) || !/^does not fit /.test(error.problem))
    return error;
  const { wording, thoughts, model } = lens;
  const longest = Math.max(...items.map((item) => wording.prompt(item).length));
  const room = model.config.nPositions - thoughts - SPARE;
  const nodes = Math.max(4, Math.floor((DENSE * PROSQA_NODES * room) / longest));
  const depth = Math.min(6, Math.max(3, thoughts));
  return new LensError(
    error.subject,
    error.problem,
    `draw items of the sizes that it was trained on, such as: data generate --n ${items.length} --nodes ${nodes} --max-depth ${depth} --out items.json; then give --items items.json`,
    error.kind,
    error,
  );
}
