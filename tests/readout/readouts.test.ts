import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readoutRows, READOUTS, type Readout } from '../../src/readout/index.js';
import { readThoughts } from '../../src/recording/index.js';
import { useEngine } from '../../src/tensor/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { fixtureModel, smallItems } from './fixture-models.js';

const docs = readFileSync(fileURLToPath(new URL('../../docs/readouts.md', import.meta.url)), 'utf8');
const LOADERS = Object.entries<() => Promise<{ readonly readout: Readout }>>(READOUTS);
const options = { seed: 1, resamples: 100 };

describe.each(LOADERS)('readout %s', async (name, load) => {
  await useEngine('onnxruntime');
  const { readout } = await load();
  const model = await fixtureModel('prosqa-small-coconut');
  afterAll(() => {
    model.dispose();
  });
  const items = smallItems(12);
  const wording = symbolicWording;
  const thoughts = 2;
  const reading = readout.begin();
  for (const observation of await readout.observe(model, items, wording, { thoughts })) reading.add(observation);
  const result = reading.finish(options);

  it('says what it is, where it is from and what it cannot show', () => {
    expect(readout.name).toBe(name);
    expect(result).toMatchObject({ kind: name, version: 1, items: 12, bootstrap: options });
    expect(readout.title).toMatch(/^[^\n]{10,120}$/);
    expect(readout.source).toMatch(/arXiv \d{4}\.\d{5}/);
    expect(readout.doesNotShow).toMatch(/^[A-Z][^\n]*\.$/);
    expect(docs.split('\n## ').some((part) => part.startsWith(`${name}\n`))).toBe(true);
  });

  it('has a schema that takes its own result out of a file, and loses nothing of it', () => {
    const inFile: unknown = JSON.parse(JSON.stringify(result));
    expect(readout.schema.parse(inFile)).toEqual(result);
    expect(inFile).toEqual(result);
    expect(readout.schema.safeParse({ ...result, graphs: 'many' }).success).toBe(false);
    expect(readout.schema.safeParse({ ...result, kind: 'leaves' }).success).toBe(false);
  });

  it('prints a table, rows for each number, and draws figures', () => {
    expect(readout.table(result)).not.toMatch(/NaN|undefined|\[object/);
    const rows = (readout.rows ?? readoutRows)(result);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ thought, group, quantity }) => `${thought} ${group} ${quantity}`)).size).toBe(
      rows.length,
    );
    const figures = Object.entries(readout.figures(result));
    expect(figures.length).toBeGreaterThan(0);
    for (const [figure, drawn] of figures) {
      expect(drawn.svg(), figure).toMatch(/^<svg /);
      expect(drawn.svg(), figure).not.toMatch(/NaN|undefined|Infinity/);
      expect(drawn.data().length, figure).toBeGreaterThan(0);
    }
  });

  it.runIf(readout.ofRecord !== undefined)('finds the same in a recording as in the model', async () => {
    const again = readout.begin();
    for (const record of await readThoughts(model, items, wording, thoughts)) again.add(readout.ofRecord?.(record));
    expect(again.finish(options)).toEqual(result);
  });
});
