import { describe, expect, it } from 'vitest';
import { formatFrontierTable, readFrontier } from '../../../src/readout/index.js';
import type { ThoughtRecord } from '../../../src/recording/index.js';
import { recordOf } from '../records.js';

const item = {
  id: 'a',
  names: ['root', 'gorpus', 'gwompus', 'zumpus'],
  edges: [
    [0, 1],
    [0, 3],
  ] as const,
  root: 0,
  target: 1,
  decoy: 2,
  candidates: [1, 2] as const,
  path: [0, 1],
};
const options = { seed: 0, resamples: 5 };

/** Values of whole names, .1 .2 .3 .05, though nodes 1 and 2 share their first token. */
function sequenceRecord(): ThoughtRecord {
  const values = [0.1, 0.2, 0.3, 0.05];
  return {
    ...recordOf(item, [[0, 0, 0, 0]], { 2: 1 }),
    sequence: { text: '<|end-latent|>Every', tokens: [50258, 6109] },
    nodeLogits: Float32Array.from(values, Math.log),
    nodeProbabilities: Float32Array.from(values),
    offGraphMass: Float32Array.of(0.35),
  };
}

describe('the scorer of a readout', () => {
  it('firstToken: names the names that share a token, which share its probability', async () => {
    const other = { ...item, id: 'b', names: ['root', 'yimpus', 'gwompus', 'yumpus'] };
    const readout = await readFrontier(
      [recordOf(item, [[0, 1, 1, 0]], { 2: 1 }), recordOf(other, [[0, 2, 0, 2]], { 3: 1 })],
      options,
    );
    expect(readout.scorer).toBe('firstToken');
    // Token 1 names gorpus and gwompus in one graph, yimpus and yumpus in the other.
    expect(readout.collisions).toEqual([['gorpus', 'gwompus', 'yimpus', 'yumpus']]);
    expect(formatFrontierTable(readout)).toMatch(/Not told apart by their first token.*\n {2}gorpus\/gwompus\/yimpus/);
  });

  it('sequence: credits each node with all of its own value and says after what', async () => {
    const readout = await readFrontier([sequenceRecord()], options);
    expect(readout).toMatchObject({
      scorer: 'sequence',
      prefix: 'the question, c thoughts and "<|end-latent|>Every"',
      collisions: [],
    });
    const { frontier, offGraph } = readout.perThought[0].mass;
    // Nodes 1 and 3 are at depth 1: .2 + .05, to the float32 of the values.
    expect(frontier.value).toBeCloseTo(0.25, 6);
    expect(offGraph.value).toBeCloseTo(0.35, 6);
    expect(formatFrontierTable(readout)).toContain('Scorer: sequence. Read: the question, c thoughts and');
    expect(formatFrontierTable(readout)).not.toContain('Not told apart');
  });

  it('refuses records that were read differently', async () => {
    const mixed = [sequenceRecord(), recordOf({ ...item, id: 'b' }, [[0, 0, 0, 0]])];
    await expect(readFrontier(mixed, options)).rejects.toThrow('item b: was read by another scorer');
  });
});
