import { layerAt, stepsToGo, type CrossFittedAlignment } from '../alignment.js';
import { splitByGraphs, type Group } from '../enough-graphs.js';
import { judge } from '../judge.js';
import { graphsOf } from '../observed-graphs.js';
import { definePrediction } from '../prediction.js';
import { beyondCoin, SHARE_SUPPORTED } from '../scrubbed-criteria.js';
import { T_DEFINITION } from '../settings.js';
import { averageOf, shareOf, type Values } from '../statistic.js';
import { turnedBySwaps, type TurnedBySwap } from '../swapped-answers.js';
import type { Thresholds } from '../thresholds.js';

/** Criteria of new targets that are found begin so. */
export const FOUND_PAST = 'found past the swap';

/** One swap, and the thought that was patched. */
interface Cell {
  readonly found: number;
  readonly change: number;
  /** Layers that the thought has reached, beyond the swap if not below 0. */
  readonly past: number;
  /** Steps that are still needed to reach the new target: 0 or less where none is. */
  readonly toGo: number;
}

/** The mean over those cells of each item for which a condition holds. */
export function turnedWhere(
  observations: readonly TurnedBySwap[],
  alignment: CrossFittedAlignment,
  holds: (cell: Cell) => boolean,
  of: (cell: Cell) => number,
): Values {
  return observations.map(({ graph, swaps }) => {
    const own = alignment.of(graph);
    const cells = swaps.flatMap(({ depth, target, found, changes }) =>
      found.map((share, i) => ({
        found: share,
        change: changes[i],
        past: layerAt(own, i + 1) - depth,
        toGo: stepsToGo(own, i + 1, target),
      })),
    );
    return averageOf(cells.filter(holds).map(of));
  });
}

const THRESHOLDS = {
  patchingPast: {
    direction: 'above',
    support: SHARE_SUPPORTED,
    contradict: 0.25,
    why: 'Of the new targets, which the model finds in the swapped question: 1 if a thought that has reached the changed edge makes it find all, 0 for as many as a coin. At .7, at most three in ten right answers come about otherwise.',
  },
  patchingBefore: {
    direction: 'below',
    support: 0.25,
    contradict: 0.4,
    why: 'How far T / 100 changes, either way, when the thought has not reached the changed edge: 0 for a search, whose thought is the same in both questions; .5 where a coin becomes an answer. Above .4, most answers are carried that no search can know yet.',
  },
} as const satisfies Thresholds;

export const edgeSwap = definePrediction<TurnedBySwap>({
  id: 'F6',
  title: 'Edge swap at depth d, thought t patched',
  predicts:
    'Two edges that end at depth d are swapped so that the other candidate is reached. Asked to choose between it and a node that neither question reaches, the original names it once a thought of the swapped question is patched in that has reached depth d, however many thoughts are still to go, and not before: until then the thought holds the same nodes.',
  falsifiedBy:
    'No patched thought makes the model find the new target, or only the last ones, or those before the swap change answers as well.',
  doesNotShow:
    'That several nodes are held at a time: a single path followed step by step does the same. A guess that favours the new target in both questions counts as found.',
  role: 'search',
  evidence: 'intervention',
  necessary: true,
  thresholds: THRESHOLDS,
  matrix: {
    pattern: /^swap at (\d+), thought (\d+)$/,
    columnFirst: false,
    title: 'Which patched thought finds the new target',
    rowName: 'edges swapped at depth',
    columnName: 'thought',
    extent: 1,
    note: 'New targets found when one thought of the swapped question is patched in: 1 all, 0 as many as a coin; a search finds them where the thought is not before the depth.',
  },
  inapplicable: ({ thoughts }) => (thoughts === 0 ? 'the model has no thoughts' : undefined),
  observe: async (batch) => [...(await turnedBySwaps(batch))],
  judge(observations, settings) {
    const { alignment } = settings;
    const depths = [...new Set(observations.flatMap(({ swaps }) => swaps.map(({ depth }) => depth)))].sort(
      (a, b) => a - b,
    );
    const last = Math.max(0, ...observations.flatMap(({ swaps }) => swaps.map(({ found }) => found.length)));
    const cells = depths.flatMap((d) => Array.from({ length: last }, (_, i) => ({ d, t: i + 1 })));
    const graphsWith = (values: Values): number => graphsOf(observations.filter((_, i) => values[i] !== undefined));
    const foundPast = (words: string, holds: (steps: number) => boolean): Group => {
      const shares = turnedWhere(
        observations,
        alignment,
        ({ past, toGo }) => past >= 0 && holds(toGo),
        ({ found }) => found,
      );
      return {
        graphs: graphsWith(shares),
        spec: {
          name: `${FOUND_PAST}, ${words} to go`,
          description: 'how far the new target is found when a thought is patched that has reached the swapped edges',
          statistic: beyondCoin(shares),
          reference: 0,
          threshold: THRESHOLDS.patchingPast,
        },
      };
    };
    const changed = turnedWhere(
      observations,
      alignment,
      ({ past }) => past < 0,
      ({ change }) => Math.abs(change),
    );
    const groups = splitByGraphs([
      foundPast('1 step', (steps) => steps === 1),
      foundPast('2 or more steps', (steps) => steps >= 2),
      {
        graphs: graphsWith(changed),
        spec: {
          name: 'changed before the swap',
          description: `change of T / 100 (T: ${T_DEFINITION}) when a thought is patched that has not reached them`,
          statistic: shareOf(changed),
          reference: 0,
          threshold: THRESHOLDS.patchingBefore,
        },
      },
    ]);
    return judge(
      observations,
      {
        criteria: groups.criteria,
        measures: [
          ...groups.measures,
          ...cells.map(({ d, t }) => ({
            name: `swap at ${d}, thought ${t}`,
            description: 'how far the new target is found when this thought of the swapped question is patched in',
            statistic: beyondCoin(
              observations.map(({ swaps }) => swaps.find(({ depth }) => depth === d)?.found.at(t - 1)),
            ),
            reference: 0,
          })),
        ],
      },
      {
        supports: 'thoughts carry the search past a change, and only those that have reached it',
        contradicts: 'patched thoughts do not carry the search, or carry what it cannot know yet',
      },
    );
  },
});
