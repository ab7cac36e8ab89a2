import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as dataset from '../../src/dataset/index.js';
import type { Item } from '../../src/dataset/index.js';
import { createRandom, open } from '../../src/index.js';
import { ROOT } from '../docs/pages.js';

interface Row {
  readonly model: string;
  readonly weights: string;
  readonly date: string;
  readonly set: 'full' | 'small';
}

const load = async (file: string): Promise<unknown> =>
  import(new URL(`../../scripts/sealed/${file}`, import.meta.url).href);
const library = { open, createRandom, dataset };
type Library = typeof library;

const { sealedItems, variantsOf } = (await load('items.mjs')) as {
  readonly sealedItems: (library: Pick<Library, 'createRandom' | 'dataset'>, set: string) => Item[];
  readonly variantsOf: (
    library: Pick<Library, 'createRandom' | 'dataset'>,
    items: readonly Item[],
  ) => { readonly numbered: Item[][]; readonly swapped: Item[]; readonly reordered: Item[] };
};
const { askSealed, readTable, weightsOf, TABLE } = (await load('ask.mjs')) as {
  readonly askSealed: (library: Library, folder: string, set: string, table?: string) => Promise<Row>;
  readonly readTable: (table: string) => Promise<Row[]>;
  readonly weightsOf: (folder: string) => Promise<string>;
  readonly TABLE: string;
};

const modelFolder = (name: string): string => join(ROOT, 'fixtures/models', name);
const sha256 = (items: readonly Item[]): string =>
  createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 16);

describe('the sealed items', () => {
  it.each([
    ['full', [3, 4, 5, 6], '081f6163f7c9b927'],
    ['small', [3, 4], '43e853b842ceb57c'],
  ] as const)('%s: 250 at each depth, the same for ever', (set, depths, hash) => {
    const items = sealedItems(library, set);
    expect(items.map((item) => dataset.itemSearch(item).depth)).toEqual(
      depths.flatMap((depth) => new Array<number>(250).fill(depth)),
    );
    const { numbered, swapped, reordered } = variantsOf(library, items);
    expect(sha256([...numbered.flat(), ...swapped, ...reordered])).toBe(hash);
  });
});

describe('the sealed table', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sealed-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has a row for each set of weights, and those of a model that is here by its name', async () => {
    const rows = await readTable(TABLE);
    const keys = rows.map(({ set, weights }) => `${set} ${weights}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { model } of rows) {
      if (!existsSync(modelFolder(model))) continue;
      const last = rows.findLast((row) => row.model === model);
      expect(last?.weights, model).toBe(await weightsOf(modelFolder(model)));
    }
  });

  it('gets the same row anew, and no second one', async () => {
    const row = (await readTable(TABLE)).findLast(({ model }) => model === 'prosqa-small-coconut-bfs');
    const table = join(folder, 'sealed.jsonl');
    const asked = await askSealed(library, modelFolder('prosqa-small-coconut-bfs'), 'small', table);
    expect({ ...asked, date: row?.date }).toEqual(row);
    expect(await readTable(table)).toEqual([asked]);
    await expect(askSealed(library, modelFolder('prosqa-small-coconut-bfs'), 'small', table)).rejects.toThrow(
      'has been asked the small items; its row stands in',
    );
    expect(await readTable(table)).toHaveLength(1);
  });
});
