import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CoconutConfig, Gpt2Config, InferredSetting, KnownCoconut, ReadWeights } from '../../checkpoint/index.js';
import { modelProvenance, provenance } from '../../provenance.js';
import { alignColumns } from '../../align-columns.js';
import type { Tokenizer } from '../../tokenizer/index.js';
import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { flag, nonEmpty, wholeNumber } from '../flags.js';

const MODEL_FILES = ['config.json', 'model.safetensors'];
/** What a tokenizer's folder may hold, and Hugging Face reads. */
const TOKENIZER_FILES = [
  'tokenizer.json',
  'vocab.json',
  'merges.txt',
  'added_tokens.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
];

const share = z
  .string()
  .regex(/^(0?\.\d+|0|1(\.0*)?)$/, 'expected a number from 0 to 1')
  .transform(Number);

const truth = z.enum(['true', 'false'], 'expected true or false').transform((text) => text === 'true');

/** Where the tokenizer comes from: one that is built in, or the folder with its files. */
type TokenizerChoice = { readonly builtIn: 'gpt2' | 'symbols' } | { readonly folder: string } | undefined;

export const importCommand = defineCommand({
  name: 'import',
  summary: 'make a model folder of a checkpoint: torch file, safetensors, Hugging Face folder',
  positional: 'from',
  flags: {
    from: flag(nonEmpty(), 'checkpoint: a file of torch.save or safetensors, or a folder', '<file-or-folder>'),
    out: flag(nonEmpty(), 'folder to make', '<dir>'),
    config: flag(nonEmpty().optional(), "config.json to use instead of the folder's; tells the heads", '<c.json>'),
    tokenizer: flag(
      nonEmpty().optional(),
      'gpt2, symbols, or the folder with its files; default: those beside the checkpoint, else by the vocabulary',
      '<dir|gpt2|symbols>',
    ),
    method: flag(nonEmpty().optional(), 'how it was trained: coconut, cot, no-cot, pause, ...', '<name>'),
    thoughts: flag(
      wholeNumber().optional(),
      'thoughts it was trained with; default: 6, or 0 without latent markers',
      '<k>',
    ),
    stage: flag(wholeNumber().optional(), 'last stage of its curriculum', '<n>'),
    cThought: flag(wholeNumber().optional(), 'thoughts for each language step it replaces', '<n>'),
    uniformProb: flag(share.optional(), 'share of its training examples from a random stage', '<p>'),
    padLatentToMax: flag(truth.optional(), 'whether every question had the most thoughts', '<true|false>'),
  },
  examples: [
    'import fixtures/models/constructed-bfs --out out/imported',
    'import fixtures/models/constructed-bfs/model.safetensors --config fixtures/models/constructed-bfs/config.json --tokenizer symbols --uniform-prob 0.3 --out out/imported-again',
  ],
  abandoned: true,
  async run(flags, context) {
    const { inferCoconut, readGpt2ConfigFile, readWeights, writeGpt2 } = await import('../../checkpoint/index.js');
    await checkTarget(flags.out);
    const given = flags.config === undefined ? undefined : await readGpt2ConfigFile(flags.config);
    const weights = await readWeights(flags.from, given);
    const choice = await chooseTokenizer(flags.tokenizer, flags.from);
    const { coconut, ...about } = inferCoconut(
      flags.from,
      weights.config,
      knownCoconut(flags, choice),
      weights.origin.isCoconutModule,
    );
    const config: Gpt2Config = coconut === undefined ? weights.config : { ...weights.config, coconut };
    const tokenizer = await checkTokenizer(choice, config);
    const warnings = [...weights.warnings, ...about.warnings];
    for (const warning of warnings) context.note(`warning: ${warning}`);

    await copyTokenizer(choice, flags.out);
    const sha256 = await writeGpt2(flags.out, { config, tensors: weights.tensors });
    const inferred = [...weights.inferred, ...about.inferred];
    const assumed = [...weights.assumed, ...about.assumed];
    return {
      json: {
        kind: 'import',
        ...provenance(context, {
          config: { method: coconut?.method ?? null, thoughts: coconut?.thoughts ?? null },
          model: modelProvenance(flags.out, { weights: { ...weights, sha256 }, config }, tokenizer),
          warnings,
        }),
        from: { path: weights.origin.path, format: weights.origin.format, sha256: weights.sha256 },
        inferred,
        assumed,
      },
      text: [
        `${flags.out}: ${countParameters(weights)} parameters from ${weights.origin.path} (${originWords(weights)})`,
        '',
        'Inferred or given',
        factTable(inferred),
        '',
        assumed.length === 0 ? 'Nothing was assumed.' : 'ASSUMED: nothing in the checkpoint shows it',
        ...(assumed.length === 0 ? [] : [factTable(assumed)]),
      ].join('\n'),
    };
  },
});

