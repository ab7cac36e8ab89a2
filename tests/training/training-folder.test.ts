import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LensError } from '../../src/errors.js';
import { createRandom } from '../../src/random.js';
import { readState, writeState, zeroMoments, type Checkpoint } from '../../src/training/state.js';
import { TrainingFolder } from '../../src/training/training-folder.js';
import { normals } from '../tensor/host.js';
import { newFolder } from './tiny-training.js';

const SHAPES = new Map([
  ['a', [2, 3]],
  ['b', [4]],
]);
const parameters = { a: normals('a', [2, 3]), b: normals('b', [4]) };
const CHECKPOINT: Checkpoint = {
  parameters,
  ...zeroMoments(parameters),
  first: { a: normals('first a', [2, 3]), b: normals('first b', [4]) },
  phase: 1,
  step: 7,
  updates: 3,
  total: 12,
  // No binary fraction: a double must come back to the last bit.
  losses: [0.1, createRandom(1).uniform()],
  accuracy: 1 / 3,
};
const FACTS = { version: 1, config: { phases: [{ steps: 3 }, { steps: 4 }] }, seed: 5, start: null };

const line = (total: number): string =>
  `${JSON.stringify({ phase: 'p', step: total, total, loss: 1, norm: 1, learningRate: 1, msPerStep: 1, engineMsPerStep: 1 })}\n`;

describe('a checkpoint', () => {
  it('comes back as it was', async () => {
    const path = `${newFolder()}.safetensors`;
    await writeState(path, CHECKPOINT, 'run');
    expect(await readState(path, SHAPES, 'run')).toEqual(CHECKPOINT);
    const { accuracy, ...unmeasured } = CHECKPOINT;
    expect(accuracy).toBe(1 / 3);
    await writeState(path, { ...unmeasured, losses: [] }, 'run');
    expect(await readState(path, SHAPES, 'run')).toEqual({ ...unmeasured, losses: [] });
  });

  it('of another training is refused', async () => {
    const path = `${newFolder()}.safetensors`;
    await writeState(path, CHECKPOINT, 'run');
    await expect(readState(path, SHAPES, 'other')).rejects.toThrow(
      /: belongs to a training of another configuration, seed or data; start in a new folder$/,
    );
  });

  it('that is damaged is refused, at whatever length it ends', async () => {
    const path = `${newFolder()}.safetensors`;
    await writeState(path, CHECKPOINT, 'run');
    const bytes = readFileSync(path);
    for (const length of [0, 5, 100, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, length));
      await expect(readState(path, SHAPES, 'run'), `${length}`).rejects.toMatchObject({ name: 'LensError' });
    }
    writeFileSync(path, bytes.toString('latin1').replace('\\"step\\":7', '\\"step\\":x'), 'latin1');
    await expect(readState(path, SHAPES, 'run')).rejects.toThrow(/: not a training checkpoint \(its "training" entry/);
  });

  it('is refused, or comes back as it was, whatever bit or byte of it is damaged', async () => {
    const path = `${newFolder()}.safetensors`;
    await writeState(path, CHECKPOINT, 'run');
    const bytes = readFileSync(path);
    const random = createRandom('mutants of a state');
    let refused = 0;
    for (let i = 0; i < 300; i++) {
      const mutant = Buffer.from(bytes);
      const at = random.integer(bytes.length);
      if (i % 2 === 0) mutant[at] ^= 1 << random.integer(8);
      else mutant[at] = random.integer(256);
      writeFileSync(path, mutant);
      const result = await readState(path, SHAPES, 'run').catch((error: unknown) => error);
      if (result instanceof LensError) refused++;
      else expect(result).toEqual(CHECKPOINT);
    }
    // The rest is a byte that was replaced by itself.
    expect(refused).toBeGreaterThan(290);
  });

  it('of another model is refused', async () => {
    const path = `${newFolder()}.safetensors`;
    await writeState(path, CHECKPOINT, 'run');
    await expect(readState(path, new Map([['a', [3, 2]]]), 'run')).rejects.toThrow(
      /: tensor parameters:a is not float32 \[3, 2\]; start anew, in another folder$/,
    );
    await expect(readState(path, new Map([['c', [1]]]), 'run')).rejects.toMatchObject({ name: 'LensError' });
  });
});

/** Opens a folder, as `TrainingFolder.open`, and lets go of it. */
async function opened(...of: Parameters<typeof TrainingFolder.open>): Promise<TrainingFolder> {
  const folder = await TrainingFolder.open(...of);
  await folder.close();
  return folder;
}

