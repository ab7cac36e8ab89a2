import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { CoconutConfig, CoconutTraces, Gpt2Config, KnownCoconut } from '../checkpoint/index.js';
import { LensError } from '../errors.js';
import type { Tokenizer } from '../tokenizer/index.js';

/** What a tokenizer's folder may hold, and Hugging Face reads. */
const TOKENIZER_FILES = [
  'tokenizer.json',
  'vocab.json',
  'merges.txt',
  'added_tokens.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
];

/** Where the tokenizer comes from: one that is built in, or the folder with its files. */
export type TokenizerChoice =
  | { readonly builtIn: 'gpt2' | 'symbols' }
  /** @param files where each is that is to be copied, by name */
  | { readonly folder: string; readonly files: ReadonlyMap<string, string> }
  | undefined;

/**
 * What `--tokenizer` says; without it, the files that lie in the checkpoint's own folder.
 *
 * @param followLinks whether a file may be a link to one outside the folder, which would be copied
 * @throws LensError if a file is such a link, or no ordinary file
 */
export async function chooseTokenizer(
  value: string | undefined,
  from: string,
  followLinks: boolean,
): Promise<TokenizerChoice> {
  if (value === 'gpt2' || value === 'symbols') return { builtIn: value };
  const folder = value ?? from;
  const present = await readdir(folder).catch((): string[] => []);
  if (value === undefined && !['tokenizer.json', 'vocab.json'].some((file) => present.includes(file))) return undefined;
  const files = new Map<string, string>();
  for (const file of TOKENIZER_FILES) {
    if (present.includes(file)) files.set(file, await sourceOf(folder, file, followLinks));
  }
  return { folder, files };
}

/** The ordinary file that is meant. A link out of the folder may lead to what its owner never meant to give away. */
async function sourceOf(folder: string, file: string, followLinks: boolean): Promise<string> {
  const path = join(folder, file);
  const isLink = (await lstat(path)).isSymbolicLink();
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined || !(await stat(target)).isFile()) {
    throw new LensError(path, 'is no plain file (a pipe or a device)', 'name a file');
  }
  if (isLink && !followLinks && !target.startsWith((await realpath(folder)) + sep)) {
    throw new LensError(
      path,
      `a symbolic link to a file outside the folder (${target})`,
      'pass --follow-links if that is what is to be copied',
    );
  }
  return target;
}

/** What a choice says of the model. */
export function knownByTokenizer(choice: TokenizerChoice): KnownCoconut {
  if (choice === undefined) return {};
  if ('folder' in choice) return { format: 'english' };
  const format: CoconutConfig['format'] = choice.builtIn === 'symbols' ? 'symbolic' : 'english';
  return { format, tokenizer: choice.builtIn };
}

/**
 * The latent tokens that `--markers` gives, or that the tokenizer's files have under their official names.
 *
 * @param markers names or ids of start, latent and end
 * @throws LensError if a name is not in the tokenizer
 */
export async function findMarkers(
  choice: TokenizerChoice,
  markers: readonly string[] | undefined,
): Promise<{ readonly known: KnownCoconut; readonly seen: CoconutTraces['markers'] }> {
  const { findLatentTokens } = await import('../tokenizer/index.js');
  const folder = choice !== undefined && 'folder' in choice ? choice.folder : undefined;
  if (markers === undefined) {
    return { known: {}, seen: folder === undefined ? undefined : await findLatentTokens(folder) };
  }
  const [start, latent, end] = markers;
  if (markers.every((marker) => /^\d+$/.test(marker))) {
    const latentTokens = { start: Number(start), latent: Number(latent), end: Number(end) };
    return { known: { latentTokens }, seen: undefined };
  }
  const latentNames = { start, latent, end };
  const seen = folder === undefined ? undefined : await findLatentTokens(folder, latentNames);
  if (seen === undefined) {
    throw new LensError(
      '--markers',
      'names tokens, and there is no tokenizer to look them up in',
      'give ids, or --tokenizer <dir>',
      'usage',
    );
  }
  return { known: { latentNames, latentTokens: seen.tokens }, seen };
}

/** Loads the tokenizer once, so that no model is written whose tokenizer will not load or has tokens that it lacks. */
export async function checkTokenizer(
  choice: TokenizerChoice,
  { vocabSize, coconut }: Gpt2Config,
): Promise<Tokenizer | undefined> {
  if (choice === undefined) return undefined;
  const { gpt2Tokenizer, readTokenizer, symbolicTokenizer } = await import('../tokenizer/index.js');
  const options = { latentTokens: coconut?.latentTokens ?? null, latentNames: coconut?.latentNames };
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
export async function copyTokenizer(choice: TokenizerChoice, out: string): Promise<void> {
  const [{ makeFolder }, { readInput }, { writeBytesWhole }] = await Promise.all([
    import('../make-folder.js'),
    import('../read-input.js'),
    import('../write-file.js'),
  ]);
  const files = choice !== undefined && 'files' in choice ? choice.files : new Map<string, string>();
  try {
    await makeFolder(out);
    for (const [file, source] of files) await writeBytesWhole(join(out, file), await readInput(source));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LensError(out, `cannot be written (${reason})`, 'choose another folder', 'failure', error);
  }
}
