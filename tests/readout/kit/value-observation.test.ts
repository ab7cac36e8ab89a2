import { expect, it } from 'vitest';
import { readTree, valuesOf } from '../../../src/readout/index.js';
import { itemOf, recordOf } from '../records.js';

const item = itemOf(4, [[0, 1], [0, 2]], { target: 1, decoy: 3 }); // prettier-ignore

it('gives the probabilities of a record, nodes that share a token having equal parts', () => {
  const record = recordOf(item, [[0, 2, 2, 1]], { 2: 1 });
  const { values, readAs, scorer } = valuesOf(record);
  expect({ readAs, scorer }).toEqual({ readAs: [0, 1, 1, 3], scorer: 'firstToken' });
  values[0].forEach((value, node) =>
    expect(value).toBeCloseTo(record.nodeProbabilities[node] / (node === 1 || node === 2 ? 2 : 1), 6),
  );
});

it('keeps apart what underflows in float32', () => {
  const record = recordOf({ ...item, edges: [[0, 1], [0, 2], [3, 2]] }, [[0, -120, -130, 0]]); // prettier-ignore
  expect([...record.nodeProbabilities.subarray(1, 3)]).toEqual([0, 0]);
  const observation = valuesOf(record);
  expect(observation.values[0][1]).toBeGreaterThan(observation.values[0][2]);
  const [{ topCorrect, evenness }] = readTree([observation], { seed: 1, resamples: 9 }).perThought;
  expect(topCorrect.rate.value).toBe(1);
  expect(evenness.value).toBeLessThan(0.01);
});
