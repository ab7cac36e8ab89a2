import { isCorrect, type Answer } from '../../intervention/index.js';
import { layerAt, type Alignment } from '../alignment.js';
import { judge } from '../judge.js';
import { graphsOf } from '../observed-graphs.js';
import { definePrediction } from '../prediction.js';
import { LEAST_GRAPHS } from '../settings.js';
import { averageOf, keptOf, shareOf, slopeOf, type Pairs } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

interface Budget {
  readonly graph: string;
  /** Of the target. */
  readonly depth: number;
  /** [0..k], correct after so many thoughts; a tie is one half. */
  readonly correct: readonly number[];
}

/** By item, for each number of thoughts from 1: whether they are enough (1 or 0), and whether the answer is correct. */
function pairsOf({ depth, correct }: Budget, alignment: Alignment): Pairs[] {
  return correct.map((right, c) => {
    if (c === 0) return [];
    const isEnough = layerAt(alignment, c) + alignment.lastSteps >= depth;
    return [[Number(isEnough), right]];
  });
}

/** Below this share of the excess of all thoughts, answers after fewer are guesses. */
const GUESSES = 0.25;

/** Graphs of the smaller side where enough thoughts and too few are compared: after numbers of thoughts that both occur for. */
function comparedGraphs(observations: readonly Budget[], pairs: readonly (readonly Pairs[])[]): number {
  const counts = Array.from({ length: Math.max(0, ...pairs.map((own) => own.length)) }, (_, c) => c);
  const has = (own: readonly Pairs[], c: number, enough: number): boolean =>
    own.at(c)?.some(([x]) => x === enough) === true;
  const mixed = counts.filter((c) => [0, 1].every((enough) => pairs.some((own) => has(own, c, enough))));
  const sides = [0, 1].map((enough) =>
    graphsOf(observations.filter((_, i) => mixed.some((c) => has(pairs[i], c, enough)))),
  );
  return Math.min(...sides);
}

const THRESHOLDS = {
  budgetContrast: {
    direction: 'above',
    support: 0.2,
    contradict: 0.1,
    why: 'Share correct where the thoughts suffice for the depth, less that where they do not, among answers after equally many thoughts: .5 for an exact search.',
  },
  tooEarly: {
    direction: 'below',
    support: 0.5,
    contradict: 0.5,
    why: 'Share of the excess over chance that is there with too few thoughts: 0 for a search; above half, most answers are known before a search can know them.',
  },
} as const satisfies Thresholds;

export const budget = definePrediction<Budget>({
  id: 'F10',
  title: 'Depth-budget scaling',
  predicts:
    'After equally many thoughts, targets are found at the depths that these and the pass that answers have reached (F15), and not at deeper ones.',
  falsifiedBy: 'Answers are correct before the thoughts suffice for the depth, or do not depend on it.',
  doesNotShow:
    'Search in a model that was never trained to answer after fewer thoughts (without mixing of stages): it may then fail for want of practice.',
  role: 'search',
  evidence: 'behaviour',
  thresholds: THRESHOLDS,
  matrix: {
    pattern: /^right after (\d+) thoughts, depth (\d+)$/,
    columnFirst: true,
    title: 'Share correct by thoughts and by depth of the target',
    rowName: 'depth',
    columnName: 'thoughts',
    extent: 0.5,
    note: 'A search is correct where it has thoughts enough for the depth.',
  },
  inapplicable: () => undefined,
  async observe(batch) {
    const answers: (readonly Answer[])[] = [];
    for (let c = 0; c <= batch.thoughts; c++) answers.push(await batch.answers(c));
    return batch.searches.map(({ key, depth }, row) => ({
      graph: key,
      depth,
      correct: answers.map((after) => isCorrect(after[row])),
    }));
  },
  judge(observations, settings) {
    const { alignment } = settings;
    const pairs = observations.map((one) => pairsOf(one, alignment.of(one.graph)));
    const rightWhere = (i: number, enough: 0 | 1): number | undefined =>
      averageOf(pairs[i].slice(0, -1).flatMap((own) => own.flatMap(([x, right]) => (x === enough ? [right] : []))));
    const full = observations.map(({ correct }) => correct[correct.length - 1]);
    const early = observations.map((_, i) => rightWhere(i, 0));
    // A model that was trained to answer after all its thoughts alone guesses after fewer, however it searches.
    const inTime = averageOf(observations.flatMap((_, i) => rightWhere(i, 1) ?? [])) ?? 0.5;
    const guesses = inTime - 0.5 < GUESSES * ((averageOf(full) ?? 0.5) - 0.5);
    const contrast = {
      name: 'depths in reach against deeper ones',
      description:
        'share correct where the thoughts suffice less share correct where they do not, after equally many thoughts',
      statistic: slopeOf(pairs, 0.5),
      reference: 0,
      threshold: THRESHOLDS.budgetContrast,
      exemption: guesses ? 'the model only guesses with fewer thoughts than all, enough or not' : undefined,
    };
    const isCompared = comparedGraphs(observations, pairs) >= LEAST_GRAPHS;
    const depths = [...new Set(observations.map(({ depth }) => depth))].sort((a, b) => a - b);
    const counts = Array.from({ length: observations.at(0)?.correct.length ?? 0 }, (_, k) => k);
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'right too early',
            description: 'share of the excess over chance that is there where the thoughts do not suffice',
            statistic: keptOf(early, full),
            reference: 1,
            threshold: THRESHOLDS.tooEarly,
          },
          ...(isCompared ? [contrast] : []),
        ],
        measures: [
          ...(isCompared ? [] : [contrast]),
          ...depths.flatMap((depth) =>
            counts.map((k) => ({
              name: `right after ${k} thoughts, depth ${depth}`,
              description: 'target above decoy',
              statistic: shareOf(observations.map((one) => (one.depth === depth ? one.correct[k] : undefined))),
              reference: 0.5,
            })),
          ),
        ],
      },
      {
        supports: 'answers are found when the thoughts suffice for the depth, and not before',
        contradicts: 'accuracy does not depend on the number of thoughts that the depth asks for',
      },
    );
  },
});
