import { LensError } from '../errors.js';
import type { TensorKind } from './gpt2-check.js';
import { TOKEN_EMBEDDING } from './parameter-names.js';

const MERGE =
  'merge it into its base first: PeftModel.from_pretrained(base, folder).merge_and_unload().save_pretrained(dir)';
const ONLY_GPT2 = 'only models built like GPT-2 can be run here';
/** What training scripts leave for each epoch or step. */
const CHECKPOINT = /^checkpoint[-_](\d+)$/;

/** By a tensor that they all have. */
const OTHER_ARCHITECTURES: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)embed_tokens\.weight$/, 'a model built like Llama (Llama, Qwen, SmolLM, Mistral)'],
  [/(^|\.)embed_in\.weight$/, 'a GPT-NeoX (Pythia)'],
];

/**
 * Recognises layouts that are no Hugging Face GPT-2.
 *
 * @param subject the file, for messages
 * @param found by own name
 * @throws LensError that says what it is and what to do
 */
export function refuseForeignLayout(subject: string, found: ReadonlyMap<string, TensorKind>): void {
  const names = [...found.keys()];
  if (names.some((name) => /\.lora_[AB]\./.test(name)))
    throw new LensError(subject, 'holds a LoRA adapter (PEFT), not a model of its own', MERGE);
  const embedding = found.get(TOKEN_EMBEDDING)?.shape;
  const attention = found.get('h.0.attn.c_attn.weight')?.shape;
  if (embedding?.length === 2 && attention?.[0] === 3 * embedding[1] && attention[1] === embedding[1]) {
    throw new LensError(
      subject,
      "has nanoGPT's layout, whose matrices are the transposes of Hugging Face's, and nanoGPT's GELU is another (the exact one)",
      "train with transformers' GPT2LMHeadModel, as facebookresearch/coconut does; where the exact GELU was not used, save it as one: transpose attn.c_attn, attn.c_proj, mlp.c_fc and mlp.c_proj, and put zeros where there is no bias",
    );
  }
  if (embedding !== undefined) return;
  const other = OTHER_ARCHITECTURES.find(([pattern]) => names.some((name) => pattern.test(name)));
  if (other !== undefined) throw new LensError(subject, `holds ${other[1]}`, ONLY_GPT2);
}

/**
 * Recognises folders that have no model of their own but lead to one.
 *
 * @param files the names of what is in the folder
 * @throws LensError that says what it is and what to do
 */
export function refuseForeignFolder(folder: string, files: readonly string[]): void {
  if (files.some((name) => name === 'adapter_config.json' || name.startsWith('adapter_model.'))) {
    throw new LensError(folder, 'holds a LoRA adapter (PEFT), not a model of its own', MERGE);
  }
  const checkpoints = files
    .map((name) => ({ name, step: Number(CHECKPOINT.exec(name)?.[1] ?? NaN) }))
    .filter(({ step }) => !Number.isNaN(step))
    .sort((a, b) => b.step - a.step);
  if (checkpoints.length === 0) return;
  const [{ name }] = checkpoints;
  const what =
    checkpoints.length === 1 ? `one checkpoint (${name})` : `${checkpoints.length} checkpoints (the last: ${name})`;
  throw new LensError(
    folder,
    `the folder of a training run, with ${what} and no model`,
    `make a model folder of the checkpoint that you want: coconut-lens import ${folder}/${name} --out <dir>`,
  );
}
