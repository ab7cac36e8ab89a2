import { entitiesOf, breadthFirstDepths, inDegree, UNREACHED } from '../../graph/index.js';
import { right } from '../../intervention/index.js';
import type { ItemView } from '../item-view.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { LEAST_GRAPHS } from '../settings.js';
import { meanOf, type Statistic } from '../statistic.js';

const NEUTRAL = {
  degree: 'both candidates have as many incoming edges',
  distance: 'both candidates are as far from their nearest entity',
  depth: 'the decoy is as deep below its root as the target below its own',
} as const;

type Shortcut = keyof typeof NEUTRAL;

interface Neutral {
  readonly graph: string;
  readonly right: number;
  /** The shortcuts that are silent on this item. */
  readonly silent: readonly Shortcut[];
}

/** The shortcuts that cannot tell an item's candidates apart. */
export function silentShortcuts({ graph, item, depth, otherDepths }: ItemView): Shortcut[] {
  const { target, decoy } = item;
  const entities = entitiesOf(graph).map((entity) => breadthFirstDepths(graph, entity));
  const nearest = (node: number): number =>
    Math.min(...entities.map((depths) => (depths[node] === UNREACHED ? Infinity : depths[node])));
  return [
    ...(inDegree(graph, target) === inDegree(graph, decoy) ? (['degree'] as const) : []),
    ...(nearest(target) === nearest(decoy) ? (['distance'] as const) : []),
    ...(otherDepths[decoy] === depth ? (['depth'] as const) : []),
  ];
}

export const neutral = definePrediction<Neutral>({
  id: 'F3',
  title: 'Where shortcuts are silent',
  predicts: 'Accuracy survives on items whose candidates a shortcut cannot tell apart.',
  falsifiedBy: 'Accuracy falls towards chance where degrees, distances or depths are matched.',
  doesNotShow: 'That no other shortcut is used, and in particular not that elimination is not (F9).',
  role: 'search',
  inapplicable: () => undefined,
  async observe(batch) {
    const answers = await batch.answers();
    return batch.views.map((view, row) => ({
      graph: view.key,
      right: right(answers[row]),
      silent: silentShortcuts(view),
    }));
  },
  judge(observations, settings) {
    // What is kept, beside what there is to keep on all items: both are means, one on some of the items.
    const all = observations.length;
    const shortcuts = (Object.keys(NEUTRAL) as Shortcut[]).map((name) => {
      const matched = observations.filter(({ silent }) => silent.includes(name)).length;
      return {
        name: `${name} matched`,
        matched,
        asked: {
          name: `${name} matched`,
          words: `${NEUTRAL[name]} (n = ${matched} of ${all}): share of the excess over chance that is kept there`,
          statistic: subsetRatio(observations, name),
          reference: 0,
          threshold: 'retainedOnNeutral' as const,
        },
      };
    });
    const enough = shortcuts.filter(({ matched }) => matched >= LEAST_GRAPHS);
    const few = shortcuts.filter(({ matched }) => matched < LEAST_GRAPHS);
    return judge(
      observations,
      {
        gate: {
          statistic: meanOf(
            observations.map((one) => one.right),
            0.5,
          ),
          words: 'too few answers are right for a shortcut to be looked for',
        },
        criteria: (enough.length > 0 ? enough : few).map(({ asked }) => asked),
        measures: (enough.length > 0 ? few : []).map(({ asked }) => asked),
      },
      settings,
      {
        supports: 'accuracy survives where shortcuts are silent',
        contradicts: 'accuracy lives by a shortcut',
      },
    );
  },
});

/** (mean right where the shortcut is silent - 1/2) / (mean right - 1/2), with the silent items as its evidence. */
function subsetRatio(observations: readonly Neutral[], name: Shortcut): Statistic {
  const excess = observations.map(({ right }) => right - 0.5);
  const silent = observations.map((one) => one.silent.includes(name));
  const evidence = Float64Array.from(excess, (value, i) => (silent[i] ? value : Number.NaN));
  return {
    of(weights) {
      let [kept, matched, whole, count] = [0, 0, 0, 0];
      for (let i = 0; i < excess.length; i++) {
        whole += weights[i] * excess[i];
        count += weights[i];
        if (!silent[i]) continue;
        kept += weights[i] * excess[i];
        matched += weights[i];
      }
      return whole > 0 ? kept / matched / (whole / count) : Number.NaN;
    },
    evidence,
  };
}
