import { LensError } from '../errors.js';
import type { Coconut } from '../model/index.js';
import type { EngineInfo, EngineName } from '../tensor/index.js';
import type { Wording } from '../tokenizer/index.js';
import type { CommandContext } from './command.js';

/** A model ready to run, and what it runs on. */
export interface OpenModel {
  readonly model: Coconut;
  readonly wording: Wording;
  /** The thoughts that the model was made for. */
  readonly thoughts: number;
  readonly engine: EngineInfo;
}

/** What one line on stderr says of an engine. */
export function engineLine({ name, version, threads }: EngineInfo): string {
  return `engine: ${name} ${version}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/**
 * Chooses the engine and loads a model folder with the wording it was made for. Says both on stderr.
 *
 * @throws LensError if the engine is not there, the folder holds no GPT-2 that this project can run, or the model does
 * not say how it is to be asked
 */
export async function openModel(
  folder: string,
  engineName: EngineName | undefined,
  context: CommandContext,
): Promise<OpenModel> {
  const [{ loadCoconut }, { useEngine }, { symbolicWording }] = await Promise.all([
    import('../model/index.js'),
    import('../tensor/index.js'),
    import('../tokenizer/index.js'),
  ]);
  const engine = await useEngine(engineName);
  context.note(engineLine(engine));
  const model = await loadCoconut(folder);
  for (const warning of model.weights.warnings ?? []) context.note(`warning: ${folder}: ${warning}`);
  const { coconut, vocabSize } = model.config;
  const subject = `${folder}/config.json`;
  if (coconut === undefined) {
    throw new LensError(
      subject,
      'does not say what kind of Coconut model this is (no "coconut" block)',
      'add one: {"format": "symbolic", "method": ..., "thoughts": ..., "latent_tokens": ...}',
    );
  }
  if (coconut.format !== 'symbolic') {
    throw new LensError(subject, `this version cannot put questions in that wording (${coconut.format})`);
  }
  const needed = symbolicWording.tokenizer.vocabularySize;
  if (vocabSize < needed) {
    throw new LensError(
      subject,
      `the symbolic wording has ${needed} tokens, the model fewer (${vocabSize})`,
      'use a model that was made for it',
    );
  }
  return { model, wording: symbolicWording, thoughts: coconut.thoughts, engine };
}
