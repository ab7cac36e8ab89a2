import { itemSearch, renameWithinLayers, type Item } from '../dataset/index.js';
import { UNREACHED } from '../graph/index.js';
import { isCorrect, readAnswers } from '../intervention/index.js';
import { layerAt, thoughtsToGo, type CrossFittedAlignment } from './alignment.js';
import type { Batch } from './batch.js';
import { splitByGraphs } from './enough-graphs.js';
import type { CriterionSpec, MeasureSpec } from './judge.js';
import { graphsOf } from './observed-graphs.js';
import { patchEach, type Patched } from './patched-answers.js';
import type { Observation } from './prediction.js';
import { averageOf, keptOf, meanOf } from './statistic.js';
import type { Threshold } from './thresholds.js';

/** What an item answers with a thought of a question that shares every layer of the search with some other question. */
export interface Scrubbed extends Observation {
  /** Of the answer that a search goes on to. */
  readonly depth: number;
  /** Whether the donor question itself is answered correctly: what a search can be expected to keep. */
  readonly donor: number;
  /** [t - 1], t = 1 .. depth, or k: whether the answer is the one that a search goes on to; a tie is one half. */
  readonly found: readonly number[];
  /** [d - 1], d = 1 .. depth - 1: how many nodes the layer has, and how many of them lead to that answer. */
  readonly layers: readonly { readonly size: number; readonly leading: number }[];
}

/** One question whose search is to be put into an item. */
export interface ScrubbedQuestion {
  /** Of the batch. */
  readonly row: number;
  /** Its root and its layers are those that the donor's thoughts hold; its target is what a search goes on to. */
  readonly question: Item;
}

/**
 * Puts thoughts of a renamed question (`renameWithinLayers`) into items, one thought at a time. The donor shares each layer of
 * the question, and nothing else: its own answer is the other candidate, and other nodes of the layers lead to it.
 *
 * @param name of the random stream
 * @param onPatched sees every patched run, its thoughts read through the head
 */
export async function scrubEach(
  batch: Batch,
  name: string,
  questions: readonly ScrubbedQuestion[],
  onPatched?: (patched: Patched, chosen: readonly ScrubbedQuestion[]) => void,
): Promise<{ readonly row: number; readonly scrubbed: Scrubbed }[]> {
  const questionOf = new Map(questions.map((one) => [one.row, one]));
  const renamed = batch.edited((_, row) => {
    const one = questionOf.get(row);
    return one && renameWithinLayers(batch.randomOf(name, row), one.question);
  });
  const chosen = questions.filter(({ row }) => renamed[row] !== undefined);
  if (chosen.length === 0) return [];
  const donors = chosen.map(({ row }) => renamed[row]).filter((item) => item !== undefined);
  const run = await batch.runOf(donors);
  const own = await readAnswers(run, batch.thoughts, donors, batch.wording);
  const found: number[][] = chosen.map(() => []);
  const depths = chosen.map(({ question }) => itemSearch(question).depth);
  const rows = chosen.map(({ row }) => row);
  for await (const patched of patchEach(batch, rows, run, depths, onPatched !== undefined)) {
    patched.indices.forEach((i, at) => {
      const turned = chosen[i].question.target !== batch.items[rows[i]].target;
      const right = isCorrect(patched.answers[at]);
      found[i].push(turned ? 1 - right : right);
    });
    onPatched?.(patched, chosen);
  }
  return chosen.map(({ row, question }, i) => {
    const search = itemSearch(question);
    const scrubbed = {
      graph: batch.searches[row].key,
      depth: depths[i],
      donor: isCorrect(own[i]),
      found: found[i],
      layers: Array.from({ length: depths[i] - 1 }, (_, d) => {
        const layer = search.atDepth(d + 1);
        return { size: layer.length, leading: layer.filter((node) => search.toTarget[node] !== UNREACHED).length };
      }),
    };
    return { row, scrubbed };
  });
}

/** What the correctly answered items of a batch answer with thoughts of questions that have the same layers. */
export function sameLayers(batch: Batch): Promise<readonly Scrubbed[]> {
  return batch.once('same layers', async () => {
    const own = await batch.answers();
    const rows = [...batch.items.keys()].filter((row) => isCorrect(own[row]) === 1);
    const questions = rows.map((row) => ({ row, question: batch.items[row] }));
    return (await scrubEach(batch, 'same layers', questions)).map(({ scrubbed }) => scrubbed);
  });
}

