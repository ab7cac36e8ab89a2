// Where a battery's time goes: fresh items before constructed-bfs, all tests.
import { fileURLToPath } from 'node:url';
import { drawBatteryItems, judgeModel, observeModel, PREDICTIONS, type PredictionId } from '../src/claim/index.js';
import { loadCoconut } from '../src/model/index.js';
import { useEngine } from '../src/tensor/index.js';
import { symbolicWording } from '../src/tokenizer/index.js';
import { defineBench } from './kit/bench.js';

const SEED = 1;
const THOUGHTS = 6;

export default defineBench({
  sizes: { full: { count: 300 }, smoke: { count: 6 } },
  async run({ count }) {
    const engine = await useEngine();
    const model = await loadCoconut(fileURLToPath(new URL('../../fixtures/models/constructed-bfs', import.meta.url)));
    const items = drawBatteryItems(SEED, count);
    const spent = new Map<PredictionId, number>();
    const timed = PREDICTIONS.map((prediction) => ({
      ...prediction,
      observe: async (batch: Parameters<typeof prediction.observe>[0]) => {
        const begun = performance.now();
        const observed = await prediction.observe(batch);
        spent.set(prediction.id, (spent.get(prediction.id) ?? 0) + performance.now() - begun);
        return observed;
      },
    }));
    const started = performance.now();
    const observations = await observeModel({ model, wording: symbolicWording, thoughts: THOUGHTS }, items, timed, {
      seed: SEED,
      batchSize: 50,
    });
    const observed = performance.now();
    if (observations === undefined) throw new Error('nothing interrupts a bench');
    judgeModel(observations, [], PREDICTIONS);
    const judged = performance.now();
    model.dispose();
    return {
      engine: engine.name,
      threads: engine.threads,
      items: count,
      seconds: Number(((judged - started) / 1000).toFixed(1)),
      statisticsSeconds: Number(((judged - observed) / 1000).toFixed(1)),
      byTest: Object.fromEntries([...spent].map(([id, ms]) => [id, Number((ms / 1000).toFixed(2))])),
    };
  },
});
