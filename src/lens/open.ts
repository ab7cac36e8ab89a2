import type { CoconutConfig } from '../checkpoint/index.js';
import { engineLine } from '../engine-line.js';
import { LensError } from '../errors.js';
import { loadCoconut } from '../model/index.js';
import { holdEngine, type EngineName } from '../tensor/index.js';
import type { Wording } from '../tokenizer/index.js';
import { Lens } from './lens.js';
import { wordingOf } from './wording.js';

/** How a model folder is opened. */
export interface OpenOptions {
  /** What computes. Default: the engine in use, else `$COCONUT_LENS_ENGINE`, else the best that answers. */
  readonly engine?: EngineName | undefined;
  /** Gets what a user should know: the engine, warnings of the checkpoint, a built-in tokenizer. One line each. */
  readonly onNote?: ((line: string) => void) | undefined;
}

/**
 * Opens a model folder. Its config.json says how the model is to be asked: the wording, the number of thoughts and the
 * tokenizer.
 *
 * @param folder with config.json (its block `coconut`, see docs/files.md) and model.safetensors
 * @throws LensError if the engine is not there or a lens that is open runs on another, the folder holds no model that this project can run, or config.json does
 * not say how it is to be asked
 */
export async function open(folder: string, { engine: name, onNote }: OpenOptions = {}): Promise<Lens> {
  const engine = await holdEngine(folder, name);
  try {
    onNote?.(engineLine(engine.info));
    const model = await loadCoconut(folder);
    for (const warning of model.weights.warnings ?? []) onNote?.(`warning: ${folder}: ${warning}`);
    const { coconut } = model.config;
    if (coconut === undefined) {
      throw new LensError(
        `${folder}/config.json`,
        'does not say what kind of Coconut model this is (no "coconut" block)',
        'add one: {"format": ..., "method": ..., "thoughts": ..., "latent_tokens": ...}, see docs/files.md',
      );
    }
    for (const note of pauseNotes(coconut)) onNote?.(`note: ${folder}: ${note}`);
    const wording = await wordingOf(folder, coconut, onNote);
    checkVocabulary(folder, model.config.vocabSize, wording);
    return new Lens({ folder, model, wording, coconut, engine, notes: pauseNotes(coconut) });
  } catch (error) {
    engine.release();
    throw error;
  }
}

/** What readers of a pause model's thoughts must know; nothing for other models. */
function pauseNotes({ method }: CoconutConfig): string[] {
  if (!method.startsWith('pause')) return [];
  return [
    'at its latent positions this model reads a learned token; what is called its thoughts are the hidden states that Coconut would read there',
  ];
}

function checkVocabulary(folder: string, vocabSize: number, { tokenizer }: Wording): void {
  if (vocabSize >= tokenizer.vocabularySize) return;
  throw new LensError(
    `${folder}/config.json`,
    `the ${tokenizer.name} tokenizer has ${tokenizer.vocabularySize} tokens, the model fewer (${vocabSize})`,
    'use a model that was made for it',
  );
}
