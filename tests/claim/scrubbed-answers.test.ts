import { describe, expect, it } from 'vitest';
import {
  layerAt,
  PLAIN,
  thoughtsNeeded,
  type Alignment,
  type CrossFittedAlignment,
} from '../../src/claim/alignment.js';
import { beamHolds, BEAMS } from '../../src/claim/beams.js';
import { scrubbing } from '../../src/claim/predictions/f15-scrubbing.js';
import {
  beamName,
  beyondBeams,
  FOUND_TOO_EARLY,
  inTime,
  tooFew,
  type Scrubbed,
} from '../../src/claim/scrubbed-answers.js';
import type { Threshold } from '../../src/claim/thresholds.js';

const THRESHOLD: Threshold = { direction: 'above', support: 0.7, contradict: 0.25, why: 'made up' };
const WORDS = { name: 'kept', description: 'made up' };
const aligned = (alignment: Alignment): CrossFittedAlignment => ({ of: () => alignment, agreed: alignment });

/** One layer of four, one of which leads on; the widest of the others is of twelve. */
const LAYERS = [
  { size: 4, leading: 1 },
  { size: 4, leading: 1 },
  { size: 12, leading: 2 },
];

/** What is found by a search that was stalled at some layer, with a number of thoughts left. */
type Found = (cell: { layer: number; depth: number; left: number; needed: number }) => number;

/** Graphs with targets at depths 3 and 4, and what their answers are after a donor's thoughts. */
function observed(found: Found, { n = 80, alignment = PLAIN }: { n?: number; alignment?: Alignment } = {}): Scrubbed[] {
  return Array.from({ length: n }, (_, i) => {
    const depth = 3 + (i % 2);
    return {
      graph: `graph ${i}`,
      depth,
      found: Array.from({ length: depth }, (_, t) =>
        [0, 1, 2, 3].map((left) => {
          const [layer, needed] = [layerAt(alignment, t + 1), thoughtsNeeded(alignment, t + 1, depth)];
          return found({ layer, depth, left, needed });
        }),
      ),
      layers: LAYERS.slice(0, depth - 1),
    };
  });
}

/** Estimates by name, of criteria and measures alike. */
function valuesOf(
  observations: readonly Scrubbed[],
  split: (observations: readonly Scrubbed[]) => ReturnType<typeof inTime>,
): Record<string, number | null> {
  const { criteria, measures } = split(observations);
  const graphs = observations.map(({ graph }) => graph);
  return Object.fromEntries(
    [...criteria, ...measures].map(({ name, statistic }) => [name, statistic(graphs).estimate.value]),
  );
}

/** With a thought that has the target in reach the answer is the donor's, in every search; with thoughts too few it is a coin's. */
const searching: Found = ({ layer, depth, left, needed }) => (layer >= depth ? 0 : left < needed ? 0.5 : 1);

