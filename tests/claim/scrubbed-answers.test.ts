import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Batch } from '../../src/claim/batch.js';
import { layersTowards } from '../../src/claim/beams.js';
import { drawBatteryItems } from '../../src/claim/index.js';
import { ownStalled, sameLayers, scrubEach, type Scrubbed } from '../../src/claim/scrubbed-answers.js';
import { twinsOf } from '../../src/claim/twins.js';
import { itemSearch } from '../../src/dataset/index.js';
import { CONSTRUCTED, createCoconut, type Coconut } from '../../src/model/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';

const ITEMS = drawBatteryItems(53, 12, { nodes: 14, maxDepth: 4, depthGap: 1 });
const K = 4;

/** Thought t, and n that are left: expects what is said of them, and says of how many it was. */
function eachCell(found: Scrubbed['stalled'], expected: (t: number, left: number) => number | undefined): number {
  let count = 0;
  found.forEach((after, i) =>
    after.forEach((share, left) => {
      const wanted = expected(i + 1, left);
      if (wanted === undefined) return;
      expect(share, `thought ${i + 1}, ${left} left`).toBe(wanted);
      count++;
    }),
  );
  return count;
}

describe('constructed-bfs', () => {
  let model: Coconut;
  let batch: Batch;
  let found: Awaited<ReturnType<typeof sameLayers>>;

  beforeAll(async () => {
    model = createCoconut(CONSTRUCTED.bfs.build());
    batch = new Batch({
      model,
      wording: symbolicWording,
      items: ITEMS,
      thoughts: K,
      depths: { least: 3, greatest: 4 },
      seed: 1,
      pool: { items: [], thoughts: { shape: [0, K, 0], dtype: 'float32', data: new Float32Array(0) } },
      criteriaOnly: true,
    });
    found = await sameLayers(batch);
  });
  afterAll(() => model.dispose());

  it.each(['stalled', 'atOnce'] as const)('goes on with searches of the same layers: %s', (way) => {
    let count = 0;
    for (const { scrubbed } of found) {
      const { depth } = scrubbed;
      expect(scrubbed[way].map((after) => after.length)).toEqual([4, 3, 2, 1].slice(0, depth));
      // With thoughts enough the own target is found; with fewer a coin decides. A thought that has the donor's target in reach
      // answers with that, and with one more thought holds both.
      const right = (t: number, left: number): number | undefined => (t + left >= depth ? 1 : undefined);
      const last = (left: number): number | undefined => (left === 0 ? 0 : undefined);
      count += eachCell(scrubbed[way], (t, left) => (t >= depth ? last(left) : right(t, left)));
    }
    expect(found.length).toBeGreaterThan(5);
    // Of a target at 3: after thought 1 with 2 or 3 left, after 2 with 1 or 2, after 3 with none. At 4: with 3, 2, 1 and none.
    expect(count).toBe(found.reduce((sum, { scrubbed }) => sum + (scrubbed.depth === 3 ? 5 : 4), 0));
  });

  it('knows the item’s own answers, depth and layers', () => {
    for (const { row, scrubbed } of found) {
      const search = itemSearch(ITEMS[row]);
      expect(scrubbed).toMatchObject({ graph: search.key, depth: search.depth, ownDepth: search.depth });
      expect(scrubbed.layers).toEqual(layersTowards(search));
      expect(scrubbed.own).toHaveLength(K + 1);
      // Right as soon as the thoughts reach it; before that a coin decides.
      expect(scrubbed.own.slice(search.depth)).toEqual(new Array<number>(K + 1 - search.depth).fill(1));
    }
  });

  it('finds its own target after its own stalled search, with thoughts enough, and its twin’s likewise', async () => {
    const held = await ownStalled(batch);
    const twins = await twinsOf(batch);
    expect([...held.keys()]).toEqual([...ITEMS.keys()]);
    let pairs = 0;
    for (const [row, asked] of held) {
      const twin = twins?.items[twins.rows.indexOf(row)];
      const questions = [ITEMS[row], ...(twin === undefined ? [] : [twin])];
      expect(asked.map(({ depth }) => depth)).toEqual(questions.map((item) => itemSearch(item).depth));
      for (const { depth, found: own } of asked)
        expect(
          eachCell(own, (t, left) => (t + left >= depth ? 1 : undefined)),
          ITEMS[row].id,
        ).toBeGreaterThan(3);
      // Before anything is in reach the two are guesses between the same candidates: one of them is right, or both are ties.
      if (asked.length < 2 || asked[1].depth < 2) continue;
      expect(asked[0].found[0][0] + asked[1].found[0][0]).toBe(1);
      pairs++;
    }
    expect(pairs).toBeGreaterThan(3);
  });

  it('is seen stalled by whoever asks, and puts in only what the model answers rightly', async () => {
    const seen: string[] = [];
    const questions = [found[0], found[1]].map(({ row }) => ({ row, question: ITEMS[row] }));
    const again = await scrubEach(batch, 'same layers', questions, ({ thought, left, run }, chosen) => {
      seen.push(`${thought} ${left}`);
      expect(chosen.map(({ row }) => row)).toEqual(questions.map(({ row }) => row));
      expect(run.logitsOfThoughts(0)).toHaveLength(K);
    });
    expect(again).toEqual(found.slice(0, 2));
    expect(seen.slice(0, 5)).toEqual(['1 0', '1 1', '1 2', '1 3', '2 0']);
    expect(await scrubEach(batch, 'none', [])).toEqual([]);
  });
});
