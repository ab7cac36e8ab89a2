// How often a battery supports where it should not: observations of which one criterion lies exactly at its threshold and all
// others are a perfect search's, and are certain; then several at once.
import {
  judgeModel,
  PREDICTIONS,
  type Observations,
  type Observation,
  type Prediction,
  type PredictionId,
} from '../src/claim/index.js';
import { createRandom } from '../src/random.js';
import { wilson } from '../src/statistics/index.js';
import { defineBench } from './kit/bench.js';
import { NULL_CRITERIA, NULL_NAMES, type NullName } from './nulls/criteria.js';
import { exactErrors } from './nulls/exact.js';
import { drawObservations, type DrawnId, type NullModel } from './nulls/draw.js';

const TESTED: readonly Prediction[] = PREDICTIONS.filter(({ necessary }) => necessary === true);

/** Judges some tests of what is drawn, with all that their alignment is fitted to. */
function judged(
  tests: readonly Prediction[],
  items: number,
  observed: (id: DrawnId) => readonly Observation[],
  battery: readonly Prediction[] = PREDICTIONS,
): ReturnType<typeof judgeModel> {
  const isAligned = tests.some(({ id }) => id === 'F6' || id === 'F15' || id === 'F16');
  return judgeModel(
    {
      subject: { wording: 'symbolic', thoughts: 6 },
      competence: Array.from({ length: items }, (_, i) => ({ graph: String(i), correct: 1 })),
      byPrediction: new Map(tests.map(({ id }) => [id, observed(id as DrawnId)])),
      alignment: (isAligned
        ? { turned: observed('F6'), kept: observed('F15') }
        : { turned: [], kept: [] }) as Observations['alignment'],
    },
    [],
    tests,
    battery,
  );
}

/** What a perfect search shows: the same whatever is drawn. */
function drawPerfect(id: DrawnId, items: number): Observation[] {
  return drawObservations(createRandom(0), id, items, { atThreshold: new Set(), inSameItems: false });
}

/** Of simulated batteries, in how many a test supports whose criterion is at its threshold, and in how many all tests do. */
function errors(items: number, runs: number, model: NullModel): { supported: ErrorRate; anyTest: ErrorRate } {
  const names = [...model.atThreshold];
  const atThreshold = new Set<PredictionId>(names.map((name) => NULL_CRITERIA[name].test));
  const suspects = TESTED.filter(({ id }) => atThreshold.has(id));
  const random = createRandom(`verdict errors ${items} ${names.join(' ')} ${model.inSameItems}`);
  const isHit = (found: ReturnType<typeof judgeModel>): boolean =>
    found.findings.some(({ id, verdict }) => atThreshold.has(id) && verdict === 'supports');
  const perfect = new Map(TESTED.map(({ id }) => [id, drawPerfect(id as DrawnId, items)]));
  const certain = (id: DrawnId): Observation[] => perfect.get(id) ?? [];
  let [supported, anyTest] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const own = random.fork(String(run));
    const known = new Map<DrawnId, Observation[]>();
    const observed = (id: DrawnId): Observation[] => {
      const drawn = known.get(id) ?? (atThreshold.has(id) ? drawObservations(own, id, items, model) : certain(id));
      known.set(id, drawn);
      return drawn;
    };
    // Where it does not support by itself it does not among others.
    if (!isHit(judged(suspects, items, observed, suspects))) continue;
    const found = judged(TESTED, items, observed);
    if (found.conclusion.verdict === 'supports') supported++;
    if (isHit(found)) anyTest++;
  }
  return { supported: rate(supported, runs), anyTest: rate(anyTest, runs) };
}

/** A share of runs, and the upper end of its 95 % interval. */
interface ErrorRate {
  readonly share: number;
  readonly upTo: number;
}

function rate(count: number, runs: number): ErrorRate {
  const rounded = (share: number): number => Number(share.toFixed(4));
  return { share: rounded(count / runs), upTo: rounded(wilson(count, runs).high) };
}

/** One of every test. */
const ONE_EACH: readonly NullName[] = [
  'ablatedRight',
  'swapFound',
  'orphanedRight',
  'scrubbedKept',
  'propagated',
  'blindBeamRight',
];
/** Their layers are of other sizes. */
const WITHOUT_BEAM = NULL_NAMES.filter((name) => name !== 'beamKept');

/** An eighth of the right answers in each of four ways: half of them are searched for. */
const FOUR_WAYS: NullModel = {
  atThreshold: new Set(['swapFound', 'scrubbedKept', 'foundTooEarly', 'propagated']),
  shares: { swapFound: 15 / 16, scrubbedKept: 15 / 16, foundTooEarly: 9 / 16, propagated: 15 / 16 },
  inSameItems: false,
};

const MODELS: Readonly<Record<string, NullModel>> = Object.fromEntries<NullModel>([
  ...NULL_NAMES.map((name) => [name, { atThreshold: new Set([name]), inSameItems: false }] as const),
  ['one of every test', { atThreshold: new Set(ONE_EACH), inSameItems: false }],
  ['one of every test, in the same items', { atThreshold: new Set(ONE_EACH), inSameItems: true }],
  ['all, in the same items', { atThreshold: new Set(WITHOUT_BEAM), inSameItems: true }],
  ['four ways, half in all', FOUR_WAYS],
]);

export default defineBench({
  // As many runs as cost about the same; the standard error of .025 is .0035, .005 and .008.
  sizes: {
    full: {
      sizes: [
        { items: 100, runs: 2000 },
        { items: 300, runs: 1000 },
        { items: 1000, runs: 400 },
      ],
    },
    smoke: { sizes: [{ items: 40, runs: 3 }] },
  },
  run({ sizes }) {
    const byModel = Object.entries(MODELS).map(([name, model]) => {
      const bySize = Object.fromEntries(sizes.map(({ items, runs }) => [items, errors(items, runs, model)]));
      // The whole takes minutes.
      process.stderr.write(`${JSON.stringify({ model: name, bySize })}\n`);
      return [name, bySize] as const;
    });
    // That all is well but for what lies at its threshold.
    const perfect = sizes.map(({ items }) => {
      return judged(TESTED, items, (id) => drawPerfect(id, items)).conclusion.verdict;
    });
    return Promise.resolve({
      sizes,
      exact: Object.fromEntries(sizes.map(({ items }) => [items, exactErrors(items)])),
      perfect,
      atThreshold: Object.fromEntries(byModel),
    });
  },
});