describe('inTime', () => {
  const kept = (observations: readonly Scrubbed[], alignment = PLAIN): Record<string, number | null> =>
    valuesOf(observations, (some) => inTime(some, aligned(alignment), WORDS, THRESHOLD));

  it('is 1 for a search, 0 where the answer is lost, -1 where it is the donor’s', () => {
    const all = (value: number): Record<string, number> => ({
      'kept, 1 step to go': value,
      'kept, 2 steps to go': value,
      'kept, 3 steps to go': value,
    });
    expect(kept(observed(searching))).toEqual(all(1));
    expect(kept(observed(() => 0.5))).toEqual(all(0));
    expect(kept(observed(() => 0))).toEqual(all(-1));
  });

  it('looks only at as many thoughts as a search needs, neither more nor fewer', () => {
    expect(kept(observed(({ left, needed }) => (left === needed ? 0.9 : 0)))['kept, 2 steps to go']).toBeCloseTo(
      0.8,
      12,
    );
    // One that has time to start over.
    expect(kept(observed(({ left, needed }) => (left > needed ? 1 : 0.5)))['kept, 1 step to go']).toBe(0);
  });

  it('tells thoughts by what is still to go, and leaves out those that have the target in reach', () => {
    const values = kept(observed((cell) => (cell.needed === 1 ? 0.5 : searching(cell))));
    expect(values).toEqual({ 'kept, 1 step to go': 0, 'kept, 2 steps to go': 1, 'kept, 3 steps to go': 1 });
  });

  it.each([
    { ...PLAIN, offset: 1 },
    { ...PLAIN, stride: 2, offset: -1 },
    { ...PLAIN, lastSteps: 1 },
    { ...PLAIN, stride: 0.5, offset: 0.5 },
  ])('goes by the alignment: stride $stride, offset $offset, $lastSteps last steps', (alignment) => {
    const observations = observed(searching, { alignment });
    expect(kept(observations, alignment)['kept, 1 step to go']).toBe(1);
  });

  it('misjudges by another alignment', () => {
    // Taken for one that is a step behind, it seems to lose its answer at the last.
    const ahead = observed(searching, { alignment: { ...PLAIN, offset: 1 } });
    expect(kept(ahead, PLAIN)['kept, 1 step to go']).toBe(-1);
  });

  it('asks of a number of steps only where there are 30 graphs, but always of one', () => {
    const split = (n: number): [string[], string[]] => {
      const { criteria, measures } = inTime(observed(searching, { n }), aligned(PLAIN), WORDS, THRESHOLD);
      return [criteria.map(({ name }) => name), measures.map(({ name }) => name)];
    };
    const [one, two, three] = ['kept, 1 step to go', 'kept, 2 steps to go', 'kept, 3 steps to go'];
    // Half of them have targets at depth 4, and so three to go.
    expect(split(80)).toEqual([[one, two, three], []]);
    expect(split(58)).toEqual([[one, two], [three]]);
    expect(split(20)).toEqual([[one], [two, three]]);
    expect(split(0)).toEqual([[one], []]);
  });
});

describe('tooFew', () => {
  const early = (observations: readonly Scrubbed[], alignment = PLAIN): number | null => {
    const { statistic } = tooFew(observations, aligned(alignment), WORDS, THRESHOLD);
    return statistic(observations.map(({ graph }) => graph)).estimate.value;
  };

  it('is 0 for a search, and 1 where the answer does not wait for the thoughts', () => {
    expect(early(observed(searching))).toBe(0);
    expect(early(observed(() => 1))).toBe(1);
    expect(early(observed(() => 0))).toBe(-1);
  });

  it('looks at one thought fewer than a search needs, or at two where a step takes two', () => {
    const just = ({ left, needed }: Parameters<Found>[0]): number => (left === needed - 1 ? 0.9 : 0);
    expect(early(observed(just))).toBeCloseTo(0.8, 12);
    const slow = { ...PLAIN, stride: 0.5 };
    const two = observed(({ left, needed }) => (left === needed - 2 ? 0.9 : 0), { alignment: slow });
    expect(early(two, slow)).toBeCloseTo(0.8, 12);
  });

  it('counts what the answering pass does itself', () => {
    const alignment = { ...PLAIN, lastSteps: 1 };
    const observations = observed(searching, { alignment });
    expect(early(observations, alignment)).toBe(0);
    expect(early(observations)).toBe(1);
  });
});

/** A beam that knows the way, and finds the answer as often as it holds a node that leads there. */
const beamOf =
  (width: number): Found =>
  ({ layer, depth }) =>
    layer >= depth ? 0 : 0.5 + beamHolds(width, LAYERS[layer - 1]) / 2;

