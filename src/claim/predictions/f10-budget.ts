import { isCorrect, type Answer } from '../../intervention/index.js';
import { mean } from '../../statistics/index.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { averageOf, meanOf, type Values } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

interface Budget {
  readonly graph: string;
  /** Of the target. */
  readonly depth: number;
  /** [0..k], correct after so many thoughts; a tie is one half. */
  readonly correct: readonly number[];
}

/** Head starts tried: the pass that answers may take a step or two itself. */
const HEAD_STARTS = [0, 1, 2] as const;

/** Mean correctness with at least depth - c thoughts, less the mean with fewer; undefined where one side is empty. */
export function budgetContrast({ depth, correct }: Pick<Budget, 'depth' | 'correct'>, c: number): number | undefined {
  const enough = correct.slice(Math.max(0, depth - c));
  const few = correct.slice(0, Math.max(0, depth - c));
  if (enough.length === 0 || few.length === 0) return undefined;
  return mean(enough) - mean(few);
}

const THRESHOLDS = {
  budgetContrast: {
    direction: 'above',
    support: 0.2,
    contradict: 0.1,
    why: 'Share correct with enough thoughts for the depth, less that with too few: .5 for an exact search.',
  },
} as const satisfies Thresholds;

export const budget = definePrediction<Budget>({
  id: 'F10',
  title: 'Depth-budget scaling',
  predicts:
    'A target at depth d is found with d - c thoughts or more and not with fewer, for one head start c that holds for all depths.',
  falsifiedBy: 'Accuracy does not depend on whether the thoughts suffice for the depth.',
  doesNotShow:
    'Search in a model that was never trained to answer after fewer thoughts (without mixing of stages): it may then fail for want of practice.',
  role: 'search',
  necessary: true,
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
    const contrasts = HEAD_STARTS.map((c) => ({ c, values: observations.map((one) => budgetContrast(one, c)) }));
    const meanValue = (values: Values): number => averageOf(values.filter((value) => value !== undefined)) ?? -Infinity;
    const best = contrasts.reduce((a, b) => (meanValue(b.values) > meanValue(a.values) ? b : a));
    const depths = [...new Set(observations.map(({ depth }) => depth))].sort((a, b) => a - b);
    const counts = Array.from({ length: observations.at(0)?.correct.length ?? 0 }, (_, k) => k);
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'enough thoughts against too few',
            description: `share correct with at least d - ${best.c} thoughts less share correct with fewer; the head start ${best.c} of 0, 1, 2 fits best`,
            statistic: meanOf(best.values, 0),
            reference: 0,
            threshold: THRESHOLDS.budgetContrast,
          },
        ],
        measures: depths.flatMap((depth) =>
          counts.map((k) => ({
            name: `right after ${k} thoughts, depth ${depth}`,
            description: 'target above decoy',
            statistic: meanOf(
              observations.map((one) => (one.depth === depth ? one.correct[k] : undefined)),
              0.5,
            ),
            reference: 0.5,
          })),
        ),
      },
      settings,
      {
        supports: 'answers are found when the thoughts suffice for the depth, and not before',
        contradicts: 'accuracy does not depend on the number of thoughts that the depth asks for',
      },
    );
  },
});
