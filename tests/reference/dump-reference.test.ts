import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCoconut, openReference, quantitySites, verifyModel, type Verification } from '../../src/model/index.js';
import { python, torchPython } from './python.js';

const golden = fileURLToPath(new URL('../../fixtures/golden/symbolic', import.meta.url));

async function verify(reference: string): Promise<Verification | undefined> {
  const model = await loadCoconut(golden);
  const folder = await openReference(reference);
  try {
    return await verifyModel(model, folder, { tolerance: 1e-4 });
  } finally {
    await folder.close();
    model.dispose();
  }
}

describe.skipIf(torchPython === undefined)('scripts/dump_reference.py (skipped without python3-torch)', () => {
  let folder: string;
  let out: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'coconut-lens-dump-'));
    out = join(folder, 'reference');
    writeFileSync(
      join(folder, 'prompts.json'),
      '[[38, 3, 17, 36, 3], {"prompt": [38, 1], "thoughts": 1, "suffix": []}]',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function dump(checkpoint: string, ...more: string[]): void {
    const argv = ['--checkpoint', checkpoint, '--config', join(golden, 'config.json'), '--out', out];
    const { code, output } = python('scripts/dump_reference.py', [
      ...argv,
      '--prompts',
      join(folder, 'prompts.json'),
      ...more,
    ]);
    expect(code, output).toBe(0);
    expect(output).toContain(`${out}: 2 items; smallest gap`);
  }

  it('writes everything that verify compares', async () => {
    dump(join(golden, 'model.safetensors'), '--thoughts', '3', '--suffix', '37', '--new-tokens', '2');
    const result = await verify(out);
    expect(result).toMatchObject({ holds: true, items: 2, tokens: { compared: 4 } });
    const all = [3, 1].map((thoughts) => quantitySites({ nLayer: 2 }, thoughts).size);
    expect(result?.compared).toBe(all[0] + all[1]);
  });

  it('reads the state dict that the official code saves, and keeps what it is asked to keep', async () => {
    const checkpoint = join(folder, 'checkpoint_1');
    const saved = python('tests/reference/save_state_dict.py', [join(golden, 'model.safetensors'), checkpoint]);
    expect(saved.code, saved.output).toBe(0);
    const activations = 'blocks\\.1\\.hook_resid_post';
    dump(checkpoint, '--dtype', 'float64', '--thoughts', '2', '--activations', activations, '--logit-ids', '1', '39');
    const reference = await openReference(out);
    expect(reference.meta).toMatchObject({ dtype: 'float64', logit_ids: [1, 39], model: { vocab_size: 40 } });
    expect(reference.names[1]).toEqual([
      'pass.0.blocks.1.hook_resid_post',
      'thoughts.1',
      'thoughts.1.logits',
      'pass.1.blocks.1.hook_resid_post',
      'logits',
    ]);
    await reference.close();
    expect(await verify(out)).toMatchObject({ holds: true, compared: 8 + 5 });
  });
});
