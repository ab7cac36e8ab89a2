import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCoconut, type Coconut } from '../../src/model/index.js';
import { useEngine } from '../../src/tensor/index.js';
import { row } from './support.js';

/** What scripts/golden_gpt2.py writes. */
interface Expected {
  readonly suffix: number[];
  readonly runs: readonly {
    readonly prompt: number[];
    readonly thoughts: number[][];
    readonly thoughtLogits: number[][];
    /** After each block, at the last position. */
    readonly residuals: number[][];
    readonly nextLogits: number[];
    readonly greedy: number[];
  }[];
}

/** Two float32 implementations that sum in different orders; the values are of order 1 to 20. */
const PARITY = 1e-5;

const folder = fileURLToPath(new URL('../../fixtures/golden/gpt2-tiny', import.meta.url));

describe.each(['cpu', 'onnxruntime'] as const)('parity with PyTorch on %s', (engine) => {
  let model: Coconut;
  let expected: Expected;
  let prompts: number[][];

  beforeAll(async () => {
    await useEngine(engine);
    model = await loadCoconut(folder);
    expected = JSON.parse(await readFile(`${folder}/expected.json`, 'utf8')) as Expected;
    prompts = expected.runs.map(({ prompt }) => prompt);
  });
  afterAll(() => model.dispose());

  const expectParity = (actual: ArrayLike<number>, wanted: readonly number[]): void => {
    expect(actual.length).toBe(wanted.length);
    const scale = Math.max(1, ...wanted.map(Math.abs));
    wanted.forEach((x, i) => expect(Math.abs(actual[i] - x) / scale, `element ${i}`).toBeLessThan(PARITY));
  };

  it('has the same thoughts, and reads them the same through the LM head', async () => {
    const { thoughts, thoughtLogits } = await model.run(prompts, { thoughts: 3, thoughtLogits: true });
    expected.runs.forEach((run, i) => {
      expectParity(row(thoughts, i), run.thoughts.flat());
      expectParity(thoughtLogits === undefined ? [] : row(thoughtLogits, i), run.thoughtLogits.flat());
    });
  });

  it('has the same residual stream after each block, and the same next-token logits', async () => {
    const trace = await model.runWithTrace(prompts, {
      thoughts: 3,
      suffix: expected.suffix,
      activations: /^pass\.3\..*hook_resid_post$/,
    });
    const layers = [...trace.activations.values()];
    expect(layers.length).toBe(2);
    expected.runs.forEach((run, i) => {
      expectParity(row(trace.nextLogits, i), run.nextLogits);
      run.residuals.forEach((residual, layer) => expectParity(row(layers[layer], i).slice(-residual.length), residual));
    });
  });

  it('decodes the same tokens', async () => {
    const options = { thoughts: 3, suffix: expected.suffix, maxNewTokens: expected.runs[0].greedy.length };
    expect((await model.generate(prompts, options)).ids).toEqual(expected.runs.map(({ greedy }) => greedy));
  });
});