/** The share of right answers from which on a test supports: at most three in ten come about otherwise. */
export const SHARE_SUPPORTED = 0.7;

/** Thoughts still to come at a patched thought, from which on they are counted together. */
const MOST_TO_GO = 3;

/** A criterion's words. */
interface Words {
  readonly name: string;
  readonly description: string;
}

/**
 * The share of the excess over chance that patched answers keep of the donors' own, by the number of thoughts that a search
 * still has to go. One is always a criterion, more only where there are graphs enough.
 */
export function byThoughtsToGo(
  observations: readonly Scrubbed[],
  alignment: CrossFittedAlignment,
  { name, description }: Words,
  threshold: Threshold,
): { criteria: CriterionSpec[]; measures: MeasureSpec[] } {
  const groups = Array.from({ length: MOST_TO_GO }, (_, i) => {
    const toGo = i + 1;
    const within = observations.map(({ graph, depth, found }) =>
      averageOf(found.filter((_, t) => Math.min(MOST_TO_GO, thoughtsToGo(alignment.of(graph), t + 1, depth)) === toGo)),
    );
    const words = `${toGo}${toGo === MOST_TO_GO ? ' or more' : ''} ${toGo === 1 ? 'thought' : 'thoughts'} to go`;
    return {
      graphs: graphsOf(observations.filter((_, i) => within[i] !== undefined)),
      spec: {
        name: `${name}, ${words}`,
        description,
        statistic: keptOf(
          within,
          observations.map(({ donor }) => donor),
        ),
        reference: 0,
        threshold,
      },
    };
  });
  return splitByGraphs(groups);
}

/** Widths of beams that are compared with a search. */
export const BEAMS = [1, 2, 3, 5] as const;

/** A beam's chance to hold what is needed is told from certainty only where it is below this. */
const BEAM_IS_TOLD = 0.75;

/** What the criterion of a beam is called. */
export function beamName(width: number): string {
  return width === 1 ? 'more than one path' : `wider than a beam of ${width}`;
}

/**
 * How far beyond the best beam of each width: 0 where answers survive as often as with a beam that knows the way, never errs
 * and holds so many nodes of a layer, 1 where they survive as an exact search's do. Of layers that such a beam cannot
 * hold.
 */
export function beyondBeams(
  observations: readonly Scrubbed[],
  alignment: CrossFittedAlignment,
  threshold: Threshold,
): { criteria: CriterionSpec[]; measures: MeasureSpec[] } {
  const groups = BEAMS.map((width) => {
    const cells = observations.map(({ graph, depth, found, layers }) => {
      const own = found.flatMap((share, t) => {
        const layer = layerAt(alignment.of(graph), t + 1);
        if (layer < 1 || layer >= depth) return [];
        const chance = beamHolds(width, layers[layer - 1]);
        return chance > BEAM_IS_TOLD ? [] : [{ share, chance }];
      });
      return { share: averageOf(own.map(({ share }) => share)), chance: averageOf(own.map(({ chance }) => chance)) };
    });
    // What a beam holds by chance is known of the questions: how far beyond is a linear function of the mean share alone.
    const chance = averageOf(cells.flatMap((cell) => cell.chance ?? [])) ?? 0;
    const beyond = (share: number): number => (share - (1 + chance) / 2) / ((1 - chance) / 2);
    const spec = {
      name: beamName(width),
      description: `of layers that a beam of ${width} cannot hold: 0 as often as such a beam’s, 1 as a search’s`,
      statistic: meanOf(
        cells.map(({ share }) => (share === undefined ? undefined : beyond(share))),
        [beyond(0), beyond(1)],
      ),
      reference: 0,
      threshold,
    };
    return { spec, graphs: graphsOf(observations.filter((_, i) => cells[i].share !== undefined)) };
  });
  return splitByGraphs(groups);
}

/**
 * The chance that a beam of some width which keeps one node of a layer that leads to the donor's answer, and draws the rest among
 * the layer's others, holds a node that leads to the question's. `renameWithinLayers` keeps the two kinds of
 * nodes apart as far as the layer has room.
 */
export function beamHolds(width: number, { size, leading }: Scrubbed['layers'][number]): number {
  if (width >= size) return 1;
  const shared = Math.max(0, 2 * leading - size);
  // None of width - 1 nodes out of size - 1, of which `leading` lead there.
  let none = 1;
  for (let i = 0; i < width - 1; i++) none *= Math.max(0, size - 1 - leading - i) / (size - 1 - i);
  return shared / leading + (1 - shared / leading) * (1 - none);
}
