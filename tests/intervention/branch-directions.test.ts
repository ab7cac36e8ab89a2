import { afterAll, describe, expect, it } from 'vitest';
import { itemGraph, randomItems, type Item } from '../../src/dataset/index.js';
import { breadthFirstDepths, reachableWithin } from '../../src/graph/index.js';
import {
  branchDirections,
  orthonormalBasis,
  otherNodes,
  queryKeyDirection,
  removeDirections,
  unitDirection,
  type DirectionSource,
} from '../../src/intervention/index.js';
import { createCoconut, type ReplaceThought } from '../../src/model/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { constructedBfs } from '../../src/model/constructed/index.js';
import { createRandom } from '../../src/random.js';
import { randomTensors, tinyConfig } from '../model/tiny.js';

const items = randomItems(createRandom('branches'), 6);
const bfs = createCoconut(constructedBfs());
afterAll(() => bfs.dispose());

/** Layer 0 brings an edge's source to its target in head 0; layer 1 looks for sources in head 0. */
const EXPANSION = { layer: 1, head: 0, carrier: { layer: 0, head: 0 } };

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe('queryKeyDirection', () => {
  it.each([0, 1])(
    'is the part of attention scores that holds both thought and token, layer 0 head %i',
    async (head) => {
      // Without biases that part is all of a score; between two tokens at one position the rest cancels.
      const config = tinyConfig({ nHead: 2 });
      const tensors = randomTensors(config, 3);
      for (const name of ['h.0.ln_1.bias', 'h.0.attn.c_attn.bias']) tensors[name].data.fill(0);
      const model = createCoconut({ config, tensors });
      const d = config.nEmbd;
      const at = 2;
      const bilinear = async (token: number): Promise<{ score: number; x: Float32Array }> => {
        const trace = await model.runWithTrace([[5, 9, token, 4]], {
          thoughts: 1,
          activations: /blocks\.0\.(hook_resid_pre|attn\.hook_attn_scores)$/,
          replaceThought: () => ({
            data: Float32Array.from({ length: d }, (_, i) => Math.sin(3 * i)),
            shape: [1, d],
            dtype: 'float32',
          }),
        });
        const of = (pass: number, name: string): Float32Array =>
          trace.activations.get(`pass.${pass}.blocks.0.${name}`)?.data as Float32Array;
        const x = of(1, 'hook_resid_pre');
        const y = of(0, 'hook_resid_pre').subarray(at * d, (at + 1) * d);
        const sigma = (v: Float32Array): number => {
          const mean = v.reduce((sum, a) => sum + a, 0) / d;
          return Math.sqrt(v.reduce((sum, a) => sum + (a - mean) ** 2, 0) / d + config.layerNormEpsilon);
        };
        // [1, heads, 1, 5 keys]
        return { score: of(1, 'attn.hook_attn_scores')[head * 5 + at] * sigma(x) * sigma(y) * Math.sqrt(d / 2), x };
      };
      const [a, b] = [await bilinear(7), await bilinear(11)];
      const direction = (token: number): Float64Array => queryKeyDirection(model, token, { layer: 0, head });
      const expected = dot(a.x, direction(7)) - dot(a.x, direction(11));
      expect(Math.abs(expected)).toBeGreaterThan(1);
      // float32 sums of 16 products of numbers about 1.
      expect(Math.abs(a.score - b.score - expected)).toBeLessThan(1e-4 * Math.abs(expected));
      // LayerNorm sees nothing of a shift of all dimensions, so no query matches by it.
      expect(Math.abs(direction(7).reduce((sum, v) => sum + v, 0))).toBeLessThan(1e-9);
      model.dispose();
    },
  );

  it('through the head that copies sources is the node itself in constructed-bfs', () => {
    const nodes = [0, 7, 30];
    for (const node of nodes) {
      const direction = queryKeyDirection(bfs, node, EXPANSION);
      for (const other of nodes) {
        const embedding = bfs.weights.tensors['wte.weight'].data.subarray(
          other * bfs.config.nEmbd,
          (other + 1) * bfs.config.nEmbd,
        );
        expect(cosine(direction, embedding)).toBeCloseTo(node === other ? 1 : 0, 6);
      }
    }
    // The node's own token is no edge's target: without the carrier nothing matches; nor through another head.
    expect(dot(queryKeyDirection(bfs, 7, { layer: 1, head: 0 }), queryKeyDirection(bfs, 7, EXPANSION))).toBe(0);
    const wrong = queryKeyDirection(bfs, 7, { ...EXPANSION, carrier: { layer: 0, head: 1 } });
    expect(dot(wrong, wrong)).toBe(0);
  });

  it('refuses heads and tokens that do not exist', () => {
    expect(() => queryKeyDirection(bfs, 7, { layer: 2, head: 0 })).toThrow(
      'head: no head 0 in layer 2 (2 layers with 6 heads); count both from 0',
    );
    expect(() => queryKeyDirection(bfs, 7, { layer: 1, head: 0, carrier: { layer: 0, head: 6 } })).toThrow(/no head 6/);
    expect(() => queryKeyDirection(bfs, 7, { layer: 1, head: 0, carrier: { layer: 1, head: 1 } })).toThrow(
      /carrier: not of an earlier layer \(1, for a head of layer 1\)/,
    );
    expect(() => queryKeyDirection(bfs, 99, EXPANSION)).toThrow(/token: outside the model's vocabulary \(99/);
  });
});

describe('branchDirections', () => {
  it('gives rows of the LM head, of a token or of a probe', () => {
    const config = tinyConfig({ vocabSize: 40, tieWordEmbeddings: false });
    const tensors = randomTensors(config, 1);
    const model = createCoconut({ config, tensors });
    const [item] = items;
    const d = config.nEmbd;
    const [direction] = branchDirections(model, { kind: 'embedding' }, symbolicWording, item, [3]);
    expect(Array.from(direction)).toEqual(Array.from(tensors['lm_head.weight'].data.subarray(3 * d, 4 * d)));
    const matrix = {
      data: Float32Array.from({ length: 5 * d }, (_, i) => i),
      shape: [5, d],
      dtype: 'float32',
    } as const;
    const probe = { kind: 'probe', matrix } as const;
    const start = (source: DirectionSource, nodes: number[]): number[] =>
      branchDirections(model, source, symbolicWording, item, nodes).map(([first]) => first);
    expect(start(probe, [4, 0])).toEqual([4 * d, 0]);
    expect(start({ ...probe, row: (of, node) => (of === item ? node - 2 : -1) }, [4, 3])).toEqual([2 * d, d]);
    expect(() => start(probe, [5])).toThrow(/probe: no such row \(5 of 5\)/);
    const narrow = { ...matrix, shape: [5 * d, 1] };
    expect(() => start({ kind: 'probe', matrix: narrow }, [0])).toThrow(/give float32 \[n, 16\]/);
    model.dispose();
  });

  it.each([
    ['embedding', { kind: 'embedding' }],
    ['queryKey', { kind: 'queryKey', ...EXPANSION }],
  ] as const)('removed from a thought of constructed-bfs end the search from the node, %s', async (_, source) => {
    const run = await bfs.run(
      items.map((item) => symbolicWording.prompt(item)),
      { thoughts: 2, thoughtLogits: true },
    );
    // A successor of the root is removed from thought 1, and with it whatever only it leads to in one step.
    const branches = items.map((item) => branchOf(item));
    const replace =
      (bases: Parameters<typeof removeDirections>[1]): ReplaceThought =>
      ({ index, computed }) =>
        index === 1 ? removeDirections(computed, bases) : undefined;
    const basis = (item: Item, nodes: readonly number[]): Float64Array[] =>
      orthonormalBasis(branchDirections(bfs, source, symbolicWording, item, nodes));
    const held = async (replaceThought: ReplaceThought): Promise<number[][]> => {
      const { thoughtLogits } = await run.rethink({ thoughts: 2, thoughtLogits: true, replaceThought });
      return items.map(({ names }, row) => members(thoughtLogits, row, names.length));
    };
    const without = await held(replace(items.map((item, i) => basis(item, [branches[i]]))));
    const random = createRandom('others');
    const others = await held(
      replace(
        items.map((item) => basis(item, otherNodes(random, item, reachableWithin(itemGraph(item), item.root, 1), 1))),
      ),
    );
    items.forEach((item, i) => {
      const all = [...reachableWithin(itemGraph(item), item.root, 2)].sort((a, b) => a - b);
      const left = { ...item, edges: item.edges.filter(([s, t]) => s !== branches[i] && t !== branches[i]) };
      const expected = [...reachableWithin(itemGraph(left), item.root, 2)];
      expect(without[i].filter((node) => node !== branches[i])).toEqual(expected.sort((a, b) => a - b));
      expect(without[i].length).toBeLessThan(all.length);
      // The root, which thought 1 still holds, finds the node again.
      expect(without[i]).toContain(branches[i]);
      // Nodes that the thought does not hold: nothing to remove.
      expect(others[i]).toEqual(all);
    });
  });

  it('draws other nodes', () => {
    const [item] = items;
    const nodes = otherNodes(createRandom(1), item, [0, 1, 2]);
    expect(new Set(nodes).size).toBe(3);
    expect(nodes.some((node) => [0, 1, 2].includes(node) || node >= item.names.length)).toBe(false);
    expect(otherNodes(createRandom(1), item, [0], item.names.length - 1)).toHaveLength(item.names.length - 1);
    expect(() => otherNodes(createRandom(1), item, [0], item.names.length)).toThrow(
      /other nodes asked for, but item 0/,
    );
    expect(Array.from(unitDirection([3, 4]))).toEqual([0.6, 0.8]);
  });
});

/** A successor of the root from which something new is reached. */
function branchOf(item: Item): number {
  const depths = breadthFirstDepths(itemGraph(item), item.root);
  const found = item.edges.find(([s, t]) => depths[s] === 1 && depths[t] === 2);
  if (found === undefined) throw new Error('no branch');
  return found[0];
}

/** The nodes in thought 2, by its logits. */
function members(
  logits: { data: ArrayLike<number>; shape: readonly number[] } | undefined,
  row: number,
  n: number,
): number[] {
  if (logits === undefined) throw new Error('no logits');
  const start = (row * 2 + 1) * logits.shape[2];
  const values = Array.from({ length: n }, (_, node) => logits.data[start + node]);
  const highest = Math.max(...values);
  return values.flatMap((value, node) => (value > highest / 2 ? [node] : []));
}
