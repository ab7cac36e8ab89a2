import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readGpt2, readSafetensors, writeGpt2, writeSafetensors } from '../../src/checkpoint/index.js';
import { cli, readJson, temporaryFolder, type CliResult } from './support.js';

const golden = fileURLToPath(new URL('../../fixtures/golden/symbolic', import.meta.url));
const reference = join(golden, 'reference');

function verify(model: string, against: string, ...more: string[]): Promise<CliResult> {
  return cli(['verify', '--model', model, '--reference', against, ...more]);
}

/** The golden model with one number of one tensor moved. */
async function perturbed(tensor: string, element: number, by: number): Promise<string> {
  const folder = join(temporaryFolder(), 'model');
  const { config, tensors } = await readGpt2(golden);
  tensors[tensor].data[element] += by;
  await writeGpt2(folder, { config, tensors });
  return folder;
}

/** A copy of the golden reference whose tensors, by name, or meta.json may be changed. */
async function changedReference(
  change: (
    tensors: Map<string, { shape: readonly number[]; data: Float32Array }>,
    meta: Record<string, unknown>,
  ) => void,
): Promise<string> {
  const folder = join(temporaryFolder(), 'reference');
  cpSync(reference, folder, { recursive: true });
  const { tensors } = await readSafetensors(join(reference, 'activations.safetensors'));
  const floats = new Map([...tensors].map(([name, { shape, data }]) => [name, { shape, data: data as Float32Array }]));
  const meta = readJson(join(reference, 'meta.json')) as Record<string, unknown>;
  change(floats, meta);
  await writeSafetensors(join(folder, 'activations.safetensors'), floats);
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta));
  return folder;
}

function json({ stdout }: CliResult): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('verify', () => {
  it('finds that the golden model computes what PyTorch computes', async () => {
    const { code, stdout, stderr } = await verify(golden, reference);
    expect(code).toBe(0);
    expect(stdout).toMatch(/computes what .*reference \(PyTorch \S+, float32\) holds, 21 items\n/);
    expect(stdout).toMatch(/activations {2}\d+ compared, all agree; nearest to its limit:/);
    expect(stdout).toContain('tokens       84 generated, all equal');
    expect(stderr).toMatch(/^engine: \S+ \S+, \d+ threads?\n0\/21 items\n$/);
  });

  it('says the same in JSON', async () => {
    const result = json(await verify(golden, reference, '--json'));
    expect(result).toMatchObject({
      kind: 'verify',
      holds: true,
      tolerance: 1e-4,
      items: 21,
      differing: 0,
      first: null,
      tokens: { compared: 84, first: null },
      reference: { path: reference, dtype: 'float32' },
    });
    const { tensors } = await readSafetensors(join(reference, 'activations.safetensors'));
    expect(result['compared']).toBe(tensors.size);
  });

  // Item 0 of the golden reference has every activation, in one pass.
  it.each([
    ['h.1.attn.c_proj.weight', 'pass.0.blocks.1.hook_attn_out', 1],
    ['h.1.ln_2.bias', 'pass.0.blocks.1.ln2.hook_normalized', 1],
    ['h.1.mlp.c_fc.bias', 'pass.0.blocks.1.mlp.hook_pre', 1],
    ['h.0.mlp.c_proj.bias', 'pass.0.blocks.0.hook_mlp_out', 0],
    ['ln_f.weight', 'pass.0.ln_final.hook_normalized', null],
  ])('locates a changed number of %s at %s', async (tensor, name, layer) => {
    const model = await perturbed(tensor, 2, 0.01);
    const result = await verify(model, reference, '--json');
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(
      `verify: ${name} differs first (item 0, pass 0${layer === null ? '' : `, layer ${layer}`})`,
    );
    expect(json(result)).toMatchObject({ holds: false, first: { item: 0, name, pass: 0, layer } });
  });

  it('shows position and both values, and holds with a tolerance above the change', async () => {
    const model = await perturbed('h.1.attn.c_proj.bias', 5, 0.01);
    const { code, stdout } = await verify(model, reference);
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /pass\.0\.blocks\.1\.hook_attn_out \(item 0, pass 0, layer 1\)\n +position \d+, model 5: \S+ here, \S+ in the reference; difference 1\.0e-2, allowed 1\.\de-4/,
    );
    expect((await verify(model, reference, '--tolerance', '1')).stdout).toContain('all agree');
  });

  it('finds what only a later pass shows', async () => {
    // The position of the longest prompt's suffix after 4 thoughts: no item with fewer reads so far.
    const { items } = readJson(join(reference, 'meta.json')) as { items: { prompt: number[]; thoughts: number }[] };
    const longest = Math.max(...items.map(({ prompt }) => prompt.length));
    const item = items.findIndex(({ prompt, thoughts }) => prompt.length === longest && thoughts === 4);
    const model = await perturbed('wpe.weight', (longest + 4) * 16 + 3, 0.01);
    expect(json(await verify(model, reference, '--json'))).toMatchObject({
      first: { item, pass: 4, layer: 0, name: 'pass.4.blocks.0.hook_resid_pre', index: [1, 3] },
    });
  });

  it('notices tokens that differ while all activations agree', async () => {
    const changed = await changedReference((_tensors, meta) => {
      const items = meta['items'] as { generated: number[] }[];
      items[3].generated[1] = (items[3].generated[1] + 1) % 40;
    });
    const { code, stdout, stderr } = await verify(golden, changed);
    expect(code).toBe(3);
    expect(stdout).toContain('all agree');
    expect(stdout).toContain('new token 1 of item 3 differs');
    expect(stderr).toContain('activations agree, generated tokens do not (item 3)');
  });

  it('compares the logits of some tokens alone where the reference has no others', async () => {
    const ids = [3, 39, 0];
    const changed = await changedReference((tensors, meta) => {
      meta['logit_ids'] = ids;
      for (const [name, { data }] of tensors) {
        if (!name.endsWith('logits')) continue;
        tensors.set(name, { shape: [3], data: Float32Array.from(ids, (id) => data[id]) });
      }
    });
    expect((await verify(golden, changed)).code).toBe(0);
  });
});

