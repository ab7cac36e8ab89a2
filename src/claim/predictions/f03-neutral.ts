import type { ItemSearch } from '../../dataset/index.js';
import { breadthFirstDepths, entitiesOf, inDegree, UNREACHED } from '../../graph/index.js';
import { isCorrect } from '../../intervention/index.js';
import { MINIMUM_CLUSTERS } from '../../statistics/index.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { graphsOf } from '../observed-graphs.js';
import { LEAST_GRAPHS } from '../settings.js';
import { averageOf, differenceOf, linearised, NOTHING, shareOf, type Statistic } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

const SHORTCUTS = {
  degree: 'incoming edges, fewer of which speak for the target',
  distance: 'distance from the nearest entity, more of which speaks for the target',
  depth: 'depth below the own root, more of which speaks for the target',
} as const;

type Shortcut = keyof typeof SHORTCUTS;

interface Neutral {
  readonly graph: string;
  readonly correct: number;
  /** Where each shortcut points: 1 to the target, 0 to the decoy, undefined to neither. */
  readonly shortcuts: Readonly<Record<Shortcut, 0 | 1 | undefined>>;
}

/** Where the shortcuts point among an item's candidates. */
function shortcutsOf({ graph, item, depth, otherDepths }: ItemSearch): Neutral['shortcuts'] {
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

const THRESHOLDS = {
  followsShortcut: {
    direction: 'below',
    support: 0.25,
    contradict: 0.5,
    why: 'Share correct where a shortcut points to the target, less that where it points to the decoy: 0 for a search, 1 for the shortcut.',
  },
  retainedOnNeutral: {
    direction: 'above',
    support: 0.5,
    contradict: 0.5,
    why: 'Share of the excess over chance kept where a shortcut is silent: 0 for the shortcut, 1 for a search.',
  },
} as const satisfies Thresholds;

export const neutral = definePrediction<Neutral>({
  id: 'F3',
  title: 'Where shortcuts are silent or wrong',
  predicts:
    'Accuracy is the same where a shortcut points to the target and where it points to the decoy. It is kept where the shortcut cannot tell the candidates apart.',
  falsifiedBy: 'Answers follow degrees, distances or depths, or fall to chance where these are matched.',
  doesNotShow: 'That no other shortcut is used; F9 asks about elimination.',
  role: 'search',
  evidence: 'behaviour',
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const answers = await batch.answers();
    return batch.searches.map((search, row) => ({
      graph: search.key,
      correct: isCorrect(answers[row]),
      shortcuts: shortcutsOf(search),
    }));
  },
  judge(observations) {
    const all = observations.length;
    const right = observations.map(({ correct }) => correct);
    const comparisons = (Object.keys(SHORTCUTS) as Shortcut[]).flatMap((name) => {
      const pointing = (where: 0 | 1 | undefined): readonly Neutral[] =>
        observations.filter(({ shortcuts }) => shortcuts[name] === where);
      const [there, wrong, silent] = [pointing(1), pointing(0), pointing(undefined)];
      return [
        {
          // Ten graphs that are all wrong, or all right, tell .69 or more from .31 or less: enough for these thresholds.
          enough: Math.min(graphsOf(there), graphsOf(wrong)) >= MINIMUM_CLUSTERS,
          criterion: {
            name: `${name} followed`,
            description: `${SHORTCUTS[name]} (n = ${there.length} for, ${wrong.length} against): share correct where it points to the target, less where to the decoy`,
            statistic: differenceOf(
              right,
              observations.map(({ shortcuts }) => shortcuts[name]),
            ),
            reference: null,
            threshold: THRESHOLDS.followsShortcut,
          },
        },
        {
          enough: graphsOf(silent) >= LEAST_GRAPHS,
          criterion: {
            name: `${name} matched`,
            description: `both candidates alike (n = ${silent.length} of ${all}): share of the excess over chance that is kept there`,
            statistic: subsetRatio(observations, name),
            reference: 0,
            threshold: THRESHOLDS.retainedOnNeutral,
          },
        },
      ];
    });
    const of = (enough: boolean): (typeof comparisons)[number]['criterion'][] =>
      comparisons.filter((one) => one.enough === enough).map(({ criterion }) => criterion);
    const some = of(true).length > 0;
    return judge(
      observations,
      {
        gate: {
          statistic: shareOf(right),
          reason: 'too few answers are correct for a shortcut to be looked for',
        },
        criteria: of(some),
        measures: some ? of(false) : [],
      },
      {
        supports: 'answers do not follow shortcuts, and stay correct where these are silent',
        contradicts: 'answers follow a shortcut',
      },
    );
  },
});

/** (mean correct where the shortcut is silent - 1/2) / (mean correct - 1/2); its sample is the silent items. */
function subsetRatio(observations: readonly Neutral[], name: Shortcut): Statistic {
  const excess = observations.map(({ correct }) => correct - 0.5);
  const isSilent = observations.map((one) => one.shortcuts[name] === undefined);
  const silent = observations.filter((_, i) => isSilent[i]);
  const whole = averageOf(excess) ?? NaN;
  const kept = averageOf(excess.filter((_, i) => isSilent[i])) ?? NaN;
  const value = whole > 0 ? kept / whole : NaN;
  const ofSilent = observations.length / silent.length;
  const influence = excess.map(
    (own, i) => ((isSilent[i] ? ofSilent * (own - kept) : 0) - value * (own - whole)) / whole,
  );
  // As `linearisedRatio`: half an observation at each corner of what either mean's could be.
  const imagined = (2 * 0.25 * (ofSilent ** 2 + value ** 2)) / whole ** 2;
  return (graphs) => {
    if (silent.length === 0) return NOTHING;
    const found = linearised({ value, influence, imagined }, graphs);
    return { ...found, estimate: { ...found.estimate, n: silent.length, clusters: graphsOf(silent) } };
  };
}
