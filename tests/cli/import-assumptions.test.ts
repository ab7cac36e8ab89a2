import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGpt2, writeGpt2 } from '../../src/checkpoint/index.js';
import { formatItems, permuteIds, randomItems } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';
import { cli, readJson, temporaryFolder } from './support.js';

const SMALL = join('fixtures', 'models', 'prosqa-small-coconut');

interface Imported {
  readonly assumed: readonly { readonly name: string; readonly value: string; readonly evidence: string }[];
  readonly headTrial: {
    readonly trials: readonly { readonly heads: number; readonly right: number; readonly n: number }[];
    readonly best?: { readonly heads: number };
    readonly items: string;
  } | null;
}

/** The trained model's weights, without its config.json: four heads and four thoughts, and nothing says so. */
function withoutConfig(...others: readonly string[]): string {
  const folder = join(temporaryFolder(), 'bare');
  mkdirSync(folder);
  for (const file of ['model.safetensors', ...others]) copyFileSync(join(SMALL, file), join(folder, file));
  return folder;
}

async function warningsOf(argv: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr, code } = await cli([...argv, '--json']);
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as { warnings: string[] }).warnings;
}

/** Items of the sizes that the model knows, their node numbers drawn at random as in its training. */
function smallItems(count: number): string {
  const random = createRandom('small items');
  const drawn = randomItems(random, count, { nodes: 12, minNodes: 8, minDepth: 3, maxDepth: 4, depthGap: 1 });
  const path = join(temporaryFolder(), 'items.json');
  writeFileSync(path, formatItems(drawn.map((item, i) => permuteIds(random.fork(`numbers ${i}`), item))));
  return path;
}

