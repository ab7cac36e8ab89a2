import { describe, expect, it } from 'vitest';
import {
  formatPropagation,
  readPropagation,
  type PropagationCell,
  type PropagationObservation,
} from '../../../src/readout/index.js';
import { itemOf } from '../records.js';

const options = { seed: 1, resamples: 9 };

function observed(root: number, cells: readonly PropagationCell[], correct = 1): PropagationObservation {
  return { item: itemOf(6, [[root, 4], [4, 5]], { root, target: 5, decoy: 3 }), correct, cells }; // prettier-ignore
}

/** Two cells of one item, one of another, and an item that is not edited. */
const OBSERVATIONS = [
  observed(0, [
    {
      ...{ edit: 'onWay', thought: 1, toGo: 3 },
      readings: { children: { before: 1, edited: 0.5, wrongNode: 0.75, sameSize: 1 } },
      fall: { edited: 0.5, wrongNode: 0.25, sameSize: 0 },
    },
    {
      ...{ edit: 'onWay', thought: 2, toGo: 2 },
      readings: { children: { before: 0.8, edited: 0.6, sameSize: 0.8 } },
      fall: { edited: 0.1, sameSize: 0 },
    },
  ]),
  observed(1, [
    {
      ...{ edit: 'onWay', thought: 1, toGo: 2 },
      readings: { own: { before: 1, edited: 0.5, sameSize: 1 }, children: { before: 0.7, edited: 0.7, sameSize: 0.5 } },
      fall: { edited: -0.1, sameSize: 0.2 },
    },
  ]),
  observed(2, [], 0),
];

describe('readPropagation', () => {
  const result = readPropagation(OBSERVATIONS, options);
  const [onWay] = result.pooled.edits;
  const children = onWay.readings.find(({ name }) => name === 'children');

  it('counts items once, with the means of their cells', () => {
    expect(result).toMatchObject({ kind: 'propagation', items: 3, graphs: 3 });
    expect(result.correct).toMatchObject({ value: 2 / 3, n: 3 });
    expect(result.used).toMatchObject({ value: 2 / 3, n: 3 });
    expect(result.pooled.edits.map(({ name }) => name)).toEqual(['onWay']);
    // (.9 + .7) / 2, (.55 + .7) / 2, ((-.5 - .2) / 2 + 0) / 2.
    expect(children?.before.value).toBeCloseTo(0.8, 12);
    expect(children?.edited.after.value).toBeCloseTo(0.625, 12);
    expect(children?.edited.change.value).toBeCloseTo(-0.175, 12);
    expect(children?.sameSize.change.value).toBeCloseTo(-0.1, 12);
    // ((.5 + .1) / 2 - .1) / 2.
    expect(onWay.fall.edited.value).toBeCloseTo(0.1, 12);
    expect(onWay.fall.edited).toMatchObject({ n: 2, clusters: 2 });
  });

  it('compares within the cells that have a wrong node, and leaves out readings that none has', () => {
    expect(children?.wrongNode.change).toMatchObject({ value: -0.25, n: 1 });
    expect(onWay.fall.wrongNode).toMatchObject({ value: 0.25, n: 1 });
    expect(onWay.readings.map(({ name, before }) => [name, before.n])).toEqual([
      ['own', 1],
      ['children', 2],
    ]);
  });

  it('parts thoughts, and the edges that are to go', () => {
    const valueOf = ({ edits: [{ readings }] }: typeof result.pooled): (number | null | undefined)[] => {
      const own = readings.find(({ name }) => name === 'children');
      return [own?.edited.after.value, own?.edited.after.n];
    };
    expect(result.perThought.map(({ thought }) => thought)).toEqual([1, 2]);
    expect(result.perThought.map(valueOf)).toEqual([[expect.closeTo(0.6, 12), 2], [expect.closeTo(0.6, 12), 1]]); // prettier-ignore
    expect(result.perToGo.map(({ name, toGo }) => [name, toGo])).toEqual([['2 to go', 2], ['3 to go', 3]]); // prettier-ignore
    expect(result.perToGo.map(valueOf)).toEqual([[expect.closeTo(0.65, 12), 2], [expect.closeTo(0.5, 12), 1]]); // prettier-ignore
  });

  it('does not depend on the order of items', () => {
    const { pooled } = readPropagation([...OBSERVATIONS].reverse(), options);
    expect(pooled.edits[0].fall.edited.value).toBeCloseTo(0.1, 12);
  });

  it('reads nothing out of nothing', () => {
    const nothing = readPropagation([], options);
    expect(nothing).toMatchObject({ items: 0, perThought: [], perToGo: [], pooled: { edits: [] } });
    expect(formatPropagation(nothing)).not.toMatch(/NaN|undefined/);
  });
});

it('formatPropagation has the numbers with n', () => {
  const text = formatPropagation(readPropagation(OBSERVATIONS, options));
  expect(text).toMatch(
    /^removed, on the way +children, t \+ 1 +2 +\.800 \[-\] +\.625 \[-\] +-\.175 \[-\] +-\.100 \[-\] +1 +-\.250 \[-\]$/m,
  );
  expect(text).toMatch(/^removed, on the way +2 +\.100 \[-\] +\.100 \[-\] +1 +\.250 \[-\]$/m);
  expect(text).toMatch(/^t = 2 +\.800 > \.600 \(1\)$/m);
  expect(text).toMatch(/^3 to go +1\.00 > \.500 \(1\)$/m);
});
