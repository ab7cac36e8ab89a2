import { describe, expect, it } from 'vitest';
import { MASKED } from '../../src/model/index.js';
import { IGNORED as X } from '../../src/training/index.js';
import { layOut, type SharedPrompt } from '../../src/training/batch.js';

const prompts: SharedPrompt[] = [
  {
    prompt: [1, 2, 3],
    offset: 4,
    sequences: [
      { opening: [5], latents: 0, suffix: [6, 7], labels: [6, 7, 8] },
      { opening: [9], latents: 2, suffix: [10], labels: [X, X, 11, 12] },
    ],
  },
  {
    prompt: Array.from({ length: 17 }, (_, i) => 20 + i),
    offset: 0,
    sequences: [
      { opening: [13], latents: 1, suffix: [], labels: [X, 14] },
      { opening: [15], latents: 0, suffix: [], labels: [16] },
    ],
  },
];

const list = (data: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: data.length / width }, (_, i) => Array.from(data).slice(i * width, (i + 1) * width));

describe('layOut', () => {
  it('pads prompts at the left to a multiple of 16 and suffixes at the right to one of 8', () => {
    const { shape, inputs, labelled } = layOut(prompts, 2);
    expect(shape).toEqual({ latents: 2, prompt: 32, suffix: 8 });
    const [short, long] = list(inputs['prompt'].data, 32);
    expect(short.slice(-4)).toEqual([0, 1, 2, 3]);
    expect(long.slice(14)).toEqual([0, ...prompts[1].prompt]);
    const [shortAt, longAt] = list(inputs['promptPositions'].data, 32);
    expect(shortAt.slice(-4)).toEqual([0, 4, 5, 6]);
    expect(longAt.slice(14)).toEqual([0, ...Array.from({ length: 17 }, (_, i) => i)]);
    const [shortMask, longMask] = list(inputs['promptMask'].data, 32);
    const masked = Math.fround(MASKED);
    expect(shortMask).toEqual([...new Array<number>(29).fill(masked), 0, 0, 0]);
    expect(longMask).toEqual([...new Array<number>(15).fill(masked), ...new Array<number>(17).fill(0)]);
    expect(inputs['promptMask'].dtype).toBe('float32');
    expect(list(inputs['start'].data, 1).flat()).toEqual([7, 7, 17, 17]);
    expect(list(inputs['opening'].data, 1).flat()).toEqual([5, 9, 13, 15]);
    expect(list(inputs['counts'].data, 1).flat()).toEqual([0, 2, 1, 0]);
    expect(list(inputs['suffix'].data, 8).map((row) => row.slice(0, 3))).toEqual([
      [6, 7, 0],
      [10, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    // One label for the prompt's end, two for latent positions, eight for the suffix.
    expect(list(inputs['labels'].data, 11).map((row) => row.slice(0, 6))).toEqual([
      [6, X, X, 7, 8, X],
      [X, X, 11, 12, X, X],
      [X, 14, X, X, X, X],
      [16, X, X, X, X, X],
    ]);
    expect(labelled).toBe(7);
    for (const { data, shape: own } of Object.values(inputs)) expect(data).toHaveLength(own.reduce((a, b) => a * b, 1));
  });

  it('gives every position room for sixteen labels where one has several', () => {
    const sequence = { opening: [], latents: 1, suffix: [], labels: [[6, 7], 8] };
    const { inputs, labelled } = layOut([{ prompt: [1], offset: 0, sequences: [sequence] }], 2);
    const { data, shape } = inputs['labels'];
    expect(shape).toEqual([1, 4, 16]);
    expect(list(data, 16).map((row) => row.slice(0, 3))).toEqual([
      [6, 7, X],
      [8, X, X],
      [X, X, X],
      [X, X, X],
    ]);
    expect(labelled).toBe(2);
  });

  it('leaves a suffix of one token alone, and out what no sequence has', () => {
    const one = { ...prompts[0], sequences: [{ opening: [], latents: 0, suffix: [5], labels: [5, 6] }] };
    const { shape, inputs } = layOut([one], 0);
    expect(shape).toEqual({ latents: 0, prompt: 16, suffix: 1 });
    expect(Object.keys(inputs).sort()).toEqual([
      'labels',
      'prompt',
      'promptMask',
      'promptPositions',
      'start',
      'suffix',
    ]);
    expect(
      layOut([{ ...one, sequences: [{ ...one.sequences[0], suffix: [5, 5], labels: [5, 5, 5] }] }], 0).shape.suffix,
    ).toBe(8);
  });

  it('refuses sequences that do not fit together', () => {
    const [first, second] = prompts;
    expect(() => layOut([first, { ...second, sequences: second.sequences.slice(1) }], 2)).toThrow(
      'prompts of one batch have different numbers of sequences',
    );
    expect(() => layOut(prompts, 1)).toThrow('a sequence does not fit its batch');
    const opened = { ...second.sequences[0], opening: [1, 2] };
    expect(() => layOut([first, { ...second, sequences: [opened, opened] }], 2)).toThrow(RangeError);
  });
});
