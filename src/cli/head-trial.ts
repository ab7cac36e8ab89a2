import { join } from 'node:path';
import { alignColumns } from '../align-columns.js';
import type { CoconutConfig, Gpt2Config, ReadWeights } from '../checkpoint/index.js';
import type { Item } from '../dataset/index.js';
import type { HeadTrials } from '../lens/index.js';
import type { CommandContext } from './command.js';
import { startProgress } from './progress.js';

/** Enough to tell right heads, which answer nearly all, from wrong ones, which answer half. */
const ITEMS = 24;
/** Some graphs may be too large for the model. */
const DRAWN = 4 * ITEMS;
const BATCH = 8;
const SEED = 'items that heads are tried on';

/** Trials, and the items that they were made on. */
export interface HeadTrialReport extends HeadTrials {
  /** A file, or what was drawn, in words. */
  readonly items: string;
}

/**
 * Tries the numbers of heads that a checkpoint's width allows, on the first items of a file, or on fresh ones of the sizes
 * that the checkpoint's own folder says it was trained on.
 *
 * @param path of `--items`
 * @returns undefined where there is nothing to try them on
 * @throws LensError if the file cannot be read, or an item does not fit
 */
export async function headTrial(
  weights: ReadWeights,
  config: Gpt2Config & { readonly coconut: CoconutConfig },
  tokenizerFolder: string | undefined,
  from: string,
  path: string | undefined,
  context: CommandContext,
): Promise<HeadTrialReport | undefined> {
  const found = path === undefined ? await drawnItems(from) : await itemsOf(path);
  if (found === undefined) return undefined;
  const { tryHeads, wordingOf } = await import('../lens/index.js');
  const { followingOf } = await import('../tokenizer/index.js');
  const wording = await wordingOf(tokenizerFolder, config.coconut);
  const room = config.nPositions - config.coconut.thoughts - followingOf(wording);
  // Training leaves out graphs that are too large for the model; what a user gives is refused by name.
  const items = path === undefined ? found.items.filter((item) => wording.prompt(item).length <= room) : found.items;
  if (items.length === 0) return undefined;
  const sample = { path: found.path, items: items.slice(0, ITEMS) };
  const progress = startProgress(context, sample.items.length, 'items');
  try {
    const tried = await tryHeads({ ...weights, config }, config.coconut, wording, sample, {
      batchSize: BATCH,
      signal: context.io.signal,
      onProgress: (completed) => progress.update(completed),
    });
    return { ...tried, items: sample.path };
  } finally {
    progress.stop();
  }
}

interface Sample {
  readonly items: readonly Item[];
  readonly path: string;
}

async function itemsOf(path: string): Promise<Sample> {
  const { readItems } = await import('../dataset/index.js');
  return readItems(path);
}

async function drawnItems(from: string): Promise<Sample | undefined> {
  const [{ trainedGraphs }, { permuteIds, randomItem }, { createRandom }] = await Promise.all([
    import('../training/index.js'),
    import('../dataset/index.js'),
    import('../random.js'),
  ]);
  const sizes = await trainedGraphs(from);
  if (sizes === undefined) return undefined;
  const { depthGap = Infinity, ...rest } = sizes;
  const random = createRandom(SEED);
  try {
    const items = Array.from({ length: DRAWN }, (_, i) => {
      const own = random.fork(`item ${i}`);
      return permuteIds(own.fork('node numbers'), randomItem(own, String(i), { ...rest, depthGap }));
    });
    return { items, path: `fresh ones of the sizes in ${join(from, 'training.json')}` };
  } catch (error) {
    // Sizes that no graph of names has: a symbolic model may have been trained on such.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Why a number of heads is now assumed. */
export function trialEvidence({ trials, best, items }: HeadTrialReport, convention: number, evidence: string): string {
  const tried = `of ${trials.map(({ heads }) => heads).join(', ')} tried on ${trials[0].n} items (${items})`;
  if (best === undefined) return `${evidence}; ${tried} none answers better than guessing`;
  const own = trials.find(({ heads }) => heads === convention);
  const other =
    best.heads === convention || own === undefined ? '' : `; ${convention} (${evidence}) answers ${own.right}`;
  return `${tried} it answers best, ${best.right} right${other}`;
}

/** The trials as a table. */
export function formatHeadTrial({ trials, best, items }: HeadTrialReport): string {
  return [
    `Numbers of heads that the width allows, on ${trials[0].n} items: ${items}`,
    alignColumns(
      [
        ['heads', 'right', 'log p of the answer', ''],
        ...trials.map((trial) => [
          `${trial.heads}`,
          `${trial.right} of ${trial.n}`,
          trial.logProbability.toFixed(2),
          trial.heads === best?.heads ? 'proposed' : '',
        ]),
      ],
      0,
    ),
    'Guessing between the candidates is right on half. A proposal is an assumption until --heads confirms it.',
  ].join('\n');
}
