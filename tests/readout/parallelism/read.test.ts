import { describe, expect, it } from 'vitest';
import { observeValues, PERCENTILES, readParallelism } from '../../../src/readout/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { fixtureModel, smallItems } from '../fixture-models.js';
import { itemOf } from '../records.js';
import { valuesFor } from '../values.js';

const options = { seed: 1, resamples: 20 };
// Three candidates, and one.
const wide = itemOf(6, [[0, 1], [0, 2], [0, 3], [4, 5]], { target: 1, decoy: 5 }); // prettier-ignore
const narrow = itemOf(4, [[0, 1], [2, 3]], { target: 1, decoy: 3 }); // prettier-ignore

describe('readParallelism', () => {
  const { perThought } = readParallelism(
    [valuesFor(wide, [0.9, 0.1, 0.4, 0.3, 0.2, 0]), valuesFor(narrow, [0, 0.6, 0, 0])],
    options,
  );
  const [{ raw, normalised, uniform }] = perThought;
  const at = (percent: number): number => PERCENTILES.indexOf(percent);

  it('sorts the candidates alone, and sums the highest', () => {
    expect(raw.top1.value).toBeCloseTo((0.4 + 0.6) / 2, 12);
    expect(raw.top2.value).toBeCloseTo((0.7 + 0.6) / 2, 12);
    expect(raw.top3.value).toBeCloseTo((0.8 + 0.6) / 2, 12);
    expect(normalised.top1.value).toBeCloseTo((0.5 + 1) / 2, 12);
    expect(normalised.top3.value).toBeCloseTo(1, 12);
  });

  it('has gaps over the items that have a second and a third candidate', () => {
    expect(raw.second).toMatchObject({ n: 1 });
    expect(raw.second.value).toBeCloseTo(0.3, 12);
    expect(raw.third.value).toBeCloseTo(0.1, 12);
    expect(uniform.second).toMatchObject({ value: 1 / 3, n: 1 });
    expect(uniform.top1.value).toBeCloseTo((1 / 3 + 1) / 2, 12);
  });

  it('draws each curve over its own order of the items', () => {
    expect(raw.curves.top1[at(0)]).toBeCloseTo(0.4, 12);
    expect(raw.curves.top1[at(100)]).toBeCloseTo(0.6, 12);
    // By the first two together the other item comes first.
    expect(raw.curves.top2[at(0)]).toBeCloseTo(0.6, 12);
    expect(raw.curves.top2[at(100)]).toBeCloseTo(0.7, 12);
    expect(raw.curves.top3[at(50)]).toBeCloseTo(0.7, 12);
  });

  it('has nothing to show where there are no candidates', () => {
    const [, second] = readParallelism([valuesFor(narrow, [0, 1, 0, 0], [0, 1, 0, 0])], options).perThought;
    expect(second.raw.top1).toMatchObject({ value: null, n: 0 });
    expect(second.raw.curves.top1).toEqual(PERCENTILES.map(() => null));
  });

  it('normalises no zeros', () => {
    const [{ raw: zeros, normalised: none }] = readParallelism(
      [valuesFor(wide, [1, 0, 0, 0, 0, 0])],
      options,
    ).perThought;
    expect(zeros.top1).toMatchObject({ value: 0, n: 1 });
    expect(none.top1).toMatchObject({ value: null, n: 0 });
  });
});

describe('parallelism of constructed-bfs', () => {
  it('is that of an even superposition of its frontier', async () => {
    const model = await fixtureModel('constructed-bfs');
    const result = readParallelism(await observeValues(model, smallItems(12), symbolicWording, 2), options);
    model.dispose();
    for (const { normalised, uniform } of result.perThought) {
      expect(normalised.top1.value).toBeCloseTo(uniform.top1.value ?? 0, 2);
      expect(normalised.second.value).toBeCloseTo(uniform.second.value ?? 0, 2);
    }
  });
});
