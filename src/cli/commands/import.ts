import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import type { DroppedTensors, Gpt2Config, InferredSetting, KnownCoconut, ReadWeights } from '../../checkpoint/index.js';
import { modelProvenance, provenance } from '../../provenance.js';
import { alignColumns } from '../../align-columns.js';
import { plural } from '../../plural.js';
import { LensError } from '../../errors.js';
import { defineCommand } from '../command.js';
import { flag, nonEmpty, wholeNumber } from '../flags.js';
import { formatHeadTrial, headTrial, trialEvidence } from '../head-trial.js';
import { checkTokenizer, chooseTokenizer, copyTokenizer, findMarkers, knownByTokenizer } from '../import-tokenizer.js';

const MODEL_FILES = ['config.json', 'model.safetensors'];
const share = z
  .string()
  .regex(/^(0?\.\d+|0|1(\.0*)?)$/, 'expected a number from 0 to 1')
  .transform(Number);

const truth = z.enum(['true', 'false'], 'expected true or false').transform((text) => text === 'true');

/** `0.00001`, `1e-5` */
const positive = z
  .string()
  .regex(/^\d*\.?\d+(e-?\d+)?$/, 'expected a positive number')
  .transform(Number)
  .refine((value) => value > 0, 'expected a positive number');

const names = z
  .string()
  .transform((text) => text.split(','))
  .refine((parts) => parts.every((part) => part !== ''), 'expected names with commas between');

