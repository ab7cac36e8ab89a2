// How often a battery of n items comes to which verdict, by resampling the graphs of one that was observed on fresh items.
import { fileURLToPath } from 'node:url';
import {
  buildCalibrationModel,
  drawBatteryItems,
  judgeModel,
  observeModel,
  PREDICTIONS,
  type BatteryResult,
  type CalibrationModel,
  type Observations,
  type TestedModel,
} from '../src/claim/index.js';
import { batteryItems } from '../src/cli/battery-items.js';
import type { Item } from '../src/dataset/index.js';
import { createLeanCoconut, loadCoconut } from '../src/model/index.js';
import { createRandom } from '../src/random.js';
import { useEngine } from '../src/tensor/index.js';
import { symbolicWording } from '../src/tokenizer/index.js';
import { defineBench } from './kit/bench.js';
import { drawGraphs, graphsOf, resampler } from './power/resample.js';

/** No other run draws its items from it. */
const SEED = 5_000_000;

const CONSTRUCTED: readonly CalibrationModel[] = [
  'bfs',
  'frontier',
  'head-start',
  'stride',
  'hidden-search',
  'walk-counts',
  'noise-95',
  'noise-90',
];
const TRAINED = ['prosqa-small-coconut', 'prosqa-small-coconut-bfs', 'prosqa-coconut', 'prosqa-coconut-bfs'];

async function observed(tested: TestedModel, items: readonly Item[]): Promise<Observations> {
  const settings = { seed: SEED, batchSize: 50, criteriaOnly: true };
  const observations = await observeModel(tested, items, PREDICTIONS, settings);
  if (observations === undefined) throw new Error('nothing interrupts a bench');
  return observations;
}

/** A model of known algorithm, on the items that `calibrate` draws. */
async function observeConstructed(name: CalibrationModel, items: number): Promise<Observations> {
  const built = buildCalibrationModel(name, SEED);
  const model = createLeanCoconut(built);
  const thoughts = built.config.coconut?.thoughts ?? 0;
  try {
    return await observed(
      { model, wording: symbolicWording, thoughts },
      drawBatteryItems(SEED, items, { depthGap: 1 }),
    );
  } finally {
    model.dispose();
  }
}

/** A trained model, on the items that `claim` draws. */
async function observeTrained(name: string, items: number): Promise<Observations> {
  const folder = fileURLToPath(new URL(`../../fixtures/models/${name}`, import.meta.url));
  const model = await loadCoconut(folder);
  const thoughts = model.config.coconut?.thoughts ?? 0;
  try {
    const sample = await batteryItems({ model: folder, n: items, seed: SEED });
    return await observed({ model, wording: symbolicWording, thoughts }, sample.items);
  } finally {
    model.dispose();
  }
}

const NECESSARY = PREDICTIONS.filter(({ necessary }) => necessary === true).map(({ id }) => id);

/** What some batteries came to: shares of them, and of the necessary predictions the one that most of them lack. */
function summary(results: readonly BatteryResult[]): Readonly<Record<string, number | string | null>> {
  const share = (holds: (result: BatteryResult) => boolean): number => results.filter(holds).length / results.length;
  const lacking = NECESSARY.map((id) => ({
    id,
    share: share(({ findings }) => findings.some((one) => one.id === id && one.verdict !== 'supports')),
  }));
  const [most] = lacking.sort((a, b) => b.share - a.share);
  return {
    supports: share(({ conclusion }) => conclusion.verdict === 'supports'),
    contradicts: share(({ conclusion }) => conclusion.verdict === 'contradicts'),
    undetermined: share(({ conclusion }) => conclusion.verdict === 'undetermined'),
    mostOftenLacking: most.share > 0 ? most.id : null,
    lackingShare: most.share,
  };
}

export default defineBench({
  sizes: {
    full: {
      constructed: CONSTRUCTED,
      trained: TRAINED,
      observe: { constructed: 200, trained: 600 },
      sizes: [50, 100, 200, 300, 600],
      resamples: 100,
    },
    smoke: {
      constructed: CONSTRUCTED.slice(0, 1),
      trained: TRAINED.slice(0, 1),
      observe: { constructed: 4, trained: 4 },
      sizes: [8],
      resamples: 2,
    },
  },
  async run({ constructed, trained, observe, sizes, resamples }) {
    await useEngine();
    const models = [
      ...constructed.map((name) => ({ name, observing: () => observeConstructed(name, observe.constructed) })),
      ...trained.map((name) => ({ name, observing: () => observeTrained(name, observe.trained) })),
    ];
    const byModel: Record<string, unknown> = {};
    for (const { name, observing } of models) {
      const observations = await observing();
      const resample = resampler(observations);
      const graphs = graphsOf(observations);
      const judge = (drawn: readonly string[]): BatteryResult => judgeModel(resample(drawn), [], PREDICTIONS);
      const bySize = sizes.map((size) => {
        const random = createRandom(`power ${name} ${size}`);
        return [size, summary(Array.from({ length: resamples }, () => judge(drawGraphs(random, graphs, size))))];
      });
      const found = {
        graphs: graphs.length,
        verdict: judge(graphs).conclusion.verdict,
        bySize: Object.fromEntries(bySize) as unknown,
      };
      byModel[name] = found;
      // The whole takes long, and one model says something by itself.
      process.stderr.write(`${JSON.stringify({ model: name, ...found })}\n`);
    }
    return { items: observe, resamples, byModel };
  },
});