/** @throws LensError if the folder already holds a model, which may be the very one that is read */
async function checkTarget(out: string): Promise<void> {
  const { outputFolder } = await import('../../output-path.js');
  await outputFolder(out);
  const present = await readdir(out).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [] as string[];
    const reason = error instanceof Error ? error.message : String(error);
    throw new LensError(out, `cannot be written (${reason})`, 'choose another folder', 'failure', error);
  });
  const model = MODEL_FILES.find((file) => present.includes(file));
  if (model !== undefined) throw new LensError(out, `already holds a model (${model})`, 'choose another folder');
}

/** What `--tokenizer` says; without it, the files that lie in the checkpoint's own folder. */
async function chooseTokenizer(value: string | undefined, from: string): Promise<TokenizerChoice> {
  if (value === 'gpt2' || value === 'symbols') return { builtIn: value };
  if (value !== undefined) return { folder: value };
  const files = await readdir(from).catch((): string[] => []);
  return ['tokenizer.json', 'vocab.json'].some((file) => files.includes(file)) ? { folder: from } : undefined;
}

interface TrainingFlags {
  readonly method?: string | undefined;
  readonly thoughts?: number | undefined;
  readonly stage?: number | undefined;
  readonly cThought?: number | undefined;
  readonly uniformProb?: number | undefined;
  readonly padLatentToMax?: boolean | undefined;
}

function knownCoconut(flags: TrainingFlags, choice: TokenizerChoice): KnownCoconut {
  const { method, thoughts, stage, cThought, uniformProb, padLatentToMax } = flags;
  return {
    ...(method !== undefined && { method }),
    ...(thoughts !== undefined && { thoughts }),
    ...(stage !== undefined && { stage }),
    ...(cThought !== undefined && { cThought }),
    ...(uniformProb !== undefined && { uniformProb }),
    ...(padLatentToMax !== undefined && { padLatentToMax }),
    ...(choice !== undefined && { format: formatOf(choice) }),
    ...(choice !== undefined && 'builtIn' in choice && { tokenizer: choice.builtIn }),
  };
}

function formatOf(choice: Exclude<TokenizerChoice, undefined>): CoconutConfig['format'] {
  return 'builtIn' in choice && choice.builtIn === 'symbols' ? 'symbolic' : 'english';
}

/** Loads the tokenizer once, so that no model is written whose tokenizer will not load or has tokens that it lacks. */
async function checkTokenizer(
  choice: TokenizerChoice,
  { vocabSize, coconut }: Gpt2Config,
): Promise<Tokenizer | undefined> {
  if (choice === undefined) return undefined;
  const { gpt2Tokenizer, readTokenizer, symbolicTokenizer } = await import('../../tokenizer/index.js');
  const options = { latentTokens: coconut?.latentTokens ?? null };
  const builtIn = 'builtIn' in choice ? choice.builtIn : undefined;
  const subject = 'builtIn' in choice ? `--tokenizer ${choice.builtIn}` : choice.folder;
  const tokenizer =
    builtIn === 'symbols'
      ? symbolicTokenizer
      : 'folder' in choice
        ? await readTokenizer(choice.folder, options)
        : await gpt2Tokenizer(options);
  if (tokenizer === undefined) {
    throw new LensError(
      subject,
      'holds no tokenizer (neither tokenizer.json nor vocab.json with merges.txt)',
      'pass the folder that holds it, gpt2, or symbols',
    );
  }
  if (tokenizer.vocabularySize > vocabSize) {
    throw new LensError(
      subject,
      `has ${tokenizer.vocabularySize} tokens, the model fewer (${vocabSize})`,
      'pass the tokenizer that the model was trained with',
    );
  }
  return tokenizer;
}

/** Makes the folder, with the tokenizer's files. Before the weights: a folder is a model once its config.json is there, and that is written last. */
async function copyTokenizer(choice: TokenizerChoice, out: string): Promise<void> {
  const { makeFolder } = await import('../../recording/index.js');
  const from = choice !== undefined && 'folder' in choice ? choice.folder : undefined;
  const present = from === undefined ? [] : await readdir(from);
  try {
    await makeFolder(out);
    for (const file of TOKENIZER_FILES) {
      if (from !== undefined && present.includes(file)) await copyFile(join(from, file), join(out, file));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LensError(out, `cannot be written (${reason})`, 'choose another folder', 'failure', error);
  }
}

function countParameters({ tensors }: ReadWeights): string {
  return Object.values(tensors)
    .reduce((sum, { data }) => sum + data.length, 0)
    .toLocaleString('en-US');
}

function originWords({ origin }: ReadWeights): string {
  const { format, wrappedIn, isCoconutModule } = origin;
  return [
    format,
    ...(wrappedIn.length > 0 ? [`state dict under ${wrappedIn.map((key) => JSON.stringify(key)).join(', ')}`] : []),
    ...(isCoconutModule ? ['names of the Coconut module'] : []),
  ].join('; ');
}

function factTable(facts: readonly InferredSetting[]): string {
  return alignColumns(
    facts.map(({ name, value, evidence }) => [name, value, evidence]),
    3,
  );
}