describe('what is assumed at import', () => {
  it('stays a warning with every result, and the weights are the same to the bit', async () => {
    const out = join(temporaryFolder(), 'model');
    const { stdout, code } = await cli(['import', withoutConfig(), '--out', out]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/n_head +2 +n_embd \/ 64/);
    expect(stdout).toMatch(/tell heads apart: --items <file\.json>/);
    expect((await readGpt2(out)).tensors).toEqual((await readGpt2(SMALL)).tensors);
    const items = smallItems(4);

    const assumption = expect.stringMatching(
      /assumed at import and not confirmed: n_head 2 \(n_embd \/ 64.*coconut\.thoughts 4 .*import again with --heads 2 /,
    ) as unknown;
    const recording = join(temporaryFolder(), 'recording');
    const ask = ['--model', out, '--items', items];
    expect(await warningsOf(['evaluate', ...ask])).toContainEqual(assumption);
    expect(await warningsOf(['record', ...ask, '--out', recording])).toContainEqual(assumption);
    expect((readJson(join(recording, 'metadata.json')) as { warnings: unknown }).warnings).toContainEqual(assumption);
    expect(await warningsOf(['frontier', '--recording', recording])).toContainEqual(assumption);
    expect(await warningsOf(['readout', 'interpolation', ...ask])).toContainEqual(assumption);
    expect(await warningsOf(['compare', '--models', `${SMALL},${out}`, '--items', items])).toContainEqual(assumption);
    // A doubt about a control is one about the verdict.
    const claim = ['claim', '--model', SMALL, '--controls', out, '--items', items, '--tests', 'F2'];
    expect(await warningsOf(claim)).toContainEqual(assumption);
    const page = join(temporaryFolder(), 'report.html');
    await cli(['report', '--recording', recording, '--out', page]);
    expect(readFileSync(page, 'utf8')).toContain('assumed at import and not confirmed: n_head 2');
  });

  it('is kept by another import, until flags or a config.json say it', async () => {
    const folder = temporaryFolder();
    const [first, second, third] = ['first', 'second', 'third'].map((name) => join(folder, name));
    await cli(['import', withoutConfig(), '--out', first]);
    const again = JSON.parse(
      (await cli(['import', first, '--out', second, '--heads', '4', '--json'])).stdout,
    ) as Imported;
    expect(again.assumed.map(({ name }) => name)).toEqual([
      'layer_norm_epsilon',
      'activation_function',
      'coconut.method',
      'coconut.thoughts',
    ]);
    const flags = '--epsilon 1e-5 --activation gelu_new --method coconut --thoughts 4'.split(' ');
    expect((await cli(['import', second, '--out', third, ...flags])).stdout).toMatch(/\nNothing was assumed\.\n$/);
    const read = await readGpt2(third);
    expect(read.warnings).toEqual([]);
    const { config } = await readGpt2(SMALL);
    const { format, latentTokens, method, thoughts } = config.coconut ?? {};
    expect(read.config).toEqual({ ...config, coconut: { format, latentTokens, method, thoughts } });

    const config4 = join(SMALL, 'config.json');
    const configured = await cli(['import', first, '--config', config4, '--out', join(folder, 'fourth')]);
    expect(configured.stdout).toMatch(/\nNothing was assumed\.\n$/);
  });

  it('heads are proposed by what they answer on fresh items of the sizes that the folder keeps', async () => {
    const out = join(temporaryFolder(), 'model');
    const from = withoutConfig('training.json');
    const { stdout } = await cli(['import', from, '--out', out, '--json']);
    const { headTrial, assumed } = JSON.parse(stdout) as Imported;
    expect(headTrial?.trials.map(({ heads }) => heads)).toEqual([1, 2, 4, 8, 16]);
    expect(headTrial?.best).toMatchObject({ heads: 4, n: 24 });
    expect(headTrial?.items).toBe(`fresh ones of the sizes in ${join(from, 'training.json')}`);
    const heads = assumed.find(({ name }) => name === 'n_head');
    expect(heads).toMatchObject({ value: '4' });
    expect(heads?.evidence).toMatch(/^of 1, 2, 4, 8, 16 tried on 24 items .* it answers best, 2\d right; 2 \(n_embd/);
    const read = await readGpt2(out);
    expect(read.config.nHead).toBe(4);
    expect(read.warnings).toEqual([expect.stringMatching(/not confirmed: n_head 4 \(of 1, 2, 4, 8, 16 tried/)]);
  });

  it("the user's items serve too; where no number of heads answers, none is proposed", async () => {
    const folder = temporaryFolder();
    const items = smallItems(30);
    const argv = ['--items', items, '--out'];
    const right = await cli(['import', withoutConfig(), ...argv, join(folder, 'right')]);
    expect(right.stdout).toMatch(/n_head +4 +of 1, 2, 4, 8, 16 tried on 24 items \(.*items\.json\) it answers best/);
    expect(right.stdout).toMatch(/^ +4 +2\d of 24 +-\d\.\d\d {2}proposed$/m);

    const { config, tensors } = await readGpt2(SMALL);
    const silent = { ...tensors, 'ln_f.weight': { shape: [128], data: new Float32Array(128) } };
    const broken = join(folder, 'broken');
    await writeGpt2(broken, { config, tensors: silent });
    const file = join(broken, 'model.safetensors');
    const wrong = await cli(['import', file, ...argv, join(folder, 'wrong')]);
    expect(wrong.stdout).toMatch(/n_head +2 +n_embd .* none answers better than guessing/);
    expect(wrong.stdout).not.toContain('  proposed');

    const known = await cli(['import', file, ...argv, join(folder, 'known'), '--heads', '4']);
    expect(known).toMatchObject({ code: 2, stdout: '' });
    expect(known.stderr).toMatch(/--items: has no use: the number of heads is known; leave it out/);
  });

  it.each([
    [['--heads', '3'], 1, /a width of 128 cannot be split into 3 heads; give a number/],
    [['--epsilon', '0'], 2, /--epsilon: expected a positive number/],
    [['--activation', 'gelu'], 2, /--activation: expected gelu_new/],
    [['--markers', '1,2'], 2, /--markers: expected three tokens/],
    [['--markers', 'a,b,c'], 2, /--markers: names tokens, and there is no tokenizer to look them up in; give ids/],
    [['--drop', 'nothing.'], 1, /no tensor's name begins with "nothing\."/],
  ])('says what is wrong with %j', async (flags, exit, message) => {
    const { code, stderr } = await cli(['import', withoutConfig(), '--out', join(temporaryFolder(), 'out'), ...flags]);
    expect(stderr).toMatch(message);
    expect(code).toBe(exit);
  });
});
