import { describe, expect, it } from 'vitest';
import { hasLatentMarkers } from '../../src/checkpoint/index.js';
import { METHODS, parseTrainingConfig, PRESETS, type Plan } from '../../src/training/index.js';
import { createRandom } from '../../src/random.js';

type Name = (typeof METHODS)[number]['name'];

function methodNamed(name: Name) {
  const method = METHODS.find((one) => one.name === name);
  if (method === undefined) throw new Error(name);
  return method;
}

/** Plans of stages 0 .. 4 of 4 for a question of 3 steps, as [removed steps, latent positions]. */
function plans(name: Name, thoughtsPerStep: number, padToMax: boolean): [number, number][] {
  return [0, 1, 2, 3, 4].map((stage) => {
    const context = { stage, maxStage: 4, thoughtsPerStep, padToMax, steps: 3, random: createRandom(1) };
    const { removedSteps, removedTokens, latents }: Plan = methodNamed(name).plan(context);
    if (name !== 'icot') expect(removedTokens).toBe(0);
    return [removedSteps, latents];
  });
}

const STAGED: Record<string, [number, number][]> = {
  '1 true': [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [3, 4],
  ],
  '1 false': [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [3, 3],
  ],
  '2 true': [
    [0, 0],
    [1, 2],
    [2, 4],
    [3, 6],
    [3, 8],
  ],
  '2 false': [
    [0, 0],
    [1, 2],
    [2, 4],
    [3, 6],
    [3, 6],
  ],
};
const AT_ONCE: Record<string, [number, number]> = {
  '1 true': [3, 4],
  '1 false': [3, 3],
  '2 true': [3, 8],
  '2 false': [3, 6],
};

const CASES = [1, 2].flatMap((c) => [true, false].map((pad) => [c, pad] as const));

describe.each(CASES)('with %i thoughts for a step, padded to the most: %s', (c, pad) => {
  const key = `${c} ${pad}`;

  it.each(['coconut', 'coconut-bfs', 'pause', 'pause-passes'] as const)('%s replaces step by step', (name) => {
    expect(plans(name, c, pad)).toEqual(STAGED[key]);
  });

  it.each(['coconut-no-curriculum', 'pause-no-curriculum'] as const)('%s replaces all at once', (name) => {
    expect(plans(name, c, pad)).toEqual(new Array(5).fill(AT_ONCE[key]));
  });

  it('no-thoughts and icot take steps away and put nothing in their place', () => {
    const removed = STAGED[key].map(([steps]) => [steps, 0]);
    expect(plans('no-thoughts', c, pad)).toEqual(removed);
    expect(plans('icot', c, pad)).toEqual(removed);
  });

  it('cot keeps all steps, no-cot none', () => {
    expect(plans('cot', c, pad)).toEqual(new Array(5).fill([0, 0]));
    expect(plans('no-cot', c, pad)).toEqual(new Array(5).fill([3, 0]));
  });
});

it('icot removes o tokens ahead of schedule with probability (1 - e^-4) e^(-4 o)', () => {
  const random = createRandom('icot');
  const n = 200_000;
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const context = { stage: 1, maxStage: 4, thoughtsPerStep: 1, padToMax: true, steps: 3, random };
    counts[Math.min(3, methodNamed('icot').plan(context).removedTokens)]++;
  }
  const q = Math.exp(-4);
  [1 - q, (1 - q) * q, (1 - q) * q * q].forEach((p, offset) => {
    // Four standard deviations of a binomial count; the seed is fixed.
    expect(Math.abs(counts[offset] - n * p), `offset ${offset}`).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)));
  });
});

it('each method is named once, and has what its latent positions need', () => {
  const names = METHODS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(METHODS.map(({ name, input, curriculum, label }) => [name, input, curriculum, label])).toEqual([
    ['coconut', 'thought', true, 'path'],
    ['coconut-bfs', 'thought', true, 'frontier'],
    ['cot', undefined, false, 'path'],
    ['no-cot', undefined, false, 'path'],
    ['icot', undefined, true, 'path'],
    ['pause', 'pause', true, 'path'],
    ['pause-passes', 'pause-passes', true, 'path'],
    ['pause-no-curriculum', 'pause', false, 'path'],
    ['coconut-no-curriculum', 'thought', false, 'path'],
    ['no-thoughts', undefined, true, 'path'],
  ]);
  // How a model is trained and how it is asked must agree on the markers.
  for (const { name, input } of METHODS) expect(hasLatentMarkers(name), name).toBe(input !== undefined);
});

describe('presets', () => {
  it.each(Object.entries(PRESETS))('%s is a configuration', (name, preset) => {
    expect(parseTrainingConfig(name, preset)).toMatchObject(preset);
  });

  it('the published ones have as many epochs as published', () => {
    const epochs = (preset: unknown): number =>
      parseTrainingConfig('preset', preset).phases.reduce((sum, phase) => sum + (phase.epochs ?? NaN), 0);
    expect(epochs(PRESETS['gpt2-prosqa'])).toBe(50);
    expect(epochs(PRESETS['superposition-2l'])).toBe(300);
    expect(PRESETS['gpt2-prosqa'].phases.map(({ stage }) => stage)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
