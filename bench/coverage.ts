// How often 95 % intervals over graphs hold the truth: shares exactly, the rest by simulation.
import { createRandom } from '../src/random.js';
import {
  clusteredShare,
  excessRatio,
  linearisedInterval,
  linearisedMean,
  linearisedRatio,
  linearisedSlope,
  shareDifference,
  sharePair,
  type ClusteredValues,
  type SlopePoint,
} from '../src/statistics/index.js';
import { aucs, DIFFERENCES, MEANS, RATIOS, SLOPES, type Pair, type Values } from './intervals/settings.js';
import { shareCoverage } from './intervals/shares.js';
import { simulate, type Coverage, type Method, type Setting } from './intervals/simulate.js';
import { defineBench } from './kit/bench.js';

const student: Method<Values> = ({ values, graphs }) => linearisedInterval(linearisedMean(values), graphs);
const share: Method<Values> = ({ values, graphs }) => clusteredShare(values, graphs);

const linearisedRatioOf: Method<Pair> = ({ above, below }) =>
  linearisedInterval(linearisedRatio(above, below, [0.5, 0.5]), [...above.keys()]);

const kept: Method<Pair> = ({ above, below }) => {
  const [edited, own] = [above, below].map((excess): ClusteredValues => {
    return { values: excess.map((one) => one + 0.5), clusters: [...excess.keys()] };
  });
  return excessRatio(sharePair(edited, own));
};

function slope(halfRange: number): Method<readonly SlopePoint[]> {
  return (points) =>
    linearisedInterval(
      linearisedSlope(points, halfRange),
      points.map(({ cluster }) => cluster),
    );
}

const difference: Method<readonly SlopePoint[]> = (points) => {
  const [one, other] = [1, 0].map((group): ClusteredValues => {
    const own = points.filter(({ x }) => x === group);
    return { values: own.map(({ y }) => y), clusters: own.map(({ cluster }) => cluster) };
  });
  return shareDifference(sharePair(one, other));
};

export default defineBench({
  sizes: {
    full: { graphs: [10, 30, 100, 300], samples: 10_000, steps: 96 },
    smoke: { graphs: [10], samples: 10, steps: 4 },
  },
  run({ graphs, samples, steps }) {
    const random = createRandom(1).fork('coverage');
    const shares = Array.from({ length: steps + 1 }, (_, i) => Number((0.02 + (0.96 * i) / steps).toFixed(4)));
    const table = (find: (n: number) => Coverage[]): Coverage[] =>
      graphs.flatMap(find).map((row) => ({ ...row, worst: rounded(row.worst), mean: rounded(row.mean) }));
    const simulated = <Sample>(
      settings: readonly Setting<Sample>[],
      methods: Readonly<Record<string, Method<Sample>>>,
    ): Coverage[] => table((n) => simulate(settings, methods, n, samples, random));
    return Promise.resolve({
      samples,
      shares: table((n) => shareCoverage(n, 1, shares)),
      sharesOfPairs: table((n) => shareCoverage(n, 2, shares)),
      aucs: simulated(aucs(1), { clusteredShare: share, student }),
      aucsOfPairs: simulated(aucs(2), { clusteredShare: share, student }),
      means: simulated(MEANS, { student }),
      ratios: simulated(RATIOS, { excessRatio: kept, linearised: linearisedRatioOf }),
      slopes: simulated(SLOPES, { jackknife: slope(0) }),
      differences: simulated(DIFFERENCES, { shareDifference: difference, jackknife: slope(0.5) }),
    });
  },
});

function rounded(x: number): number {
  return Number(x.toFixed(3));
}
