import { MASKED } from '../model/index.js';
import type { HostTensor } from '../tensor/index.js';
import { IGNORED } from './coconut-loss.js';
import type { Label, TrainingSequence } from './sequence.js';

/** Prompts are padded to a multiple of so many positions and suffixes to a few lengths, so that few programs exist. */
const PROMPT_STEP = 16;
/** Where a position has several labels, all have room for a multiple of so many. */
const LABEL_STEP = 16;

/** Sequences that share a prompt. */
export interface SharedPrompt {
  readonly prompt: readonly number[];
  readonly sequences: readonly TrainingSequence[];
  /** The position of the prompt's first token. */
  readonly offset: number;
}

/** What a training program is compiled for, beside the model. */
export interface BatchShape {
  /** k: the most latent positions of a sequence. */
  readonly latents: number;
  /** P, padded. */
  readonly prompt: number;
  /** S, padded. */
  readonly suffix: number;
}

/** The inputs of `gradientProgram` that are a batch's. */
export interface HostBatch {
  readonly shape: BatchShape;
  readonly inputs: Readonly<Record<string, HostTensor>>;
  /** Positions that have a label. */
  readonly labelled: number;
}

/** A suffix of one token stays one; longer ones share a length with others. */
const paddedSuffix = (length: number): number => (length <= 1 ? 1 : Math.ceil(length / 8) * 8);
const paddedPrompt = (length: number): number => Math.ceil(length / PROMPT_STEP) * PROMPT_STEP;

/**
 * Lays sequences out as a `TrainingBatch`: prompts padded at the left, suffixes at the right. Every prompt has as many
 * sequences, every sequence an opening of the same length.
 *
 * @param latents the shape's k, at least the most latent positions of a sequence
 * @throws RangeError if the sequences do not fit together
 */
export function layOut(prompts: readonly SharedPrompt[], latents: number): HostBatch {
  const [{ sequences: some }] = prompts;
  const each = some.length;
  const openingLength = some[0].opening.length;
  const rows = prompts.length * each;
  const longest = Math.max(...prompts.flatMap(({ sequences }) => sequences.map(({ suffix }) => suffix.length)));
  const shape = {
    latents,
    prompt: paddedPrompt(Math.max(...prompts.map(({ prompt }) => prompt.length))),
    suffix: paddedSuffix(longest),
  };
  const width = 1 + latents + shape.suffix;
  const prompt = new Int32Array(prompts.length * shape.prompt);
  const promptPositions = new Int32Array(prompt.length);
  const promptMask = new Float32Array(prompt.length);
  const start = new Int32Array(rows);
  const opening = new Int32Array(rows * openingLength);
  const counts = new Int32Array(rows);
  const suffix = new Int32Array(rows * shape.suffix);
  const most = roomForLabels(prompts);
  const labels = new Int32Array(rows * width * (most ?? 1)).fill(IGNORED);
  let labelled = 0;
  const label = (row: number, place: number, own: Label): void => {
    const tokens = typeof own === 'number' ? [own] : own;
    labels.set(tokens, (row * width + place) * (most ?? 1));
    labelled += Number(tokens.some((token) => token !== IGNORED));
  };
  prompts.forEach((shared, g) => {
    if (shared.sequences.length !== each)
      throw new RangeError('prompts of one batch have different numbers of sequences');
    const padding = shape.prompt - shared.prompt.length;
    promptMask.fill(MASKED, g * shape.prompt, g * shape.prompt + padding);
    shared.prompt.forEach((id, i) => {
      prompt[g * shape.prompt + padding + i] = id;
      promptPositions[g * shape.prompt + padding + i] = shared.offset + i;
    });
    shared.sequences.forEach((sequence, i) => {
      const row = g * each + i;
      if (sequence.opening.length !== openingLength || sequence.latents > latents)
        throw new RangeError('a sequence does not fit its batch');
      start[row] = shared.offset + shared.prompt.length;
      counts[row] = sequence.latents;
      opening.set(sequence.opening, row * openingLength);
      suffix.set(sequence.suffix, row * shape.suffix);
      // What lies beyond a sequence's own latent positions has no label.
      sequence.labels.forEach((own, place) => {
        label(row, place <= sequence.latents ? place : place + latents - sequence.latents, own);
      });
    });
  });
  const int32 = (data: Int32Array, columns: number): HostTensor => ({
    data,
    shape: [data.length / Math.max(1, columns), columns],
    dtype: 'int32',
  });
  return {
    shape,
    labelled,
    inputs: {
      prompt: int32(prompt, shape.prompt),
      promptPositions: int32(promptPositions, shape.prompt),
      promptMask: { data: promptMask, shape: [prompts.length, shape.prompt], dtype: 'float32' },
      start: int32(start, 1),
      ...(openingLength > 0 && { opening: int32(opening, openingLength) }),
      ...(latents > 0 && { counts: int32(counts, 1) }),
      suffix: int32(suffix, shape.suffix),
      labels: { data: labels, shape: [rows, width, ...(most === undefined ? [] : [most])], dtype: 'int32' },
    },
  };
}

/** Labels that a position has room for; undefined: one, as no position has several. */
function roomForLabels(prompts: readonly SharedPrompt[]): number | undefined {
  const sizes = prompts.flatMap(({ sequences }) =>
    sequences.flatMap(({ labels }) => labels.map((label) => (typeof label === 'number' ? 0 : label.length))),
  );
  const most = Math.max(...sizes);
  return most === 0 ? undefined : Math.ceil(most / LABEL_STEP) * LABEL_STEP;
}