describe('beyondBeams', () => {
  const beyond = (observations: readonly Scrubbed[], alignment = PLAIN): Record<string, number | null> =>
    valuesOf(observations, (some) => beyondBeams(some, aligned(alignment), THRESHOLD));

  it('is 1 for a search, of every width that a layer can tell', () => {
    expect(beyond(observed(searching))).toEqual(
      Object.fromEntries(BEAMS.map((width) => [beamName(width), expect.closeTo(1, 12)])),
    );
  });

  it.each(BEAMS)('is 0 for a beam of %i that knows the way, and less for wider ones', (width) => {
    const beam = observed(beamOf(width));
    const values = beyond(beam);
    expect(values[beamName(width)]).toBeCloseTo(0, 12);
    for (const other of BEAMS) {
      const value = values[beamName(other)];
      if (other > width) expect(value).toBeLessThan(0);
      if (other < width) expect(value).toBeGreaterThan(0);
    }
  });

  it('is -1 for an answer that follows the donor', () => {
    expect(beyond(observed(() => 0))['more than one path']).toBeCloseTo(-1, 12);
  });

  it("has the interval of the share that is found, and that test's p: 38 of 40, of a layer of four", () => {
    const some = Array.from({ length: 40 }, (_, i): Scrubbed => {
      return { graph: String(i), depth: 2, layers: [{ size: 4, leading: 1 }], found: [[0.5, Number(i < 38)], [0.5]] };
    });
    const { criteria, measures } = beyondBeams(some, aligned(PLAIN), THRESHOLD);
    const spec = [...criteria, ...measures].find(({ name }) => name === beamName(3));
    const found = spec?.statistic(some.map(({ graph }) => graph));
    // A beam of three holds it in two of three cases and finds it in 5/6. Wilson's interval of 38 of 40 is .8349612 to .9861793.
    expect(found?.estimate).toMatchObject({
      value: expect.closeTo(0.7, 12) as number,
      low: expect.closeTo(6 * 0.8349612 - 5, 5) as number,
      high: expect.closeTo(6 * 0.9861793 - 5, 5) as number,
    });
    // z = (38 / 40 - 5 / 6) / sqrt(5 / 36 / 40).
    expect(found?.p(0, 'above')).toBeCloseTo(0.0238574, 6);
  });

  it('looks only at layers before the target that such a beam cannot hold', () => {
    const small = observed(searching).map((one) => ({
      ...one,
      layers: one.layers.map(() => ({ size: 3, leading: 1 })),
    }));
    const estimates = valuesOf(small, (some) => beyondBeams(some, aligned(PLAIN), THRESHOLD));
    // Of three nodes a beam of three holds all; one of two holds one of the two others.
    expect(estimates).toEqual({ [beamName(1)]: 1, [beamName(2)]: 1, [beamName(3)]: null, [beamName(5)]: null });
    // The same thoughts, taken to have come a layer further: the last before the target is out.
    const alignment = { ...PLAIN, offset: 1 };
    expect(beyond(observed(searching, { alignment }), alignment)[beamName(1)]).toBeCloseTo(1, 12);
  });

  it('asks for beams of up to three, whether or not items can tell, and only measures wider ones', () => {
    const { criteria, measures } = beyondBeams(observed(searching), aligned(PLAIN), THRESHOLD);
    expect(criteria.map(({ name }) => name)).toEqual([1, 2, 3].map(beamName));
    expect(measures.map(({ name }) => name)).toEqual([beamName(5)]);
  });
});

describe('F15', () => {
  const judged = (found: Found): ReturnType<typeof scrubbing.judge> =>
    scrubbing.judge(observed(found), { alignment: aligned(PLAIN) }, []);

  it('supports a search, and contradicts an answer that is carried or lost', () => {
    expect(judged(searching).verdict).toBe('supports');
    expect(judged(() => 0).verdict).toBe('contradicts');
    expect(judged(() => 0.5).verdict).toBe('contradicts');
  });

  it('contradicts an answer that is there with too few thoughts', () => {
    const { verdict, reason } = judged(({ layer, depth }) => Number(layer < depth));
    expect(verdict).toBe('contradicts');
    expect(reason).toContain(FOUND_TOO_EARLY);
  });

  it('does not support a beam of two', () => {
    const { verdict, criteria } = judged((cell) => (cell.left < cell.needed ? 0.5 : beamOf(2)(cell)));
    expect(verdict).not.toBe('supports');
    expect(criteria.find(({ name }) => name === beamName(2))?.verdict).not.toBe('supports');
  });
});
