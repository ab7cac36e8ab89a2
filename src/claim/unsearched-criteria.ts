import { hasBegun, layerAt, thoughtsAStep, thoughtsNeeded, type CrossFittedAlignment } from './alignment.js';
import type { AstrayQuestion } from './astray-answers.js';
import { splitByGraphs, type Group } from './enough-graphs.js';
import type { CriterionSpec, MeasureSpec } from './judge.js';
import { graphsOf } from './observed-graphs.js';
import type { Observation } from './prediction.js';
import type { OwnStalled, Scrubbed } from './scrubbed-answers.js';
import { beyondCoin, cellsOf, wayOf, WAYS, type Cell } from './scrubbed-criteria.js';
import { averageOf } from './statistic.js';
import type { Threshold } from './thresholds.js';

/** Criteria of answers that are there with too few thoughts begin so. */
export const FOUND_TOO_EARLY = 'found too early';

/** What the criterion of answers that are there though the thoughts lack what leads to them is called. */
export const FOUND_WITHOUT = 'found without a way there';

/** What `tooFew` looks at: questions about one graph. */
interface Early extends Observation {
  readonly held: readonly OwnStalled[];
}

/**
 * How many answers are there with fewer thoughts than a search needs: with none, and with some that lack one step, as what is copied
 * into a thought only shows where one is computed. The first is always a criterion, the second where there are graphs enough.
 */
export function tooFew(
  observations: readonly Early[],
  alignments: CrossFittedAlignment,
  threshold: Threshold,
): { criteria: CriterionSpec[]; measures: MeasureSpec[] } {
  const group = (words: string, description: string, isMeant: (cell: Cell) => boolean): Group => {
    const shares = observations.map(({ graph, held }) =>
      averageOf(
        held.flatMap(({ depth, found }) => {
          const cells = cellsOf(graph, depth, found, alignments).filter(
            (cell) => cell.left <= oneStepShort(cell) && isMeant(cell),
          );
          return definedOf(averageOf(cells.map(({ share }) => share)));
        }),
      ),
    );
    return {
      graphs: graphsOf(observations.filter((_, i) => shares[i] !== undefined)),
      spec: {
        name: `${FOUND_TOO_EARLY}, ${words}`,
        description: `how far answers are right after an own thought, which is held till the end, and ${description}`,
        statistic: beyondCoin(shares),
        reference: 0,
        threshold,
      },
    };
  };
  return splitByGraphs([
    group('no thought left', 'none, though a search needs some', ({ left }) => left === 0),
    group(
      'one step short',
      'as many more as lack one step of a search',
      (cell) => cell.left > 0 && cell.left === oneStepShort(cell),
    ),
  ]);
}

/** How many thoughts lack one step of a search. */
function oneStepShort({ needed, alignment }: Cell): number {
  return needed - thoughtsAStep(alignment);
}

/** What `foundWithout` looks at. */
interface Astray extends Pick<Scrubbed, 'graph' | 'ownDepth' | 'own'> {
  readonly astray: readonly AstrayQuestion[];
}

/**
 * How many answers are there after thoughts that hold nothing which leads to them, with just as many thoughts, for one step or two, as a
 * search needs that held it. The rest of the layers is there: what is filled in from the prompt, or copied from it as long as nothing is
 * strange, shows.
 */
export function foundWithout(
  observations: readonly Astray[],
  alignments: CrossFittedAlignment,
  threshold: Threshold,
): CriterionSpec {
  const way = wayOf(observations, alignments);
  const shares = observations.map(({ graph, astray }) => {
    const alignment = alignments.of(graph);
    const questions = astray.map(({ depth, cutAt, from, [way]: cells }) => {
      const meant = cells.filter(({ thought, left }) => {
        const layer = layerAt(alignment, thought);
        const needed = thoughtsNeeded(alignment, thought, depth);
        // What lies before the cut, where the thought holds it still, leads there by itself in as many hops.
        const isFar = cutAt - 1 + alignment.stride * left + alignment.lastSteps < depth;
        return (
          hasBegun(alignment, thought) && layer >= cutAt && layer <= from && needed > 0 && left === needed && isFar
        );
      });
      return averageOf(meant.map(({ right }) => right));
    });
    return averageOf(questions.flatMap(definedOf));
  });
  return {
    name: FOUND_WITHOUT,
    description: `how far answers are right after thoughts of the same question whose paths are cut and lead to the decoy, ${WAYS[way]}`,
    statistic: beyondCoin(shares),
    reference: 0,
    threshold,
  };
}

function definedOf(value: number | undefined): number[] {
  return value === undefined ? [] : [value];
}
