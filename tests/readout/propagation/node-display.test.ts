import { describe, expect, it } from 'vitest';
import { headRow } from '../../../src/intervention/index.js';
import { CONSTRUCTED, createCoconut } from '../../../src/model/index.js';
import { NodeDisplay } from '../../../src/readout/propagation/node-display.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { fixtureModel } from '../fixture-models.js';
import { itemOf } from '../records.js';

const item = itemOf(5, [[0, 1], [1, 2], [3, 4]], { target: 2, decoy: 4 }); // prettier-ignore

describe('a model whose node rows are orthogonal', () => {
  const model = createCoconut(CONSTRUCTED.bfs.build());
  const display = new NodeDisplay(model, symbolicWording);
  const rows = item.names.map((_, node) => headRow(model, symbolicWording.nodeToken(item, node)));
  const squared = rows[0].reduce((sum, x) => sum + x * x, 0);
  /** Two of the first node's row, three of the second's. */
  const thought = rows[0].map((x, j) => 2 * x + 3 * rows[1][j]);

  it('reads logits', () => {
    const shares = [...display.logits(item, thought)].map((logit) => logit / squared);
    [2, 3, 0, 0, 0].forEach((share, node) => {
      expect(shares[node]).toBeCloseTo(share, 4);
    });
  });

  it('makes a tie of what rounding sets apart', () => {
    const shaken = thought.map((x, j) => x + 1e-6 * rows[3][j]);
    const logits = display.logits(item, shaken);
    expect(logits[3]).toBe(logits[2]);
    expect(display.logits(item, new Float64Array(thought.length))).toEqual(new Float64Array(5));
  });

  it('removes a node by its own row alone', () => {
    const change = display.changeTo(item, thought, [1], 0) ?? [];
    rows[1].forEach((x, j) => {
      expect(change[j]).toBeCloseTo(-3 * x, 6);
    });
  });

  it('has no change for nodes that share a token, and none of no nodes', () => {
    const same = new NodeDisplay(model, { ...symbolicWording, nodeToken: () => 5 });
    expect(same.changeTo(item, thought, [1], 0)).toBeUndefined();
    expect(display.changeTo(item, thought, [], 0)).toBeUndefined();
  });
});

describe('a trained model', async () => {
  const model = await fixtureModel('prosqa-small-coconut');
  const display = new NodeDisplay(model, symbolicWording);
  const thought = Float64Array.from({ length: model.config.nEmbd }, (_, j) => Math.sin(3 * j));

  it.each([[[1]], [[0, 2, 3]], [[0, 1, 2, 3, 4]]])('gives %j a logit, and leaves the others theirs', (nodes) => {
    const before = display.logits(item, thought);
    const change = display.changeTo(item, thought, nodes, 1.5) ?? new Float64Array();
    const after = display.logits(
      item,
      thought.map((x, j) => x + change[j]),
    );
    const step = 2e-5 * Math.max(...before.map(Math.abs), 1.5);
    after.forEach((logit, node) => {
      expect(Math.abs(logit - (nodes.includes(node) ? 1.5 : before[node]))).toBeLessThan(step);
    });
    // The smallest such change is a combination of rows: what a direction outside their span would add is length alone.
    const again = display.changeTo(
      item,
      thought.map((x, j) => x + change[j]),
      nodes,
      1.5,
    );
    expect(Math.hypot(...(again ?? [NaN]))).toBeLessThan(1e-6);
  });
});
