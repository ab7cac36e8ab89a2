import { describe, expect, it } from 'vitest';
import { drawBatteryItems } from '../../../src/claim/index.js';
import { itemSearch, nodesWhere, type Item } from '../../../src/dataset/index.js';
import { UNREACHED } from '../../../src/graph/index.js';
import { isCorrect, patchThoughts, readAnswers } from '../../../src/intervention/index.js';
import { rowAt } from '../../../src/model/index.js';
import type { CoconutRun } from '../../../src/model/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { SEARCHES } from './searches.js';
import { OPPOSITE_CODE, PERMUTED_CODE, PLAIN_CODE } from './set-code.js';
import { setModel } from './set-model.js';

const THOUGHTS = 6;
const ITEMS = drawBatteryItems(32, 40, { depthGap: 1 });
const PROMPTS = ITEMS.map((item) => symbolicWording.prompt(item));

const model = setModel(SEARCHES.bfs, THOUGHTS);
const running = model.run(PROMPTS, { thoughts: THOUGHTS, thoughtLogits: true });

/** The nodes within c edges of the root. */
const within = (item: Item, c: number): number[] =>
  nodesWhere(itemSearch(item).depths, (depth) => depth !== UNREACHED && depth <= c);

/** [k], what the LM head reads of the thoughts of one row. */
const shown = (run: CoconutRun, row: number): number[][] =>
  run.logitsOfThoughts(row).map((logits) => [...logits.keys()].filter((token) => logits[token] > 0));

describe('a set model of breadth-first search', () => {
  it('holds in thought c what lies within c edges of the root', async () => {
    const run = await running;
    ITEMS.forEach((item, row) => {
      expect(shown(run, row), item.id).toEqual([1, 2, 3, 4, 5, 6].map((c) => within(item, c)));
    });
  });

  it('answers with the target as soon as it is reached, before that by a coin', async () => {
    const run = await running;
    for (let c = 0; c <= THOUGHTS; c++) {
      const answers = await readAnswers(run, c, ITEMS, symbolicWording);
      ITEMS.forEach((item, row) => {
        const { target, decoy } = answers[row];
        const what = `${item.id} after ${c}`;
        if (itemSearch(item).depth <= c) expect(target - decoy, what).toBeGreaterThan(19);
        // A logit of .03, in float32.
        else expect(Math.abs(target - decoy), what).toBeCloseTo(0.03, 5);
      });
    }
    const coins = (await readAnswers(run, 0, ITEMS, symbolicWording)).map(isCorrect);
    expect(new Set(coins)).toEqual(new Set([0, 1]));
  });

  it('goes on from a thought that is patched in', async () => {
    const run = await running;
    const rows = [3, 4, 5];
    // From the items after them.
    const donors = rows.map((row) => row + 1);
    const patched = await run.rethink({
      rows,
      thoughts: THOUGHTS,
      from: 2,
      replaceThought: patchThoughts(run.thoughts, [2], donors),
      thoughtLogits: true,
    });
    rows.forEach((row, i) => {
      const [first, second, third] = shown(patched, i);
      const { graph } = itemSearch(ITEMS[row]);
      expect(first).toEqual(within(ITEMS[row], 1));
      expect(second).toEqual(within(ITEMS[donors[i]], 2));
      const expanded = [...second, ...second.flatMap((node) => graph.successors.at(node) ?? [])];
      expect(third).toEqual([...new Set(expanded)].sort((a, b) => a - b));
      expect(third).not.toEqual(within(ITEMS[row], 3));
    });

    // The thought from which it is thought again is computed, as in a Coconut, and may be held.
    const again = await patched.rethink({ thoughts: THOUGHTS, from: 2 });
    expect(again.thoughts).toEqual(run.rows(rows).thoughts);
    const held = await patched.rethink({ thoughts: THOUGHTS, from: 2, holdUntil: 3 });
    expect(rowAt(held.thoughts, 0, 2)).toEqual(rowAt(held.thoughts, 0, 1));
    expect(rowAt(held.thoughts, 0, 3)).not.toEqual(rowAt(held.thoughts, 0, 1));
    const afresh = await patched.rethink({ thoughts: THOUGHTS, from: 1 });
    expect(afresh.thoughts).toEqual(run.rows(rows).thoughts);
  });

  it('says so where it is asked for what it has not', async () => {
    const run = await running;
    expect(() => run.rollout).toThrow('run of a set model: has no rollout');
    expect(() => run.score(1, [])).toThrow('run of a set model: has no score');
    expect(() => model.dispose()).toThrow('set model: has no dispose');
    expect(() => model.weights.tensors['h.0.ln_1.weight']).toThrow('weights of a set model: has no h.0.ln_1.weight');
    expect(() => model.stoppedBy(AbortSignal.abort())).toThrow('set model: cannot be stopped');
    await expect(run.nextTokenLogits(1)).rejects.toThrow('set model: answers after [A] alone');
    await expect(model.run([[1, 2, 3]], { thoughts: 1 })).rejects.toThrow('set model: not a symbolic prompt');
  });
});

describe('a code', () => {
  it.each([
    ['plain', PLAIN_CODE],
    ['opposite', OPPOSITE_CODE],
    ['permuted', PERMUTED_CODE],
  ])('%s: reads what it has written', (_, code) => {
    const all = Array.from({ length: 31 }, (_, node) => node);
    for (let count = 0; count <= all.length; count++) {
      const nodes = new Set(all.slice(0, count));
      expect(code.read(code.write(nodes))).toEqual(nodes);
    }
    expect(code.read(new Float32Array(40))).toEqual(new Set());
  });
});
