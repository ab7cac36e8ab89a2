import { describe, expect, it } from 'vitest';
import { itemGraph, randomItems } from '../../../src/dataset/index.js';
import { breadthFirstDepths } from '../../../src/graph/index.js';
import {
  formatAucTable,
  formatFrontierTable,
  formatPublishedTable,
  frontierRows,
  readFrontier,
} from '../../../src/readout/index.js';
import { createRandom } from '../../../src/random.js';
import { itemOf, recordOf } from '../records.js';

const random = createRandom('tables');
const items = randomItems(random, 30);
/** Logits from -40 to 40, so that numbers of every width occur. */
const records = items.map((item) =>
  recordOf(
    item,
    [1, 2, 3, 4, 5, 6].map((thought) =>
      Array.from(
        breadthFirstDepths(itemGraph(item), item.root),
        (depth) => (depth === thought ? 40 : -40) + random.normal(),
      ),
    ),
  ),
);

/** The line of a table whose cells start with these. */
function row(text: string, ...cells: string[]): string[] {
  const rows = text.split('\n').map((line) => line.split(/ {2,}/));
  return rows.find((line) => cells.every((cell, i) => line[i] === cell)) ?? [];
}

describe('the tables', async () => {
  const readout = await readFrontier(records, { seed: 3, resamples: 100 });
  const tables = [formatFrontierTable, formatAucTable, formatPublishedTable].map((format) => format(readout));
  const [frontier, auc, published] = tables;

  it('fit 100 columns', () => {
    for (const line of tables.join('\n').split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
  });

  it('say what was read, how many, and how the intervals were made', () => {
    expect(frontier).toContain('30 items, 30 graphs, 6 thoughts');
    expect(frontier).toContain('Scorer: firstToken.');
    expect(frontier).toContain('95 % bootstrap interval over graphs, 100 resamples, seed 3');
  });

  it('show the numbers of the readout', () => {
    const [first] = readout.perThought;
    const three = (x: number | null): string => (x ?? NaN).toFixed(3).slice(1);
    const { value, low, high } = first.topOne.reachesTarget.rate;
    expect(frontier).toContain(`${three(value)} [${three(low)} ${three(high)}]`);
    expect(frontier).toContain('lowest degree');
    expect(row(auc, 'F_c vs rest', '1', '30')[3]).toBe('1.00 [=]');
    expect(row(published, 'walk frontier', '1', '30')).toHaveLength(8);
  });

  it('shows the top-1 rates each with the items that it rests on', () => {
    const { inFrontier, reachesTarget } = readout.perThought[3].topOne;
    expect(reachesTarget.rate.n).toBeLessThan(inFrontier.rate.n);
    const cells = row(frontier.slice(frontier.indexOf('Top-1')), '4');
    expect([cells[1], cells[4]]).toEqual([inFrontier.rate.n, reachesTarget.rate.n].map(String));
    expect(frontier.match(/rank logits however little/g)).toHaveLength(1);
  });

  it('show n in every row, also where nothing contributes', () => {
    const empty = readout.perThought[5].classes.filter(({ probability }) => probability.n === 0);
    expect(empty.length).toBeGreaterThan(0);
    expect(row(frontier, 'optimal F_c', '6', '0')).toEqual(['optimal F_c', '6', '0', '0', '-', '-', '30', '.000 [=]']); // prettier-ignore
    expect(row(auc, 'F_c vs rest', '6').length).toBe(7);
  });

  it('warn of intervals that are missing or have no width, where there are some', () => {
    expect(auc).toContain('fewer than 10 graphs');
    expect(auc).toContain('[=]: zero width');
    expect(formatAucTable({ ...readout, perThought: [] })).not.toContain('zero width');
  });

  it('have the words of the scorer, at the same width', async () => {
    const sequence = { text: '<|end-latent|>Every', tokens: [50258, 6109] };
    const named = records.map((record) => ({
      ...record,
      sequence,
      nodeLogits: record.nodeProbabilities.map(Math.log),
    }));
    const ofSequence = await readFrontier(named, { seed: 3, resamples: 100 });
    const text = [formatFrontierTable, formatAucTable, formatPublishedTable]
      .map((format) => format(ofSequence))
      .join('\n');
    expect(text).not.toMatch(/logit|LM.head/i);
    expect(text).toContain('Whole names in language after the continuous thoughts: 30 items');
    expect(text).toContain('AUC of log V (chance .500) and mean log V gap inside each graph');
    expect(text.match(/probability +log V +n +mass/g)).toHaveLength(2);
    expect(tables.join('\n')).not.toMatch(/log V|V:/);
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
  });

  it('say so if there is nothing to read', () => {
    expect(formatFrontierTable({ ...readout, perThought: [] })).toBe(
      '30 items without thoughts: there is nothing to read.\n',
    );
  });
});

describe('frontierRows', () => {
  it('names each number by its place in the readout', async () => {
    const readout = await readFrontier(records, { seed: 1, resamples: 1 });
    const grouped = frontierRows(readout).filter(({ group }) => ['mass', 'breadth', 'topOne'].includes(group));
    expect(grouped).toHaveLength(6 * (5 + 6 + 8));
    for (const { thought, group, quantity, ...estimate } of grouped) {
      let place: unknown = readout.perThought[thought - 1];
      for (const key of [group, ...quantity.split('.')]) place = (place as Record<string, unknown>)[key];
      expect(place, `${group}.${quantity}`).toEqual(estimate);
    }
    const [first] = readout.perThought;
    for (const { contrast, withinGraph, pooled, logitGap } of first.auc) {
      const own = frontierRows(readout).filter(({ thought, group }) => thought === 1 && group === contrast);
      expect(own.map(({ quantity, value }) => [quantity, value])).toEqual([
        ['auc', withinGraph.value],
        ['pooledAuc', pooled.value],
        ['logitGap', logitGap.value],
      ]);
    }
    for (const { name, probability, logit, mass, size, tokens } of first.classes) {
      const own = frontierRows(readout).filter(({ thought, group }) => thought === 1 && group === name);
      expect(own.map(({ value }) => value)).toEqual([probability, logit, mass, size, tokens].map(({ value }) => value));
    }
  });

  it('lists every estimate once', async () => {
    const item = itemOf(4, [[0, 1], [2, 3]], { target: 1, decoy: 3 }); // prettier-ignore
    const readout = await readFrontier([recordOf(item, [[0, 0, 0, 0], [0, 0, 0, 0]])], { seed: 1, resamples: 1 }); // prettier-ignore
    const rows = frontierRows(readout);
    // Every object in the readout that has a value is an estimate.
    const estimates = JSON.stringify(readout).match(/"value":/g);
    expect(rows).toHaveLength(estimates?.length ?? 0);
    expect(new Set(rows.map(({ thought, group, quantity }) => `${thought} ${group} ${quantity}`)).size).toBe(
      rows.length,
    );
    expect(rows).toContainEqual({
      thought: 1, group: 'mass', quantity: 'frontier', value: expect.closeTo(1 / 13, 6) as number, low: null, high: null, n: 1, clusters: 1,
    }); // prettier-ignore
    expect(rows).toContainEqual({
      thought: 2, group: 'frontierOptimal', quantity: 'logit', value: null, low: null, high: null, n: 0, clusters: 0,
    }); // prettier-ignore
    expect(rows.map(({ group }) => group)).toContain('published:frontier');
  });
});
