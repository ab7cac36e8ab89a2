import { isCorrect, type Answer } from '../../intervention/index.js';
import { mean } from '../../statistics/index.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { averageOf, meanOf, type Values } from '../statistic.js';

interface Budget {
  readonly graph: string;
  /** Of the target. */
  readonly depth: number;
  /** [0..k], right after so many thoughts; a tie is one half. */
  readonly right: readonly number[];
}

/** Head starts tried: the pass that answers may take a step or two itself. */
const HEAD_STARTS = [0, 1, 2] as const;

/** Mean right with at least depth - c thoughts, less the mean with fewer; undefined where one side is empty. */
export function budgetContrast({ depth, right }: Pick<Budget, 'depth' | 'right'>, c: number): number | undefined {
  const enough = right.slice(Math.max(0, depth - c));
  const few = right.slice(0, Math.max(0, depth - c));
  if (enough.length === 0 || few.length === 0) return undefined;
  return mean(enough) - mean(few);
}

export const budget = definePrediction<Budget>({
  id: 'F10',
  title: 'The budget law',
  predicts:
    'A target at depth d is found with d - c thoughts or more and not with fewer, for one head start c that holds for all depths.',
  falsifiedBy: 'Accuracy does not depend on whether the thoughts suffice for the depth.',
  doesNotShow:
    'Search, where a model was never trained to answer after fewer thoughts (without mixing of stages): it may then fail for want of practice.',
  role: 'search',
  inapplicable: () => undefined,
  async observe(batch) {
    const answers: (readonly Answer[])[] = [];
    for (let c = 0; c <= batch.thoughts; c++) answers.push(await batch.answers(c));
    return batch.searches.map(({ key, depth }, row) => ({
      graph: key,
      depth,
      right: answers.map((after) => isCorrect(after[row])),
    }));
  },
  judge(observations, settings) {
    const contrasts = HEAD_STARTS.map((c) => ({ c, values: observations.map((one) => budgetContrast(one, c)) }));
    const meanValue = (values: Values): number => averageOf(values.filter((value) => value !== undefined)) ?? -Infinity;
    const best = contrasts.reduce((a, b) => (meanValue(b.values) > meanValue(a.values) ? b : a));
    const depths = [...new Set(observations.map(({ depth }) => depth))].sort((a, b) => a - b);
    const counts = Array.from({ length: observations.at(0)?.right.length ?? 0 }, (_, k) => k);
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'enough thoughts against too few',
            words: `share right with at least d - ${best.c} thoughts less share right with fewer; the head start ${best.c} of 0, 1, 2 fits best`,
            statistic: meanOf(best.values, 0),
            reference: 0,
            threshold: 'budgetContrast',
          },
        ],
        measures: depths.flatMap((depth) =>
          counts.map((k) => ({
            name: `right after ${k} thoughts, depth ${depth}`,
            words: 'target above decoy',
            statistic: meanOf(
              observations.map((one) => (one.depth === depth ? one.right[k] : undefined)),
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