describe('verify, on what is no reference', () => {
  it.each([
    ['nothing', (): string => join(temporaryFolder(), 'none'), 'no such folder'],
    ['a file', (): string => join(golden, 'config.json'), 'not a folder'],
    ['a model', (): string => golden, 'not a reference folder (no meta.json)'],
  ])('says so of %s', async (_what, make, problem) => {
    const folder = make();
    const { code, stderr } = await verify(golden, folder);
    expect(code).toBe(1);
    expect(stderr).toContain(`coconut-lens: ${folder}: ${problem}; `);
  });

  it.each([
    ['{', 'not valid JSON'],
    ['{"format": "other"}', 'not a description of a reference (format: '],
  ])('says so of meta.json with %s', async (text, problem) => {
    const folder = join(temporaryFolder(), 'r');
    mkdirSync(folder);
    writeFileSync(join(folder, 'meta.json'), text);
    const { code, stderr } = await verify(golden, folder);
    expect(code).toBe(1);
    expect(stderr).toContain(`${join(folder, 'meta.json')}: ${problem}`);
  });

  it('refuses a reference of a model of another shape', async () => {
    const folder = fileURLToPath(new URL('../../fixtures/golden/english/reference', import.meta.url));
    const { code, stderr } = await verify(golden, folder);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'made with a model of another shape (n_layer 3, not 2; n_embd 8, not 16; vocab_size 50260',
    );
  });

  it.each([
    ['a misspelt name', '0.pass.0.hook_embd', [1], 'tensor of an unknown name (0.pass.0.hook_embd)'],
    [
      'a pass that the item does not have',
      '0.pass.1.hook_embed',
      [1],
      'tensor of an unknown name (0.pass.1.hook_embed)',
    ],
    ['an item that is not there', '21.logits', [40], 'tensor of no item ("21.logits")'],
    ['another shape', '0.logits', [39], "logits has another shape than the model's ([39], not [40])"],
  ])('refuses %s', async (_what, name, shape, problem) => {
    const folder = await changedReference((tensors) => tensors.set(name, { shape, data: new Float32Array(shape[0]) }));
    const { code, stderr } = await verify(golden, folder);
    expect(code).toBe(1);
    expect(stderr).toContain(problem);
  });

  it('refuses an item without activations, and tokens outside the vocabulary', async () => {
    const bare = await changedReference((tensors) => {
      for (const name of [...tensors.keys()]) if (name.startsWith('4.')) tensors.delete(name);
    });
    expect((await verify(golden, bare)).stderr).toContain('nothing to compare (no tensor of item 4)');
    const outside = await changedReference((_tensors, meta) => {
      (meta['items'] as { prompt: number[] }[])[2].prompt[0] = 40;
    });
    expect((await verify(golden, outside)).stderr).toContain('a token id is outside the vocabulary (40 of 40)');
  });

  it.each(['0', '-1', 'x', '1e', '1e999'])('refuses the tolerance %s', async (tolerance) => {
    const { code, stderr } = await verify(golden, reference, `--tolerance=${tolerance}`);
    expect(code).toBe(2);
    expect(stderr).toContain('--tolerance: expected a positive number');
  });
});
