import type { ItemSearch } from '../../dataset/index.js';
import { breadthFirstDepths, entitiesOf, inDegree, UNREACHED } from '../../graph/index.js';
import { isCorrect } from '../../intervention/index.js';
import { MINIMUM_CLUSTERS } from '../../statistics/index.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { graphsOf } from '../observed-graphs.js';
import { LEAST_GRAPHS } from '../settings.js';
import { meanOf, slopeOf, type Statistic } from '../statistic.js';

const SHORTCUTS = {
  degree: 'incoming edges, fewer of which speak for the target',
  distance: 'distance from the nearest entity, more of which speaks for the target',
  depth: 'depth below the own root, more of which speaks for the target',
} as const;

type Shortcut = keyof typeof SHORTCUTS;

interface Neutral {
  readonly graph: string;
  readonly right: number;
  /** What each shortcut says: 1 the target, 0 the decoy, undefined nothing. */
  readonly says: Readonly<Record<Shortcut, 0 | 1 | undefined>>;
}

/** What the shortcuts say of an item's candidates. */
export function shortcutsSay({ graph, item, depth, otherDepths }: ItemSearch): Neutral['says'] {
  const { target, decoy } = item;
  const entities = entitiesOf(graph).map((entity) => breadthFirstDepths(graph, entity));
  const nearest = (node: number): number =>
    Math.min(...entities.map((depths) => (depths[node] === UNREACHED ? Infinity : depths[node])));
  const higher = (a: number, b: number): 0 | 1 | undefined => (a === b ? undefined : a > b ? 1 : 0);
  return {
    degree: higher(inDegree(graph, decoy), inDegree(graph, target)),
    distance: higher(nearest(target), nearest(decoy)),
    depth: higher(depth, otherDepths[decoy]),
  };
}

export const neutral = definePrediction<Neutral>({
  id: 'F3',
  title: 'Where shortcuts are silent or wrong',
  predicts:
    'Accuracy is the same where a shortcut points to the target and where it points to the decoy, and survives where it cannot tell the candidates apart.',
  falsifiedBy: 'Answers follow degrees, distances or depths, or fall to chance where these are matched.',
  doesNotShow: 'That no other shortcut is used, and in particular not that elimination is not (F9).',
  role: 'search',
  inapplicable: () => undefined,
  async observe(batch) {
    const answers = await batch.answers();
    return batch.searches.map((search, row) => ({
      graph: search.key,
      right: isCorrect(answers[row]),
      says: shortcutsSay(search),
    }));
  },
  judge(observations, settings) {
    const all = observations.length;
    const asked = (Object.keys(SHORTCUTS) as Shortcut[]).flatMap((name) => {
      const saying = (what: 0 | 1 | undefined): readonly Neutral[] =>
        observations.filter(({ says }) => says[name] === what);
      const [there, wrong, silent] = [saying(1), saying(0), saying(undefined)];
      return [
        {
          // Ten graphs that are all wrong, or all right, tell .69 or more from .31 or less: enough for these thresholds.
          enough: Math.min(graphsOf(there), graphsOf(wrong)) >= MINIMUM_CLUSTERS,
          criterion: {
            name: `${name} followed`,
            words: `${SHORTCUTS[name]} (n = ${there.length} for, ${wrong.length} against): share right where it points to the target, less where to the decoy`,
            statistic: {
              ...slopeOf(
                observations.map((one) => {
                  const said = one.says[name];
                  return said === undefined ? [] : [[[said, one.right] as const]];
                }),
              ),
              groups: observations.map(({ says }) => says[name]),
            },
            reference: null,
            threshold: 'followsShortcut' as const,
          },
        },
        {
          enough: graphsOf(silent) >= LEAST_GRAPHS,
          criterion: {
            name: `${name} matched`,
            words: `both candidates alike (n = ${silent.length} of ${all}): share of the excess over chance that is kept there`,
            statistic: subsetRatio(observations, name),
            reference: 0,
            threshold: 'retainedOnNeutral' as const,
          },
        },
      ];
    });
    const of = (enough: boolean): (typeof asked)[number]['criterion'][] =>
      asked.filter((one) => one.enough === enough).map(({ criterion }) => criterion);
    const some = of(true).length > 0;
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
        criteria: of(some),
        measures: some ? of(false) : [],
      },
      settings,
      {
        supports: 'answers do not follow shortcuts, and survive where they are silent',
        contradicts: 'answers live by a shortcut',
      },
    );
  },
});

/** (mean right where the shortcut is silent - 1/2) / (mean right - 1/2), with the silent items as its evidence. */
function subsetRatio(observations: readonly Neutral[], name: Shortcut): Statistic {
  const excess = observations.map(({ right }) => right - 0.5);
  const silent = observations.map((one) => one.says[name] === undefined);
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