describe('TrainingFolder', () => {
  it('is written by one process at a time', async () => {
    const out = newFolder();
    const folder = await TrainingFolder.open(out, FACTS, false);
    await expect(TrainingFolder.open(out, FACTS, true)).rejects.toThrow(/: is being written by another process/);
    await folder.close();
    await opened(out, FACTS, true);
    expect(readdirSync(out)).toEqual(['training.json']);
  });

  it("touches no file called lock in somebody else's folder", async () => {
    const out = newFolder();
    mkdirSync(out);
    for (const file of ['lock', 'thesis.tex']) writeFileSync(join(out, file), 'mine');
    await expect(TrainingFolder.open(out, FACTS, false)).rejects.toThrow(': holds other files (thesis.tex)');
    expect(readFileSync(join(out, 'lock'), 'utf8')).toBe('mine');
  });

  it('holds a training that can be gone on with', async () => {
    const out = newFolder();
    const made = await opened(out, FACTS, false);
    expect(await made.load(SHAPES)).toEqual({ state: undefined, metrics: [] });
    await made.save(CHECKPOINT);
    const again = await opened(out, FACTS, true);
    expect(await again.load(SHAPES)).toEqual({ state: CHECKPOINT, metrics: [] });
    await expect(TrainingFolder.open(out, FACTS, false)).rejects.toThrow(/: holds a training; go on with --resume/);
  });

  it('names a line of its metrics that is damaged', async () => {
    const out = newFolder();
    const folder = await opened(out, FACTS, false);
    await folder.save(CHECKPOINT);
    const path = join(out, 'metrics.jsonl');
    for (const damaged of ['{"phase":', '7', line(11).replace('"total":11', '"total":"x"').trim()]) {
      writeFileSync(path, `${line(4)}${damaged}\n${line(12)}`);
      await expect(folder.load(SHAPES)).rejects.toThrow(
        `${path} line 2: is damaged; delete that line, then go on with --resume`,
      );
    }
    writeFileSync(path, `${line(4)}${line(12)}{"pha`);
    await folder.load(SHAPES);
    expect(readFileSync(path, 'utf8')).toBe(`${line(4)}${line(12)}`);
  });

  it('takes a new or empty folder with --resume too: a training may be killed before it wrote anything', async () => {
    const out = newFolder();
    mkdirSync(out);
    await opened(out, FACTS, true);
    expect(readdirSync(out)).toEqual(['training.json']);
  });

  it('takes a folder in which a training was killed while it wrote its first file, and cleans it', async () => {
    const out = newFolder();
    mkdirSync(out);
    writeFileSync(join(out, '.training.json.123-0.tmp'), '{"ver');
    await opened(out, FACTS, true);
    expect(readdirSync(out)).toEqual(['training.json']);
  });

  it.each(['thesis.tex', 'checkpoint.safetensors', '.other.1-0.tmp', '.training.json'])(
    'takes no folder that holds %s, and leaves it as it is',
    async (file) => {
      const out = newFolder();
      mkdirSync(out);
      writeFileSync(join(out, file), 'x');
      for (const resume of [false, true]) {
        await expect(TrainingFolder.open(out, FACTS, resume)).rejects.toThrow(`: holds other files (${file}); choose`);
      }
      expect([readdirSync(out), readFileSync(join(out, file), 'utf8')]).toEqual([[file], 'x']);
    },
  );

  it.each<[string, Record<string, unknown>, string]>([
    ['another seed', { ...FACTS, seed: 6 }, 'seed'],
    ['another setting', { ...FACTS, config: { phases: [{ steps: 3 }, { steps: 5 }] } }, 'config.phases.1.steps'],
    ['one phase more', { ...FACTS, config: { phases: [{ steps: 3 }, { steps: 4 }, {}] } }, 'config.phases.2'],
    ['two things', { ...FACTS, version: 2, items: 'hash' }, 'version, items'],
  ])('names what differs from the training that it holds: %s', async (_, facts, names) => {
    const out = newFolder();
    await opened(out, FACTS, false);
    await expect(TrainingFolder.open(out, facts, true)).rejects.toThrow(
      `: holds a training of another kind (${names}); resume it with what it was begun with, or choose another --out`,
    );
  });

  it('refuses a training.json that it cannot read', async () => {
    const out = newFolder();
    await opened(out, FACTS, false);
    writeFileSync(join(out, 'training.json'), '{');
    await expect(TrainingFolder.open(out, FACTS, true)).rejects.toThrow('of another kind (training.json)');
  });

  it('cuts metrics at the checkpoint, drops a half-written line and what an interrupted write left', async () => {
    const out = newFolder();
    const folder = await opened(out, FACTS, false);
    await folder.save(CHECKPOINT);
    writeFileSync(join(out, 'metrics.jsonl'), `${line(4)}${line(12)}${line(13)}${line(14).slice(0, 9)}`);
    writeFileSync(join(out, '.checkpoint.safetensors.9-1.tmp'), 'half');
    await (await opened(out, FACTS, true)).load(SHAPES);
    expect(readFileSync(join(out, 'metrics.jsonl'), 'utf8')).toBe(`${line(4)}${line(12)}`);
    expect(readdirSync(out).sort()).toEqual(['checkpoint.safetensors', 'metrics.jsonl', 'training.json']);
  });

  it('has no metrics before the first checkpoint', async () => {
    const out = newFolder();
    await opened(out, FACTS, false);
    writeFileSync(join(out, 'metrics.jsonl'), line(1));
    expect(await (await opened(out, FACTS, true)).load(SHAPES)).toEqual({ state: undefined, metrics: [] });
    expect(readFileSync(join(out, 'metrics.jsonl'), 'utf8')).toBe('');
  });
});
