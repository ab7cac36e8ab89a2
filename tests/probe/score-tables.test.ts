import { describe, expect, it } from 'vitest';
import { compareClasses, compareNodeScores, compareNumbers } from '../../src/probe/score-tables.js';
import { createRandom } from '../../src/random.js';

const options = { seed: 1, resamples: 200 };
const columns = new Map(['0', '1', '2'].map((id, i) => [id, i]));

describe('compareNodeScores', () => {
  // Graph 0 has rows 0 and 1, graph 1 rows 2 and 3; row 3 has ones alone.
  const data = { columns, graphs: Int32Array.of(0, 0, 1, 1), graphCount: 2 };
  const labels = Int8Array.of(1, 0, 0, 1, 1, 0, 1, 0, -1, 1, 1, 1);
  const scores = [5, 6, 4, 9, 7, 8, 2, 1, Number.NaN, 0, 0, 0];

  it('is the AUC of each item, averaged over those of a graph, then over graphs', () => {
    const compared = compareNodeScores(data, [{ name: 'task', labels, scores }], [], options);
    // Row 0: 5 beats one of two. Row 1: 9 and 7 against 8, one of two. Row 2: right. Row 3 has none.
    // Pooled, graph 0 would have 5, 9 and 7 against 6, 4 and 8: 1 + 3 + 2 of nine.
    expect(compared.of('task')).toMatchObject({ value: (0.5 + 1) / 2, n: 3, clusters: 2 });
  });

  it('weighs graphs alike, however many items they have', () => {
    const three = { ...data, graphs: Int32Array.of(0, 1, 1, 1) };
    const compared = compareNodeScores(
      three,
      [
        { name: 'task', labels, scores },
        { name: 'turned', labels, scores: scores.map((score) => -score) },
      ],
      [['task', 'turned']],
      options,
    );
    expect(compared.of('task').value).toBeCloseTo((0.5 + (0.5 + 1) / 2) / 2, 12);
    expect(compared.difference('task', 'turned').value).toBeCloseTo(2 * 0.625 - 1, 12);
  });

  it.each([1, 2, 4])('has chance at .5 for a constant of each item, with %i questions a graph', (questions) => {
    const random = createRandom(questions);
    const [graphs, nodes] = [20, 20];
    const own = Array.from({ length: graphs * questions }, (_, row) => (row % 2 === 1 ? 5 : 15));
    const dealt = own.flatMap((size) => random.shuffle(Array.from({ length: nodes }, (_, i) => Number(i < size))));
    const compared = compareNodeScores(
      {
        columns: new Map(Array.from({ length: nodes }, (_, i) => [String(i), i])),
        graphs: Int32Array.from(own, (_, row) => Math.floor(row / questions)),
        graphCount: graphs,
      },
      [{ name: 'task', labels: Int8Array.from(dealt), scores: own.flatMap((size) => Array<number>(nodes).fill(size)) }],
      [],
      options,
    );
    expect(compared.of('task')).toEqual({ value: 0.5, low: 0.5, high: 0.5, n: graphs * questions, clusters: graphs });
  });
});

describe('comparisons of items', () => {
  const rows = { graphs: Int32Array.of(0, 0, 1, 2), graphCount: 3 };

  it('counts classes that are right, with the graphs that it is given', () => {
    const compared = compareClasses(
      rows,
      [
        { name: 'task', labels: Float64Array.of(0, 1, 2, Number.NaN), scores: Float64Array.of(0, 1, 0, 0) },
        { name: 'control', labels: Float64Array.of(1, 1, 1, 1), scores: Float64Array.of(1, 0, 0, 0) },
      ],
      [['task', 'control']],
      options,
    );
    expect(compared.of('task')).toMatchObject({ value: 2 / 3, n: 3, clusters: 2 });
    expect(compared.of('control')).toMatchObject({ value: 1 / 4, n: 4, clusters: 3 });
    expect(compared.difference('task', 'control')).toMatchObject({ value: 2 / 3 - 1 / 4, n: 3, clusters: 2 });
  });

  it('has the R2 of numbers', () => {
    const said = { name: 'task', labels: Float64Array.of(1, 2, 3, 6), scores: Float64Array.of(2, 2, 3, 4) };
    // Errors 1 and 4; the mean is 3, deviations 4 + 1 + 0 + 9.
    expect(compareNumbers(rows, [said], [], options).of('task').value).toBeCloseTo(1 - 5 / 14, 12);
    const alike = { ...said, labels: Float64Array.of(2, 2, 2, 2) };
    expect(compareNumbers(rows, [alike], [], options).of('task').value).toBeNull();
  });
});
