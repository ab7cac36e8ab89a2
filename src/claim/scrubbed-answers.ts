import { itemSearch, renameWithinLayers, type Item } from '../dataset/index.js';
import { isCorrect, readAnswers, requireThoughts, selectRows } from '../intervention/index.js';
import { mean } from '../statistics/index.js';
import { layerAt, thoughtsAStep, thoughtsNeeded, type Alignment, type CrossFittedAlignment } from './alignment.js';
import type { Batch } from './batch.js';
import { BEAM_IS_TOLD, beamHolds, BEAMS, beyondChance, layersTowards, RULED_OUT, type Layer } from './beams.js';
import { splitByGraphs } from './enough-graphs.js';
import type { CriterionSpec, MeasureSpec } from './judge.js';
import { graphsOf } from './observed-graphs.js';
import type { Observation } from './prediction.js';
import { MOST_LEFT, stallEach, type Stalled } from './stalled-answers.js';
import { averageOf, meanOf, type Statistic, type Values } from './statistic.js';
import type { Threshold } from './thresholds.js';

/** What an item answers with the stalled search of a question that shares every layer with some other question. */
export interface Scrubbed extends Observation {
  /** Of the answer that a search goes on to. */
  readonly depth: number;
  /**
   * [t - 1][n], t = 1 .. `Batch.lastPatched`, n = 0 .. 3: whether the answer is the one that a search goes on to, with the donor's
   * thoughts 1 .. t and n of the item's own; a tie is one half.
   */
  readonly found: readonly (readonly number[])[];
  /** [d - 1], d = 1 .. depth - 1: how many nodes the layer has, and how many of them lead to that answer. */
  readonly layers: readonly Layer[];
}

/** One question whose search is to be put into an item. */
export interface ScrubbedQuestion {
  /** Of the batch. */
  readonly row: number;
  /** Its root and its layers are those that the donor's thoughts hold; its target is what a search goes on to. */
  readonly question: Item;
}

/**
 * Puts stalled searches of renamed questions (`renameWithinLayers`) into items. The donor shares each layer of the question, and
 * nothing else: its own answer is the other candidate, and other nodes of the layers lead to it. Those that the model itself
 * answers wrongly are left out, as there is nothing to be kept.
 *
 * @param name of the random stream
 * @param onStalled sees every patched run, its thoughts read through the head
 */
export async function scrubEach(
  batch: Batch,
  name: string,
  questions: readonly ScrubbedQuestion[],
  onStalled?: (stalled: Stalled, chosen: readonly ScrubbedQuestion[]) => void,
): Promise<{ readonly row: number; readonly scrubbed: Scrubbed }[]> {
  const questionOf = new Map(questions.map((one) => [one.row, one]));
  const renamed = batch.edited((_, row) => {
    const one = questionOf.get(row);
    return one && renameWithinLayers(batch.randomOf(name, row), one.question);
  });
  const asked = questions.filter(({ row }) => renamed[row] !== undefined);
  if (asked.length === 0) return [];
  const donors = asked.map(({ row }) => renamed[row]).filter((item) => item !== undefined);
  const run = await batch.runOf(donors);
  const own = await readAnswers(run, batch.thoughts, donors, batch.wording);
  const right = [...asked.keys()].filter((i) => isCorrect(own[i]) === 1);
  if (right.length === 0) return [];
  const chosen = right.map((i) => asked[i]);
  const searches = chosen.map(({ question }) => itemSearch(question));
  const found: number[][][] = chosen.map(() => []);
  const rows = chosen.map(({ row }) => row);
  const last = searches.map(({ depth }) => batch.lastPatched(depth));
  const thoughts = selectRows(requireThoughts('donor thoughts', run.thoughts), right);
  for await (const stalled of stallEach(batch, rows, thoughts, last, onStalled !== undefined)) {
    const { thought, left, indices, answers } = stalled;
    indices.forEach((i, at) => {
      const turned = chosen[i].question.target !== batch.items[rows[i]].target;
      const isRight = isCorrect(answers[at]);
      (found[i][thought - 1] ??= [])[left] = turned ? 1 - isRight : isRight;
    });
    onStalled?.(stalled, chosen);
  }
  return chosen.map(({ row }, i) => {
    const scrubbed = {
      graph: batch.searches[row].key,
      depth: searches[i].depth,
      found: found[i],
      layers: layersTowards(searches[i]),
    };
    return { row, scrubbed };
  });
}

/** What the correctly answered items of a batch answer with stalled searches of questions that have the same layers. */
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

