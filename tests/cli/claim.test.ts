import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readGpt2, writeGpt2, type CoconutConfig } from '../../src/checkpoint/index.js';
import { readClaimResult } from '../../src/claim/index.js';
import { randomInit } from '../../src/model/index.js';
import { cli, readJson, temporaryFolder, workbench } from './support.js';

/** The model of the workbench with other facts in its config. */
async function another(model: string, facts: Partial<CoconutConfig>): Promise<string> {
  const { config, tensors } = await readGpt2(model);
  if (config.coconut === undefined) throw new Error('no coconut block');
  const folder = join(temporaryFolder(), 'another');
  await writeGpt2(folder, { config: { ...config, coconut: { ...config.coconut, ...facts } }, tensors });
  return folder;
}

describe('claim', async () => {
  const { model, items } = await workbench(36);
  const quick = ['claim', '--model', model, '--items', items];

  it('gives a verdict for each test asked for, writes the result, and the same bytes again', async () => {
    const out = join(temporaryFolder(), 'claim.json');
    const argv = [...quick, '--tests', 'F4,F10,F12', '--out', out];
    const { code, stdout } = await cli(argv);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^F4 +Breadth, in disjoint groups +supports/m);
    expect(stdout).toMatch(/^F10 +Depth-budget scaling +supports/m);
    expect(stdout).toMatch(/^F12 +Thoughts as a value function +contradicts/m);
    expect(stdout).toContain('F1, F6, F9, F15, F16, F17 were not run');
    const first = readFileSync(out, 'utf8');
    const result = readClaimResult(out, JSON.parse(first));
    expect(result.findings.map(({ id }) => id)).toEqual(['F4', 'F10', 'F12']);
    expect(result.settings).toEqual({ seed: 0, batchSize: 50 });
    await cli(argv);
    expect(readFileSync(out, 'utf8')).toBe(first);
    expect(JSON.parse((await cli([...argv, '--json'])).stdout)).toMatchObject({
      conclusion: readClaimResult(out, readJson(out)).conclusion,
    });
  });

  it('draws fresh items where none are given, others with another seed', async () => {
    const argv = ['claim', '--model', model, '--n', '30', '--tests', 'F10', '--json'];
    const [zero, again, one] = await Promise.all([cli(argv), cli(argv), cli([...argv, '--seed', '1'])]);
    const values = [zero, again, one].map(({ stdout }) => JSON.parse(stdout) as { findings: unknown });
    expect(values[0].findings).toEqual(values[1].findings);
    expect(values[0].findings).not.toEqual(values[2].findings);
  });

  it('draws them of the sizes that the model was trained on, or names the command that draws smaller ones', async () => {
    const small = fileURLToPath(new URL('../../fixtures/models/prosqa-small-coconut', import.meta.url));
    const options = ['--n', '30', '--tests', 'f10'];
    const { code, stdout, stderr } = await cli(['claim', '--model', small, ...options, '--json']);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      sample: {
        description:
          '30 fresh items, seed 0, as in training (8 to 12 nodes, target at depth 3 to 4, decoy within 1 of it)',
      },
      findings: [{ id: 'F10' }],
    });

    const folder = temporaryFolder();
    for (const name of ['config.json', 'model.safetensors']) copyFileSync(join(small, name), join(folder, name));
    const unknown = await cli(['claim', '--model', folder, ...options, '--quiet']);
    expect(unknown.code).toBe(1);
    const [, command] =
      /such as: (data generate .* --out )items\.json; then give --items items\.json\n$/.exec(unknown.stderr) ?? [];
    const drawn = join(temporaryFolder(), 'items.json');
    expect((await cli([...command.trim().split(' '), drawn])).code).toBe(0);
    expect((await cli(['claim', '--model', folder, '--items', drawn, '--tests', 'F10'])).code).toBe(0);
  });

  it('exits with 3 where the verdict is not the one expected', async () => {
    const expecting = await cli([...quick, '--tests', 'F10', '--expect', 'supports']);
    expect(expecting.code).toBe(3);
    expect(expecting.stderr).toContain('the verdict is undetermined, not supports');
    expect(expecting.stdout).toContain('Depth-budget scaling');
  });

  it('finds nothing in a model without training', async () => {
    const folder = join(temporaryFolder(), 'random');
    await writeGpt2(folder, randomInit({}, 1));
    const argv = ['claim', '--model', folder, '--n', '200', '--tests', 'F10', '--expect', 'contradicts'];
    const { code, stdout } = await cli(argv);
    expect(stdout).toMatch(/^Not breadth-first search: .*it answers no better than a guess/m);
    expect(code).toBe(0);
  });

  it('compares with controls on the same items', async () => {
    const folder = join(temporaryFolder(), 'random');
    await writeGpt2(folder, randomInit({}, 2));
    const { stdout } = await cli([...quick, '--tests', 'F2', '--controls', folder]);
    expect(stdout).toMatch(/^F2 +Matched controls +supports/m);
    const alike = await cli([...quick, '--tests', 'F2', '--controls', await another(model, {})]);
    // No difference at all, which 36 graphs do not tell from one of .1.
    expect(alike.stdout).toMatch(/^F2 +Matched controls +undetermined +dependence beyond .* \.000 \[-\.107 \.107\]/m);
  });

  describe('says in one line what is wrong with', () => {
    const refusal = async (argv: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await cli(argv);
      expect(code).not.toBe(0);
      expect(stdout).toBe('');
      const lines = stderr.trim().split('\n');
      return lines[lines.length - 1];
    };

    it('a model that has no continuous thoughts', async () => {
      const folder = await another(model, { method: 'no-cot', thoughts: 0 });
      expect(await refusal(['claim', '--model', folder, '--items', items])).toBe(
        `coconut-lens: ${folder}: has no continuous thoughts (method no-cot), so nothing can be claimed of them; give a Coconut model, or use compare and evaluate`,
      );
    });

    it('items that the wording cannot express', async () => {
      const file = readJson(items) as { idx_to_symbol: string[]; edges: number[][] }[];
      const [first] = file;
      // More nodes than the symbolic wording can name, each hanging below the last.
      const names = Array.from(
        { length: 40 },
        (_, i) => `x${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${'abcdef'[Math.floor(i / 26)]}pus`,
      );
      const path = join(temporaryFolder(), 'large.json');
      writeFileSync(path, JSON.stringify([{ ...first, idx_to_symbol: names }]));
      expect(await refusal(['claim', '--model', model, '--items', path])).toContain(path);
    });

    it('an empty list of controls', async () => {
      expect(await refusal([...quick, '--controls', ''])).toBe('coconut-lens: --controls: is empty; see --help');
    });

    it('what is no list of tests', async () => {
      expect(await refusal([...quick, '--tests', 'F1,'])).toContain(
        '--tests: expected numbers of predictions with commas between, such as F1,F4',
      );
    });

    it('a test that there is not', async () => {
      expect(await refusal([...quick, '--tests', 'F1,F44'])).toBe(
        'coconut-lens: F44: is no prediction of the battery; choose among F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12, F13, F14, F15, F16, F17',
      );
    });

    it('a folder in the place of the result, before anything is run', async () => {
      const folder = temporaryFolder();
      expect(await refusal([...quick, '--out', folder])).toBe(`coconut-lens: ${folder}: is a folder; name a file`);
      expect(existsSync(join(folder, 'claim.json'))).toBe(false);
    });
  });
});