const markers = names
  .refine(({ length }) => length === 3, 'expected three tokens, names or ids: start,latent,end')
  .refine((parts) => new Set(parts).size === parts.length, 'names a token twice');

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
    followLinks: flag(
      z.boolean().default(false),
      "copy tokenizer files that are symbolic links out of the checkpoint's folder",
    ),
    method: flag(nonEmpty().optional(), 'how it was trained: coconut, cot, no-cot, pause, ...', '<name>'),
    thoughts: flag(
      wholeNumber().optional(),
      'thoughts it was trained with; default: 6, 4 in the symbolic wording, 0 without latent markers',
      '<k>',
    ),
    stage: flag(wholeNumber().optional(), 'last stage of its curriculum', '<n>'),
    cThought: flag(wholeNumber().optional(), 'thoughts for each language step it replaces', '<n>'),
    uniformProb: flag(share.optional(), 'share of its training examples from a random stage', '<p>'),
    padLatentToMax: flag(truth.optional(), 'whether every question had the most thoughts', '<true|false>'),
    heads: flag(wholeNumber(1).optional(), 'attention heads, which no shape shows', '<n>'),
    epsilon: flag(positive.optional(), 'of its LayerNorms', '<x>'),
    activation: flag(
      z.enum(['gelu_new', 'gelu_pytorch_tanh'], 'expected gelu_new or gelu_pytorch_tanh, which is the same').optional(),
      'of its MLPs',
      '<gelu_new>',
    ),
    markers: flag(
      markers.optional(),
      'names or ids of its tokens for start, latent and end, where not as in facebookresearch/coconut',
      '<start,latent,end>',
    ),
    drop: flag(names.optional(), 'leave out tensors whose names begin with these prefixes', '<prefix,...>'),
    items: flag(
      nonEmpty().optional(),
      'items to try numbers of heads on, where nothing tells it; default: fresh ones, if the folder has a training.json',
      '<file.json>',
    ),
  },
  examples: [
    'import fixtures/models/constructed-bfs --out out/imported',
    'import fixtures/models/constructed-bfs/model.safetensors --config fixtures/models/constructed-bfs/config.json --tokenizer symbols --uniform-prob 0.3 --out out/imported-again',
  ],
  abandoned: true,
  async run(flags, context) {
    const { confirmingFlags, inferCoconut, readGpt2ConfigFile, readWeights, withAssumptions, writeGpt2 } =
      await import('../../checkpoint/index.js');
    await checkTarget(flags.out);
    const given = flags.config === undefined ? undefined : await readGpt2ConfigFile(flags.config);
    const weights = await readWeights(flags.from, given, {
      nHead: flags.heads,
      layerNormEpsilon: flags.epsilon,
      activation: flags.activation === undefined ? undefined : 'gelu_new',
      drop: flags.drop,
    });
    const choice = await chooseTokenizer(flags.tokenizer, flags.from, flags.followLinks);
    const latent = await findMarkers(choice, flags.markers);
    const known = { ...knownCoconut(flags), ...knownByTokenizer(choice), ...latent.known };
    const { isCoconutModule } = weights.origin;
    const about = inferCoconut(flags.from, weights.config, known, { isCoconutModule, markers: latent.seen });
    const { coconut } = about;
    const inferred = [...weights.inferred, ...about.inferred];
    let assumed = [...weights.assumed, ...about.assumed];
    let config: Gpt2Config = coconut === undefined ? weights.config : { ...weights.config, coconut };
    const tokenizer = await checkTokenizer(choice, config);

    const doubt = assumed.find(({ name }) => name === 'n_head');
    if (doubt === undefined && flags.items !== undefined) {
      throw new LensError('--items', 'has no use: the number of heads is known', 'leave it out', 'usage');
    }
    const folder = choice !== undefined && 'folder' in choice ? choice.folder : undefined;
    const trial =
      doubt === undefined || coconut === undefined
        ? undefined
        : await headTrial(weights, { ...config, coconut }, folder, flags.from, flags.items, context);
    if (trial !== undefined && doubt !== undefined) {
      const { heads } = trial.best ?? { heads: config.nHead };
      const evidence = trialEvidence(trial, config.nHead, doubt.evidence);
      config = { ...config, nHead: heads };
      assumed = assumed.map((fact) => (fact === doubt ? { name: 'n_head', value: `${heads}`, evidence } : fact));
    }
    config = withAssumptions(config, assumed);
    const warnings = [...weights.warnings, ...about.warnings];
    for (const warning of warnings) context.note(`warning: ${warning}`);

    await copyTokenizer(choice, flags.out);
    const sha256 = await writeGpt2(flags.out, { config, tensors: weights.tensors });
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
        dropped: weights.dropped,
        headTrial: trial ?? null,
      },
      text: [
        `${flags.out}: ${countParameters(weights)} parameters from ${weights.origin.path} (${originWords(weights)})`,
        '',
        'Inferred or given',
        factTable(inferred),
        ...(weights.dropped.length === 0 ? [] : ['', 'Left out', droppedTable(weights.dropped)]),
        ...(trial === undefined ? [] : ['', formatHeadTrial(trial)]),
        '',
        ...(assumed.length === 0
          ? ['Nothing was assumed.']
          : [
              'ASSUMED: nothing in the checkpoint shows it. A warning stands with every result until it is confirmed:',
              factTable(assumed),
              ...(doubt === undefined || trial !== undefined
                ? []
                : ['', 'Items whose answers are known tell heads apart: --items <file.json>']),
              `Where this is right, import again with ${confirmingFlags(config)}`,
            ]),
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

interface TrainingFlags {
  readonly method?: string | undefined;
  readonly thoughts?: number | undefined;
  readonly stage?: number | undefined;
  readonly cThought?: number | undefined;
  readonly uniformProb?: number | undefined;
  readonly padLatentToMax?: boolean | undefined;
}

function knownCoconut(flags: TrainingFlags): KnownCoconut {
  const { method, thoughts, stage, cThought, uniformProb, padLatentToMax } = flags;
  return {
    ...(method !== undefined && { method }),
    ...(thoughts !== undefined && { thoughts }),
    ...(stage !== undefined && { stage }),
    ...(cThought !== undefined && { cThought }),
    ...(uniformProb !== undefined && { uniformProb }),
    ...(padLatentToMax !== undefined && { padLatentToMax }),
  };
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

function droppedTable(dropped: readonly DroppedTensors[]): string {
  return alignColumns(
    dropped.map(({ prefix, tensors, reason }) => [prefix, plural(tensors, 'tensor'), reason]),
    3,
  );
}
