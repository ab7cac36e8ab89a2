import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { useEngine, type HostTensor } from '../../src/tensor/index.js';
import { gradientProgram, IGNORED, type LatentInput } from '../../src/training/index.js';
import { layOut, type SharedPrompt } from '../../src/training/batch.js';
import type { TrainingSequence } from '../../src/training/sequence.js';
import { relativeDifference } from '../tensor/host.js';
import { plainLoss, runOnce } from './plain-loss.js';
import { CONFIG, tinyParameters, VOCABULARY } from './tiny-model.js';

const PAUSE = 7;
const PARAMETERS = tinyParameters('shared prompts');

/**
 * float32 sums of at most a few dozen terms in another order: observed below 3e-6 of a tensor's largest gradient. What is
 * wrong in masks or positions moves gradients by a tenth of themselves and more.
 */
const ROUNDING = 1e-5;

beforeAll(async () => {
  await useEngine('onnxruntime');
});

/** Two prompts of different lengths and offsets that share all sequences; latent positions and suffixes as given. */
function prompts(latents: readonly number[], suffixes: readonly number[], openingLength = 2): SharedPrompt[] {
  const each = latents.length / 2;
  const random = createRandom('prompts');
  const ids = (n: number): number[] => Array.from({ length: n }, () => random.integer(VOCABULARY));
  return [5, 7].map((length, g) => ({
    prompt: ids(length),
    offset: g === 0 ? 3 : 0,
    sequences: Array.from({ length: each }, (_, i): TrainingSequence => {
      const [own, suffix] = [latents[each * g + i], suffixes[each * g + i]];
      // Every third label is ignored, on latent positions and on the suffix alike.
      const labels = ids(1 + own + suffix).map((label, j) => ((i + j) % 3 === 0 ? IGNORED : label));
      return { opening: ids(openingLength), latents: own, suffix: ids(suffix), labels };
    }),
  }));
}

const MIXED = prompts([0, 3, 1, 2, 0, 3], [3, 1, 4, 2, 5, 1]);

async function gradients(
  shared: readonly SharedPrompt[],
  thoughts: number,
  input: LatentInput,
  change: (inputs: Record<string, HostTensor>) => Record<string, HostTensor> = (inputs) => inputs,
): Promise<Record<string, HostTensor>> {
  const batch = change({ ...layOut(shared, thoughts).inputs });
  const program = gradientProgram({ config: CONFIG, thoughts, input, pauseToken: PAUSE });
  return runOnce(program, { ...PARAMETERS, ...batch });
}

function expectSame(actual: Record<string, HostTensor>, reference: Record<string, HostTensor>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(reference).sort());
  expect(Object.keys(actual)).toHaveLength(1 + Object.keys(PARAMETERS).length);
  for (const [name, tensor] of Object.entries(actual)) {
    expect(relativeDifference(tensor, reference[name]), name).toBeLessThan(ROUNDING);
  }
}

/** The largest relative difference of any gradient. */
function apart(a: Record<string, HostTensor>, b: Record<string, HostTensor>): number {
  const names = Object.keys(a).filter((name) => name.startsWith('gradient:'));
  return Math.max(...names.map((name) => relativeDifference(a[name], b[name])));
}