/** The criterion of answers that are there with too few thoughts: the share that cannot come of the search. */
export const FOUND_TOO_EARLY = 'found too early';

/** A criterion's words. */
interface Words {
  readonly name: string;
  readonly description: string;
}

/** Of answers, shares of which are right: 1 if all are, 0 if as many as a coin gets, -1 if none is. */
function beyondCoin(shares: Values): Statistic {
  return meanOf(
    shares.map((share) => (share === undefined ? undefined : 2 * share - 1)),
    [-1, 1],
  );
}

/** Answers of one item to stalled searches that have not reached the target, with numbers of thoughts left that hold. */
function foundWhere(
  { graph, depth, found }: Scrubbed,
  alignments: CrossFittedAlignment,
  holds: (left: number, needed: number, alignment: Alignment) => boolean,
): number | undefined {
  const alignment = alignments.of(graph);
  const cells = found.flatMap((after, i) => {
    if (layerAt(alignment, i + 1) >= depth) return [];
    const needed = thoughtsNeeded(alignment, i + 1, depth);
    return after.filter((_, left) => holds(left, needed, alignment));
  });
  return averageOf(cells);
}

/**
 * How many answers are found with just as many thoughts as a search needs, by the number of its steps. One is always a criterion,
 * more only where there are graphs enough.
 */
export function inTime(
  observations: readonly Scrubbed[],
  alignment: CrossFittedAlignment,
  { name, description }: Words,
  threshold: Threshold,
): { criteria: CriterionSpec[]; measures: MeasureSpec[] } {
  const groups = Array.from({ length: MOST_LEFT }, (_, i) => i + 1).map((steps) => {
    const within = observations.map((one) =>
      foundWhere(one, alignment, (left, needed, own) => left === needed && needed === steps * thoughtsAStep(own)),
    );
    return {
      graphs: graphsOf(observations.filter((_, i) => within[i] !== undefined)),
      spec: {
        name: `${name}, ${steps} ${steps === 1 ? 'step' : 'steps'} to go`,
        description,
        statistic: beyondCoin(within),
        reference: 0,
        threshold,
      },
    };
  });
  return splitByGraphs(groups);
}

/** The same with fewer thoughts than a search needs. */
export function tooFew(
  observations: readonly Scrubbed[],
  alignment: CrossFittedAlignment,
  { name, description }: Words,
  threshold: Threshold,
): CriterionSpec {
  const shares = observations.map((one) =>
    foundWhere(one, alignment, (left, needed, own) => left === needed - thoughtsAStep(own)),
  );
  return { name, description, statistic: beyondCoin(shares), reference: 0, threshold };
}

/** What the criterion of a beam is called. */
export function beamName(width: number): string {
  return width === 1 ? 'more than one path' : `wider than a beam of ${width}`;
}

/**
 * How far beyond the best beam of each width: 0 where answers survive as often as with a beam that knows the way, never errs
 * and holds so many nodes of a layer, 1 where they survive as an exact search's do, with as many thoughts as a search needs.
 * Of layers that such a beam cannot hold. Beams of up to three nodes must be ruled out; wider ones only say how wide a
 * search is known to be, as few items have such layers.
 */
export function beyondBeams(
  observations: readonly Scrubbed[],
  alignments: CrossFittedAlignment,
  threshold: Threshold,
): { criteria: CriterionSpec[]; measures: MeasureSpec[] } {
  const specs = BEAMS.map((width) => {
    const cells = observations.map(({ graph, depth, found, layers }) => {
      const alignment = alignments.of(graph);
      const own = found.flatMap((after, i) => {
        const layer = layerAt(alignment, i + 1);
        if (layer < 1 || layer >= depth) return [];
        const chance = beamHolds(width, layers[layer - 1]);
        const share = after.at(thoughtsNeeded(alignment, i + 1, depth));
        return chance > BEAM_IS_TOLD || share === undefined ? [] : [{ share, chance }];
      });
      return own.length === 0
        ? undefined
        : { share: mean(own.map((one) => one.share)), chance: mean(own.map((one) => one.chance)) };
    });
    const spec = {
      name: beamName(width),
      description: `of layers that a beam of ${width} cannot hold: 0 as often as such a beam’s, 1 as a search’s`,
      statistic: beyondChance(cells),
      reference: 0,
    };
    return { width, spec };
  });
  return {
    criteria: specs.filter(({ width }) => width <= RULED_OUT).map(({ spec }) => ({ ...spec, threshold })),
    measures: specs.filter(({ width }) => width > RULED_OUT).map(({ spec }) => spec),
  };
}
