import { hasLatentMarkers, type CoconutConfig } from '../checkpoint/index.js';
import {
  englishWording,
  gpt2Tokenizer,
  readTokenizer,
  spokenSymbolicWording,
  symbolicWording,
  type Wording,
} from '../tokenizer/index.js';

/**
 * How a model is asked, by the `coconut` block of its config.json.
 *
 * @param folder that may hold a tokenizer; without one it is GPT-2's own
 * @param onNote told where the tokenizer is the built-in one
 * @throws LensError if the tokenizer's files are malformed, or have other latent tokens
 */
export async function wordingOf(
  folder: string | undefined,
  coconut: CoconutConfig,
  onNote?: (line: string) => void,
): Promise<Wording> {
  if (coconut.format === 'english') return english(folder, coconut, onNote);
  // Models that reason in language state their steps before the answer.
  return coconut.method === 'cot' ? spokenSymbolicWording : symbolicWording;
}

async function english(
  folder: string | undefined,
  { method, latentTokens, latentNames }: CoconutConfig,
  onNote?: (line: string) => void,
): Promise<Wording> {
  const markers = hasLatentMarkers(method);
  const options = { latentTokens: (markers ? latentTokens : undefined) ?? null, latentNames };
  let tokenizer = folder === undefined ? undefined : await readTokenizer(folder, options);
  if (tokenizer === undefined) {
    if (folder !== undefined) onNote?.(`tokenizer: gpt2, built in (${folder} holds none)`);
    tokenizer = await gpt2Tokenizer(options);
  }
  return englishWording(tokenizer, { markers });
}
