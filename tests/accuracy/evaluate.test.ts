import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeGpt2 } from '../../src/checkpoint/index.js';
import { formatItems } from '../../src/dataset/index.js';
import { wilson } from '../../src/statistics/index.js';
import { constructedBfs } from '../../src/model/constructed/index.js';
import { cli, temporaryFolder, testItems, workbench } from '../cli/support.js';

const GRAPHS = 3;
const COPIES = 4;

describe('evaluate on items that share graphs', () => {
  it('rests its intervals on the graphs, and says so', async () => {
    const { model, folder } = await workbench(1);
    const items = join(folder, 'shared.json');
    const copies = Array.from({ length: COPIES }, () => testItems(GRAPHS)).flat();
    writeFileSync(items, formatItems(copies.map((item, i) => ({ ...item, id: String(i) }))));
    const argv = ['evaluate', '--model', model, '--items', items, '--thoughts', '6'];
    const { stdout } = await cli(argv);
    expect(stdout).toContain(`on ${GRAPHS * COPIES} items (${GRAPHS} graphs) of`);
    expect(stdout).toContain('[low, high]: 95 % Wilson intervals at the effective sample size over graphs\n');
    expect(stdout).toMatch(/depth \d \(n = \d+, \d graphs?\)/);

    const json = JSON.parse((await cli([...argv, '--json'])).stdout) as {
      interval: string;
      items: object;
      results: { candidates: { value: number; low: number; n: number; clusters: number } }[];
    };
    expect(json.interval).toContain('effective sample size over graphs');
    expect(json.items).toMatchObject({ count: GRAPHS * COPIES, graphs: GRAPHS });
    const [{ candidates }] = json.results;
    expect(candidates).toMatchObject({ value: 1, n: GRAPHS * COPIES, clusters: GRAPHS });
    // All right: no more certain than as many independent questions as there are graphs.
    expect(candidates.low).toBeLessThan(wilson(GRAPHS, GRAPHS).low);
  });
});

describe('evaluate on a model whose forward pass overflows', () => {
  it('names the item instead of an accuracy', async () => {
    const { items } = await workbench(2);
    const model = join(temporaryFolder(), 'model');
    const { config, tensors } = constructedBfs();
    const { shape, data } = tensors['ln_f.weight'];
    // Finite weights, so that the checkpoint is accepted; their sums are not.
    await writeGpt2(model, {
      config,
      tensors: { ...tensors, 'ln_f.weight': { shape, data: data.map(() => 3e38) } },
    });
    const { code, stdout, stderr } = await cli(['evaluate', '--model', model, '--items', items, '--quiet']);
    expect(stderr).toMatch(
      /^coconut-lens: item 0: logits after 0 thoughts are not finite \((NaN|-?Infinity)\); check the checkpoint: its forward pass overflows on this item\n$/,
    );
    expect([code, stdout]).toEqual([1, '']);
  });
});
