// How often a battery supports where it should not: observations are drawn so that one criterion lies exactly at its
// threshold and all others are a perfect search's, and are judged. Then all criteria of all tests at once.
import {
  judgeModel,
  PREDICTIONS,
  type Observation,
  type Observations,
  type Prediction,
  type PredictionId,
} from '../src/claim/index.js';
import { createRandom, type Random } from '../src/random.js';
import { defineBench } from './kit/bench.js';

/** Depth of every target, and k. */
const [DEPTH, THOUGHTS] = [4, 6];
const ABLATIONS = ['noThoughts', 'mean', 'noise', 'resample'] as const;

/** The share that each criterion's numbers are drawn with. A perfect search has the first, the threshold is the second. */
const SHARES = {
  ablatedRight: [0.5, 0.75],
  turnedPast: [0.5, 0.15],
  turnedBefore: [0, 0.25],
  orphanedRight: [1, 0.85],
  cutNamed: [0.5, 0.65],
  scrubbedKept: [1, 0.85],
  beamKept: [1, 11 / 12],
  propagated: [1, 0.85],
} as const;

type Criterion = keyof typeof SHARES;

const ANSWERS = { right: { target: 0, decoy: -10 }, wrong: { target: -10, decoy: 0 } };

/** What one item shows, by prediction. */
function draw(random: Random, graph: string, atThreshold: ReadonlySet<Criterion>): Map<PredictionId, Observation> {
  const is = (criterion: Criterion): number =>
    Number(random.uniform() < SHARES[criterion][atThreshold.has(criterion) ? 1 : 0]);
  const answer = (right: number): typeof ANSWERS.right => (right === 1 ? ANSWERS.right : ANSWERS.wrong);
  // Of four nodes a beam of three holds the one that is needed in two of three cases: it keeps 5/6 of its answers, a search
  // all, and half way between lies the threshold. Layers of 24 tell any beam from a search by far.
  const size = atThreshold.has('beamKept') ? 4 : 24;
  const layers = Array.from({ length: DEPTH - 1 }, () => ({ size, leading: 1 }));
  const kept: Criterion = atThreshold.has('beamKept') ? 'beamKept' : 'scrubbedKept';
  const past = (): number => is('turnedPast');
  const swap = (depth: number): number[] =>
    Array.from({ length: DEPTH }, (_, i) => (i + 1 < depth ? is('turnedBefore') : i + 1 < DEPTH ? past() : 0));
  const one = { graph, depth: DEPTH, donor: 1, layers };
  const ofId: Record<PredictionId, object> = {
    F1: {
      own: ANSWERS.right,
      ablated: ABLATIONS.map((name) => ({
        name,
        description: '',
        informative: false,
        answer: answer(is('ablatedRight')),
      })),
    },
    F6: { target: DEPTH, swaps: [1, 2, 3].map((depth) => ({ depth, turns: swap(depth) })) },
    F9: { correct: 1, orphaned: is('orphanedRight'), twin: undefined, cut: is('cutNamed') },
    F15: { ...one, found: [is(kept), is(kept), is(kept), 0.5] },
    F16: { ...one, found: [is('propagated'), is('propagated'), is('propagated'), 0.5], shown: [], before: [] },
  };
  return new Map(Object.entries(ofId).map(([id, own]) => [id as PredictionId, { graph, ...own }]));
}

function observe(random: Random, items: number, atThreshold: ReadonlySet<Criterion>): Observations {
  const drawn = Array.from({ length: items }, (_, i) => draw(random, String(i), atThreshold));
  const of = (id: PredictionId): Observation[] => drawn.flatMap((one) => one.get(id) ?? []);
  return {
    subject: { wording: 'symbolic', thoughts: THOUGHTS },
    competence: drawn.map((_, i) => ({ graph: String(i), correct: 1 })),
    byPrediction: new Map(TESTED.map(({ id }) => [id, of(id)])),
    // An alignment needs swaps: none, and thoughts are taken to have come a layer each.
    alignment: { turned: [], kept: [] },
  };
}

const TESTED: readonly Prediction[] = PREDICTIONS.filter(({ necessary }) => necessary === true);

/** Shares of simulated batteries that support as a whole, and in which some test does whose criterion is at its threshold. */
function errors(
  items: number,
  runs: number,
  atThreshold: readonly Criterion[],
): { supported: number; anyTest: number } {
  const random = createRandom(`verdict errors ${items} ${atThreshold.join(' ')}`);
  const tests = new Set(atThreshold.map((criterion) => TEST_OF[criterion]));
  let [supported, anyTest] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const { conclusion, findings } = judgeModel(observe(random, items, new Set(atThreshold)), [], TESTED);
    if (conclusion.verdict === 'supports') supported++;
    if (findings.some(({ id, verdict }) => tests.has(id) && verdict === 'supports')) anyTest++;
  }
  const share = (count: number): number => Number((count / runs).toFixed(4));
  return { supported: share(supported), anyTest: share(anyTest) };
}

const TEST_OF: Readonly<Record<Criterion, PredictionId>> = {
  ablatedRight: 'F1',
  turnedPast: 'F6',
  turnedBefore: 'F6',
  orphanedRight: 'F9',
  cutNamed: 'F9',
  scrubbedKept: 'F15',
  beamKept: 'F15',
  propagated: 'F16',
};

const ALL = Object.keys(SHARES) as Criterion[];

export default defineBench({
  sizes: { full: { runs: 1000, items: [100, 300, 1000] }, smoke: { runs: 3, items: [40] } },
  run({ runs, items }) {
    const scenarios: Readonly<Record<string, readonly Criterion[]>> = {
      none: [],
      ...Object.fromEntries(ALL.map((criterion) => [criterion, [criterion]])),
      'all but beamKept': ALL.filter((criterion) => criterion !== 'beamKept'),
    };
    const byScenario = Object.entries(scenarios).map(([name, atThreshold]) => [
      name,
      Object.fromEntries(items.map((n) => [n, errors(n, runs, atThreshold)])),
    ]);
    return Promise.resolve({ runs, atThreshold: Object.fromEntries(byScenario) as Record<string, unknown> });
  },
});
