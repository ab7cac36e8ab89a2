import { LensError } from '../errors.js';
import { quote } from './messages.js';

export const HEAD = 'lm_head.weight';
export const TOKEN_EMBEDDING = 'wte.weight';
/** Where transformers' GPT2LMHeadModel keeps everything but the head. */
export const BODY_PREFIX = 'transformer.';

/**
 * What stands before a parameter's own name, outermost first; each may be absent: torch.compile, DistributedData-
 * Parallel, the model within facebookresearch/coconut's Coconut module, the body within GPT2LMHeadModel.
 */
const PREFIXES = /^(_orig_mod\.|module\.)*(base_causallm\.)?(transformer\.)?/;
/** The Coconut module also registers the token embedding under a name of its own. */
const COCONUT_EMBEDDING = /^(_orig_mod\.|module\.)*embedding\.weight$/;
/** Constants that older versions of transformers saved with the parameters. */
const MASK_BUFFER = /^h\.\d+\.attn\.(masked_)?bias$/;

/** The names in a file, by what they mean. */
export interface ParameterNames {
  /** Stored name of each parameter, by its own name: `wte.weight`, `h.0.attn.c_attn.weight`, `lm_head.weight`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Stored name of the Coconut module's second reference to the token embedding, if it is there. */
  readonly coconutEmbedding: string | undefined;
  /** Whether the names are those of facebookresearch/coconut. */
  readonly isCoconutModule: boolean;
}

/**
 * Recognises the names that GPT-2 checkpoints carry. Names that are no parameter's pass through: whoever compares them
 * with a configuration will list them as unexpected.
 *
 * @param subject the file, for messages
 * @throws LensError if two stored names mean the same parameter
 */
export function recognizeNames(subject: string, stored: Iterable<string>): ParameterNames {
  const names = [...stored];
  const isCoconutModule = names.some((name) => PREFIXES.exec(name)?.[2] !== undefined);
  const parameters = new Map<string, string>();
  let coconutEmbedding: string | undefined;
  for (const name of names) {
    if (isCoconutModule && COCONUT_EMBEDDING.test(name)) {
      coconutEmbedding = name;
      continue;
    }
    const own = name.replace(PREFIXES, '');
    if (MASK_BUFFER.test(own)) continue;
    const other = parameters.get(own);
    if (other !== undefined) {
      throw new LensError(
        subject,
        `a tensor is there twice (${quote(other)} and ${quote(name)})`,
        'save the model again',
      );
    }
    parameters.set(own, name);
  }
  return { parameters, coconutEmbedding, isCoconutModule };
}
