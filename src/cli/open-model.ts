import { hasLatentMarkers, type CoconutConfig } from '../checkpoint/index.js';
import type { Coconut } from '../model/index.js';
import type { EngineInfo, EngineName } from '../tensor/index.js';
import type { Wording } from '../tokenizer/index.js';
import { LensError } from '../errors.js';
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
  const [{ loadCoconut }, { useEngine }] = await Promise.all([
    import('../model/index.js'),
    import('../tensor/index.js'),
  ]);
  const engine = await useEngine(engineName);
  context.note(engineLine(engine));
  const model = await loadCoconut(folder);
  for (const warning of model.weights.warnings ?? []) context.note(`warning: ${folder}: ${warning}`);
  const { coconut } = model.config;
  if (coconut === undefined) {
    throw new LensError(
      `${folder}/config.json`,
      'does not say what kind of Coconut model this is (no "coconut" block)',
      'add one: {"format": ..., "method": ..., "thoughts": ..., "latent_tokens": ...}, see docs/models.md',
    );
  }
  for (const note of pauseNotes(coconut)) context.note(`note: ${folder}: ${note}`);
  const wording = coconut.format === 'symbolic' ? await symbolic(coconut) : await english(folder, coconut, context);
  checkVocabulary(folder, model.config.vocabSize, wording);
  return { model, wording, thoughts: coconut.thoughts, engine };
}

/** What must be said beside the thoughts of a model that does not read them; nothing of others. */
export function pauseNotes({ method }: CoconutConfig): string[] {
  if (!method.startsWith('pause')) return [];
  return [
    'at its latent positions this model reads a learned token; what is called its thoughts are the hidden states that Coconut would read there',
  ];
}

/**
 * For what reads thought c as depth c: readouts, recordings and what is made of them, the battery. Where several thoughts
 * replace one step, thought c stands for depth c / `c_thought`, and every table would be of another depth than it says.
 *
 * @param coconut the block of the folder's config.json
 * @throws LensError if the model was made for several thoughts a step
 */
export function checkDepths(folder: string, coconut: CoconutConfig | undefined): void {
  const { cThought = 1 } = coconut ?? {};
  if (cThought <= 1) return;
  throw new LensError(
    folder,
    `has several thoughts for each step (c_thought ${cThought}), and thought c is read as depth c here`,
    'use evaluate or compare, or a model with one thought for each step',
    'usage',
  );
}

/** Models that reason in language say their steps before the answer. */
async function symbolic({ method }: CoconutConfig): Promise<Wording> {
  const { spokenSymbolicWording, symbolicWording } = await import('../tokenizer/index.js');
  return method === 'cot' ? spokenSymbolicWording : symbolicWording;
}

/** With the tokenizer that lies in the model's folder, or GPT-2's own. */
async function english(folder: string, coconut: CoconutConfig, context: CommandContext): Promise<Wording> {
  const { englishWording, gpt2Tokenizer, readTokenizer } = await import('../tokenizer/index.js');
  const markers = hasLatentMarkers(coconut.method);
  const latentTokens = (markers ? coconut.latentTokens : undefined) ?? null;
  let tokenizer = await readTokenizer(folder, { latentTokens });
  if (tokenizer === undefined) {
    context.note(`tokenizer: gpt2, built in (${folder} holds none)`);
    tokenizer = await gpt2Tokenizer({ latentTokens });
  }
  return englishWording(tokenizer, { markers });
}

function checkVocabulary(folder: string, vocabSize: number, { tokenizer }: Wording): void {
  if (vocabSize >= tokenizer.vocabularySize) return;
  throw new LensError(
    `${folder}/config.json`,
    `the ${tokenizer.name} tokenizer has ${tokenizer.vocabularySize} tokens, the model fewer (${vocabSize})`,
    'use a model that was made for it',
  );
}
