import type { Gpt2Config } from '../checkpoint/index.js';
import type { HostTensor } from '../tensor/index.js';
import { LensError } from '../errors.js';
import { MASKED } from './attention.js';
import { float32, int32, takeRows } from './host-arrays.js';

/** Prompts are padded to a multiple of so many positions, so that few programs exist. */
export const PROMPT_STEP = 16;

/** Token ids of prompts, each of its own length. */
export type Prompts = readonly (readonly number[])[];

/** A batch of prompts padded at the left to one length P, as a pass reads them. */
export interface PaddedPrompts {
  /** P. */
  readonly length: number;
  /** How many positions of each row are padding [batch]. */
  readonly padding: readonly number[];
  /** int32 [batch, P]; 0 at padding, where nothing looks. */
  readonly ids: HostTensor;
  /** int32 [batch, P], counted from each prompt's first token; 0 at padding, as Coconut's collator has it. */
  readonly positions: HostTensor;
  /** Additive, [batch, P]. */
  readonly mask: HostTensor;
}

/** Pads at the left, so that the last token of every prompt stands at P - 1 and thoughts of a batch stay aligned. */
export function padPrompts(prompts: Prompts, length: number): PaddedPrompts {
  const shape = [prompts.length, length];
  const ids = int32(shape);
  const positions = int32(shape);
  const mask = float32(shape);
  const padding = prompts.map((prompt) => length - prompt.length);
  prompts.forEach((prompt, row) => {
    const start = row * length;
    mask.data.fill(MASKED, start, start + padding[row]);
    prompt.forEach((id, position) => {
      ids.data[start + padding[row] + position] = id;
      positions.data[start + padding[row] + position] = position;
    });
  });
  return { length, padding, ids, positions, mask };
}

/** Rows of a padded batch, in the order given, each with the padding that it has. */
export function paddedRows(
  { length, padding, ids, positions, mask }: PaddedPrompts,
  rows: readonly number[],
): PaddedPrompts {
  return {
    length,
    padding: rows.map((row) => padding[row]),
    ids: takeRows(ids, rows),
    positions: takeRows(positions, rows),
    mask: takeRows(mask, rows),
  };
}

/**
 * @param extra how many positions will follow each prompt
 * @throws LensError if there is no prompt, one is empty, holds an id outside the vocabulary, or has no room
 */
export function checkPrompts(config: Gpt2Config, prompts: Prompts, extra: number): void {
  if (prompts.length === 0) throw new LensError('prompts', 'none given (0)', 'give at least one', 'usage');
  prompts.forEach((prompt, row) => {
    const subject = `prompt ${row}`;
    if (prompt.length === 0) throw new LensError(subject, 'no tokens (0)', 'start it with at least one token', 'usage');
    checkTokens(config, subject, prompt);
  });
  checkRoom(
    config,
    prompts.map((prompt) => prompt.length),
    extra,
  );
}

/** @throws LensError if a prompt and `extra` positions after it are longer than the model can read */
export function checkRoom(config: Gpt2Config, lengths: readonly number[], extra: number): void {
  const row = lengths.findIndex((length) => length + extra > config.nPositions);
  if (row < 0) return;
  throw new LensError(
    `prompt ${row}`,
    `too long (${lengths[row]} tokens and ${extra} positions after it; the model has ${config.nPositions})`,
    'shorten it, or ask for fewer thoughts or new tokens',
    'usage',
  );
}

/** @throws LensError if an id is not in the vocabulary */
export function checkTokens(config: Gpt2Config, subject: string, ids: readonly number[]): void {
  const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= config.vocabSize);
  if (wrong === undefined) return;
  throw new LensError(
    subject,
    `token id outside the model's vocabulary (${wrong}; it has ${config.vocabSize})`,
    'use the tokenizer that belongs to this model',
    'usage',
  );
}

/** @throws LensError unless `value` is an integer of at least `least` */
export function checkCount(subject: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new LensError(subject, `not an integer of at least ${least} (${value})`, 'correct it', 'usage');
}
