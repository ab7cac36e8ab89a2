import { describe, expect, it } from 'vitest';
import { drawBatteryItems, judgeModel, observeModel, PREDICTIONS } from '../../src/claim/index.js';
import { renameWithinLayers, rootTwin, type Item } from '../../src/dataset/index.js';
import { CONSTRUCTED, createCoconut } from '../../src/model/index.js';
import { createRandom } from '../../src/random.js';
import { symbolicWording } from '../../src/tokenizer/index.js';

const SEED = 11;
const COUNT = 32;
const TESTS = PREDICTIONS.filter(({ id }) => id === 'F15' || id === 'F16');

/** Items of small graphs, both candidates three steps away, which both tests can be made of: these ask for thirty graphs each. */
function items(): Item[] {
  const drawn = drawBatteryItems(SEED, 4 * COUNT, { nodes: 14, maxDepth: 3, depthGap: 0 });
  const isUsable = (item: Item): boolean => {
    const random = createRandom('usable');
    const twin = rootTwin(random, item);
    return [item, twin].every((one) => one !== undefined && renameWithinLayers(random, one) !== undefined);
  };
  return drawn.filter(isUsable).slice(0, COUNT);
}

/** Models that show the head what a search shows, and have the answer from elsewhere. */
describe('interventions see through', () => {
  it.each(['carried-answer', 'constant-holder'] as const)('%s, by themselves', async (name) => {
    const model = createCoconut(CONSTRUCTED[name].build());
    try {
      // As many as these targets ask for.
      const tested = { model, wording: symbolicWording, thoughts: 3 };
      const observing = { seed: SEED, batchSize: 12, criteriaOnly: true };
      const observations = await observeModel(tested, items(), TESTS, observing);
      if (observations === undefined) throw new Error('nothing interrupts it');
      const { competence, findings, conclusion } = judgeModel(observations, [], TESTS);
      expect(competence.estimate).toMatchObject({ value: 1, clusters: COUNT });
      for (const { id, criteria, verdict } of findings) {
        const [first] = criteria;
        expect(first.estimate.clusters, id).toBeGreaterThanOrEqual(30);
        expect(first.estimate.high, id).toBeLessThan(first.contradict ?? -Infinity);
        expect(verdict, id).toBe('contradicts');
      }
      expect(conclusion).toMatchObject({ verdict: 'contradicts', rule: 'noPropagation', because: ['F16', 'F15'] });
    } finally {
      model.dispose();
    }
  });
});
