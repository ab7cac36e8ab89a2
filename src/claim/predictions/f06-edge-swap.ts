import { layerAt, stepsToGo, type CrossFittedAlignment, type TurnedBySwap } from '../alignment.js';
import { splitByGraphs, type Group } from '../enough-graphs.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { T_DEFINITION } from '../settings.js';
import { averageOf, meanOf, type Values } from '../statistic.js';
import { graphsOf } from '../observed-graphs.js';
import { turnedBySwaps } from '../swapped-answers.js';
import type { Threshold, Thresholds } from '../thresholds.js';

/** One swap, and the thought that was patched. */
interface Cell {
  readonly turned: number;
  /** Layers that the thought has reached, beyond the swap if not below 0. */
  readonly past: number;
  /** Steps that are still needed to reach the target: 0 or less where none is. */
  readonly toGo: number;
}

/** The mean of those cells of each item for which a condition holds. */
export function turnedWhere(
  observations: readonly TurnedBySwap[],
  alignment: CrossFittedAlignment,
  holds: (cell: Cell) => boolean,
): Values {
  return observations.map(({ graph, target, swaps }) => {
    const own = alignment.of(graph);
    const cells = swaps.flatMap(({ depth, turns }) =>
      turns.map((turned, i) => ({
        turned,
        past: layerAt(own, i + 1) - depth,
        toGo: stepsToGo(own, i + 1, target),
      })),
    );
    return averageOf(cells.filter(holds).map(({ turned }) => turned));
  });
}

const THRESHOLDS = {
  patchingPast: {
    direction: 'above',
    support: 0.15,
    contradict: 0.05,
    why: 'Fall of T / 100 when a thought that has reached the changed edge is patched in: 1 for a search that forgets, up to .5 for one that keeps its root and finds the target once more beside the other candidate.',
  },
  patchingBefore: {
    direction: 'below',
    support: 0.25,
    contradict: 0.5,
    why: 'The same when the thought has not reached the changed edge: 0 for a search, whose thought is the same in both questions; at half, answers are carried that no search can know yet.',
  },
} as const satisfies Thresholds;

export const edgeSwap = definePrediction<TurnedBySwap>({
  id: 'F6',
  title: 'Edge swap at depth d, thought t patched',
  predicts:
    'Two edges that end at depth d are swapped so that the other candidate is reached. Activation patching of thought t from the swapped question into the original turns the answer if the thought has reached depth d, however many thoughts are still to go, and not before: until then it holds the same nodes.',
  falsifiedBy: 'No patched thought turns the answer, or only the last ones, or those before the swap turn it as well.',
  doesNotShow: 'That several nodes are held at a time: a single path followed step by step does the same.',
  role: 'search',
  evidence: 'intervention',
  necessary: true,
  thresholds: THRESHOLDS,
  matrix: {
    pattern: /^swap at (\d+), thought (\d+)$/,
    columnFirst: false,
    title: 'Which patched thought turns the answer',
    rowName: 'edges swapped at depth',
    columnName: 'thought',
    extent: 1,
    note: 'Fall of T / 100 when one thought of the swapped question is patched in; a search has it where the thought is not before the depth.',
  },
  inapplicable: ({ thoughts }) => (thoughts === 0 ? 'the model has no thoughts' : undefined),
  observe: turnedBySwaps,
  judge(observations, settings) {
    const { alignment } = settings;
    const depths = [...new Set(observations.flatMap(({ swaps }) => swaps.map(({ depth }) => depth)))].sort(
      (a, b) => a - b,
    );
    const last = Math.max(0, ...observations.flatMap(({ swaps }) => swaps.map(({ turns }) => turns.length)));
    const cells = depths.flatMap((d) => Array.from({ length: last }, (_, i) => ({ d, t: i + 1 })));
    const group = (
      name: string,
      description: string,
      threshold: Threshold,
      holds: Parameters<typeof turnedWhere>[2],
    ): Group => {
      const values = turnedWhere(observations, alignment, holds);
      return {
        graphs: graphsOf(observations.filter((_, i) => values[i] !== undefined)),
        spec: { name, description, statistic: meanOf(values, [-1, 1]), reference: 0, threshold },
      };
    };
    const past = `fall of T / 100 (T: ${T_DEFINITION}) when a thought is patched that has reached the swapped edges; from sure to a tie is .5`;
    const groups = splitByGraphs([
      group(
        'turned past the swap, 1 step to go',
        past,
        THRESHOLDS.patchingPast,
        (cell) => cell.past >= 0 && cell.toGo === 1,
      ),
      group(
        'turned past the swap, 2 or more steps to go',
        past,
        THRESHOLDS.patchingPast,
        (cell) => cell.past >= 0 && cell.toGo >= 2,
      ),
      group(
        'turned before the swap',
        'the same when a thought is patched that has not reached them',
        THRESHOLDS.patchingBefore,
        (cell) => cell.past < 0,
      ),
    ]);
    return judge(
      observations,
      {
        criteria: groups.criteria,
        measures: [
          ...groups.measures,
          ...cells.map(({ d, t }) => ({
            name: `swap at ${d}, thought ${t}`,
            description:
              'fall of T / 100 when this thought of the swapped question is patched in; targets at depth t or deeper',
            statistic: meanOf(
              observations.map(({ swaps }) => swaps.find(({ depth }) => depth === d)?.turns.at(t - 1)),
              [-1, 1],
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