describe('coconutLoss on shared prompts with openings, padding, offsets and 0 to 3 latent positions in one batch', () => {
  it.each(['thought', 'detached', 'pause', 'pause-passes'] as const)(
    'has loss and gradients of one plain pass after the other, %s',
    async (input) => {
      expectSame(await gradients(MIXED, 3, input), await plainLoss(MIXED, PARAMETERS, input, PAUSE));
    },
  );

  it('has the same loss with detached thoughts, but other gradients', async () => {
    const [own, detached] = [await gradients(MIXED, 3, 'thought'), await gradients(MIXED, 3, 'detached')];
    expect(relativeDifference(detached['loss'], own['loss'])).toBeLessThan(ROUNDING);
    expect(apart(detached, own)).toBeGreaterThan(0.01);
  });

  it('has the same loss and gradients with pauses in one pass and in several', async () => {
    expectSame(await gradients(MIXED, 3, 'pause-passes'), await gradients(MIXED, 3, 'pause'));
  });

  it('trains the pause token: the gradient of its embedding is that of being read, not of being a label alone', async () => {
    const [pause, thought] = [await gradients(MIXED, 3, 'pause'), await gradients(MIXED, 3, 'thought')];
    const embedding = ({ 'gradient:wte.weight': g }: Record<string, HostTensor>): number[] => [
      ...g.data.subarray(PAUSE * 8, PAUSE * 8 + 8),
    ];
    const difference = Math.hypot(...embedding(pause).map((x, i) => x - embedding(thought)[i]));
    expect(difference / Math.hypot(...embedding(pause))).toBeGreaterThan(0.1);
  });

  it('is the same where the batch has room for more latent positions than any sequence has', async () => {
    const few = prompts([1, 1, 0, 1, 0, 1], [2, 1, 3, 2, 1, 2]);
    for (const input of ['thought', 'pause'] as const) {
      expectSame(await gradients(few, 3, input), await gradients(few, 1, input));
    }
  });

  it('is the same with labels over the suffix alone', async () => {
    const masked = prompts([3, 1], [5, 4]).map((shared) => ({
      ...shared,
      sequences: shared.sequences.map((sequence) => ({
        ...sequence,
        labels: sequence.labels.map((label, i) => (i <= sequence.latents ? IGNORED : label)),
      })),
    }));
    const suffixAlone = ({ labels, ...rest }: Record<string, HostTensor>): Record<string, HostTensor> => {
      const [rows, width] = labels.shape;
      const from = 1 + 3;
      const data = Int32Array.from({ length: rows * (width - from) }, (_, i) => {
        const [row, column] = [Math.floor(i / (width - from)), i % (width - from)];
        return labels.data[row * width + from + column];
      });
      return { ...rest, labels: { data, shape: [rows, width - from], dtype: 'int32' } };
    };
    for (const input of ['thought', 'pause'] as const) {
      const reference = await plainLoss(masked, PARAMETERS, input, PAUSE);
      expectSame(await gradients(masked, 3, input, suffixAlone), reference);
    }
  });

  it('is the same with several labels of a position', async () => {
    const several = prompts([2, 1], [1, 4]).map((shared) => ({
      ...shared,
      sequences: shared.sequences.map((sequence) => ({
        ...sequence,
        labels: sequence.labels.map((label, i) => (i % 2 === 0 && label !== IGNORED ? [0, 3 + i, 9] : label)),
      })),
    }));
    expectSame(await gradients(several, 2, 'thought'), await plainLoss(several, PARAMETERS, 'thought', PAUSE));
  });

  it('bears padding beyond the last position of the model, which has no label', async () => {
    // 24 positions: opening, latent positions and suffix fill them to the last; the suffix is padded to 8.
    const shared = prompts([2, 1], [1, 4]).map((one) => ({ ...one, offset: 24 - one.prompt.length - 2 - 2 - 4 + 1 }));
    expectSame(await gradients(shared, 2, 'thought'), await plainLoss(shared, PARAMETERS, 'thought', PAUSE));
  });

  it('needs no counts where every sequence has all latent positions', async () => {
    const full = prompts([2, 2], [3, 4]);
    const bare = ({ counts, ...rest }: Record<string, HostTensor>): Record<string, HostTensor> => {
      expect(counts.shape).toEqual([2, 1]);
      return rest;
    };
    for (const input of ['thought', 'pause'] as const) {
      expectSame(await gradients(full, 2, input, bare), await plainLoss(full, PARAMETERS, input, PAUSE));
    }
  });

  it('works without openings, one sequence on each prompt, and without latent positions', async () => {
    const without = prompts([2, 1], [3, 4], 0);
    expectSame(await gradients(without, 2, 'thought'), await plainLoss(without, PARAMETERS, 'thought', PAUSE));
    const language = prompts([0, 0], [3, 4]);
    expectSame(await gradients(language, 0, 'thought'), await plainLoss(language, PARAMETERS, 'thought', PAUSE));
  });
});

it('a pause needs its token', async () => {
  const program = gradientProgram({ config: CONFIG, thoughts: 3, input: 'pause' });
  await expect(runOnce(program, { ...PARAMETERS, ...layOut(MIXED, 3).inputs })).rejects.toThrow(
    'pause token: not given; name its id',
  );
});
