import { mean } from '../statistics/index.js';
import {
  hasBegun,
  layerAt,
  thoughtsAStep,
  thoughtsNeeded,
  type Alignment,
  type CrossFittedAlignment,
} from './alignment.js';
import { BEAM_IS_TOLD, beamHolds, BEAMS, beyondChance, RULED_OUT } from './beams.js';
import { splitByGraphs, type Group } from './enough-graphs.js';
import type { CriterionSpec, MeasureSpec } from './judge.js';
import { graphsOf } from './observed-graphs.js';
import type { Observation } from './prediction.js';
import type { Found, Scrubbed } from './scrubbed-answers.js';
import { LEAST_GRAPHS } from './settings.js';
import { averageOf, meanOf, type Statistic, type Values } from './statistic.js';
import type { Threshold } from './thresholds.js';

/** The share of right answers from which on a test supports: at most three in ten come about otherwise. */
export const SHARE_SUPPORTED = 0.7;

/** A criterion's words. */
interface Words {
  readonly name: string;
  readonly description: string;
}

/** Of answers, shares of which are right: 1 if all are, 0 if as many as a coin gets, -1 if none is. */
export function beyondCoin(shares: Values): Statistic {
  return meanOf(
    shares.map((share) => (share === undefined ? undefined : 2 * share - 1)),
    [-1, 1],
  );
}

/** Whether a model that was asked after t + n of k thoughts, or after k of which some were held, shows what it can do. */
type Way = 'atOnce' | 'stalled';

/** A model is practised in answering after fewer thoughts than k if it keeps so much of its excess over chance then. */
const PRACTISED = 0.9;

/**
 * How a model is asked. One that answers after fewer thoughts than k, if they are enough for the search, is asked so: then each
 * thought is where it belongs and is there once. Another one may never have answered so.
 */
export function wayOf(
  observations: readonly Pick<Scrubbed, 'graph' | 'ownDepth' | 'own'>[],
  alignments: CrossFittedAlignment,
): Way {
  const early = observations.flatMap(({ graph, ownDepth, own }) => {
    const alignment = alignments.of(graph);
    return own.filter((_, c) => c > 0 && c < own.length - 1 && layerAt(alignment, c) + alignment.lastSteps >= ownDepth);
  });
  const right = averageOf(early);
  return right !== undefined && 2 * right - 1 > PRACTISED ? 'atOnce' : 'stalled';
}

/** A thought t of the donor, and n thoughts that are left. */
export interface Cell {
  readonly thought: number;
  readonly share: number;
  readonly layer: number;
  readonly left: number;
  /** How many a search needs. */
  readonly needed: number;
  readonly alignment: Alignment;
}

/** The cells of one item whose thought has not reached the target. */
export function cellsOf(graph: string, depth: number, found: Found, alignments: CrossFittedAlignment): Cell[] {
  const alignment = alignments.of(graph);
  return found.flatMap((after, i) => {
    const thought = i + 1;
    const layer = layerAt(alignment, thought);
    if (layer >= depth || !hasBegun(alignment, thought)) return [];
    const needed = thoughtsNeeded(alignment, thought, depth);
    return after.map((share, left) => ({ thought, share, layer, left, needed, alignment }));
  });
}

/** Those with just as many thoughts as a search needs. */
function cellsInTime({ graph, depth, ...found }: Scrubbed, way: Way, alignments: CrossFittedAlignment): Cell[] {
  return cellsOf(graph, depth, found[way], alignments).filter(({ left, needed }) => left === needed);
}

/**
 * How many answers are found with just as many thoughts as a search needs: one step of it, or more. One is always a criterion,
 * more only where there are graphs enough.
 */
export function inTime(
  observations: readonly Scrubbed[],
  alignments: CrossFittedAlignment,
  { name, description }: Words,
  threshold: Threshold,
): { criteria: CriterionSpec[]; measures: MeasureSpec[] } {
  const way = wayOf(observations, alignments);
  const otherWay = otherThan(way);
  const sharesOf = (asked: Way, holds: (steps: number) => boolean): Values =>
    observations.map((one) =>
      averageOf(
        cellsInTime(one, asked, alignments)
          .filter(({ needed, alignment }) => needed > 0 && holds(needed / thoughtsAStep(alignment)))
          .map(({ share }) => share),
      ),
    );
  const group = (words: string, holds: (steps: number) => boolean): Group => {
    const shares = sharesOf(way, holds);
    return {
      graphs: graphsOf(observations.filter((_, i) => shares[i] !== undefined)),
      spec: {
        name: `${name}, ${words} to go`,
        description: `${description}, ${WAYS[way]}`,
        statistic: beyondCoin(shares),
        reference: 0,
        threshold,
        ...exemptionBy(otherWay, beyondCoin(sharesOf(otherWay, holds)), observations, threshold),
      },
    };
  };
  return splitByGraphs([group('1 step', (steps) => steps === 1), group('2 or more steps', (steps) => steps >= 2)]);
}

/** How a model is asked, in words. */
export const WAYS = {
  atOnce: 'asked as soon as a search has found the answer',
  stalled: 'asked after all thoughts, the donor’s last one held till then',
} as const;

function otherThan(way: Way): Way {
  return way === 'atOnce' ? 'stalled' : 'atOnce';
}

/** What fails one way of asking and not the other contradicts nothing. */
function exemptionBy(
  otherWay: Way,
  statistic: Statistic,
  observations: readonly Observation[],
  { contradict }: Threshold,
): Pick<CriterionSpec, 'exemption'> {
  const { high, clusters } = statistic(observations.map(({ graph }) => graph)).estimate;
  const stands = contradict !== null && clusters >= LEAST_GRAPHS && high !== null && high > contradict;
  return stands ? { exemption: `it does not fail where it is ${WAYS[otherWay]}` } : {};
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
  const way = wayOf(observations, alignments);
  const beyond = (width: number, asked: Way): Statistic => {
    const cells = observations.map((one) => {
      const own = cellsInTime(one, asked, alignments).flatMap(({ share, layer }) => {
        if (layer < 1) return [];
        const chance = beamHolds(width, one.layers[layer - 1]);
        return chance > BEAM_IS_TOLD ? [] : [{ share, chance }];
      });
      return own.length === 0
        ? undefined
        : { share: mean(own.map((cell) => cell.share)), chance: mean(own.map((cell) => cell.chance)) };
    });
    return beyondChance(cells);
  };
  const specOf = (width: number): MeasureSpec => ({
    name: beamName(width),
    description: `of layers that a beam of ${width} cannot hold: 0 as often as such a beam’s, 1 as a search’s`,
    statistic: beyond(width, way),
    reference: 0,
  });
  return {
    criteria: BEAMS.filter((width) => width <= RULED_OUT).map((width) => ({
      ...specOf(width),
      threshold,
      ...exemptionBy(otherThan(way), beyond(width, otherThan(way)), observations, threshold),
    })),
    measures: BEAMS.filter((width) => width > RULED_OUT).map(specOf),
  };
}
