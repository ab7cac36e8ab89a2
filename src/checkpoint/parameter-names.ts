import { LensError } from '../errors.js';
import { quote } from './messages.js';

export const HEAD = 'lm_head.weight';
export const TOKEN_EMBEDDING = 'wte.weight';
/** Where transformers' GPT2LMHeadModel keeps everything but the head. */
export const BODY_PREFIX = 'transformer.';

/** The component under which facebookresearch/coconut's Coconut module has the model that it wraps. */
const COCONUT_MODULE = 'base_causallm';
/**
 * Components of a name that say only what is wrapped around a module, wherever they stand: torch.compile,
 * DistributedDataParallel (and DeepSpeed), FSDP, activation checkpointing, Lightning Fabric; an attribute of a training
 * script's own module; the Coconut module; the body within GPT2LMHeadModel. No parameter of a GPT-2 has one of its own.
 */
const WRAPPERS: ReadonlySet<string> = new Set([
  '_orig_mod',
  'module',
  '_fsdp_wrapped_module',
  '_fpw_module',
  '_checkpoint_wrapped_module',
  '_forward_module',
  'model',
  COCONUT_MODULE,
  'transformer',
]);
/** The Coconut module also registers the token embedding under a name of its own. */
const COCONUT_EMBEDDING = 'embedding.weight';
/** Decoders that SIM-CoT trains beside a Coconut model and reads no answer with (`expainable` is how it spells it). */
const AUXILIARY = ['expainable_llm', 'decoder', 'pj_in', 'pj_out'];
/** Constants that older versions of transformers saved with the parameters. */
const MASK_BUFFER = /^h\.\d+\.attn\.(masked_)?bias$/;

/** Tensors of a file that the model has no use for. */
export interface DroppedTensors {
  /** What their names, or the one name, begin with. */
  readonly prefix: string;
  readonly tensors: number;
  readonly reason: string;
}

/** The names in a file, by what they mean. */
export interface ParameterNames {
  /** Stored name of each parameter, by its own name: `wte.weight`, `h.0.attn.c_attn.weight`, `lm_head.weight`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Stored name of the Coconut module's second reference to the token embedding, if it is there. */
  readonly coconutEmbedding: string | undefined;
  /** Whether the names are those of facebookresearch/coconut. */
  readonly isCoconutModule: boolean;
  /** Auxiliary decoders, and what was asked to be dropped. */
  readonly dropped: readonly DroppedTensors[];
}

/**
 * Recognises the names that GPT-2 checkpoints carry: a name without its wrappers is the parameter's own. Names that are
 * no parameter's pass through: whoever compares them with a configuration will list them as unexpected.
 *
 * @param subject the file, for messages
 * @param drop further prefixes, of stored or own names, whose tensors are not wanted
 * @throws LensError if two stored names mean the same parameter, or a prefix of `drop` begins no name
 */
export function recognizeNames(
  subject: string,
  stored: Iterable<string>,
  drop: readonly string[] = [],
): ParameterNames {
  const names = [...stored];
  const parameters = new Map<string, string>();
  const asked = new Map<string, number>(drop.map((prefix) => [prefix, 0]));
  const auxiliary = new Map<string, string[]>();
  let coconutEmbedding: string | undefined;
  for (const name of names) {
    const own = ownName(name);
    const unwanted = drop.find((prefix) => beginsWith(name, prefix) || beginsWith(own, prefix));
    const helper = AUXILIARY.find((prefix) => beginsWith(own, prefix));
    if (unwanted !== undefined) asked.set(unwanted, (asked.get(unwanted) ?? 0) + 1);
    else if (helper !== undefined)
      auxiliary
        .set(helper, auxiliary.get(helper) ?? [])
        .get(helper)
        ?.push(name);
    else if (own === COCONUT_EMBEDDING) coconutEmbedding = once(subject, coconutEmbedding, name);
    else if (!MASK_BUFFER.test(own)) add(subject, parameters, own, name);
  }
  const useless = [...asked].find(([, tensors]) => tensors === 0);
  if (useless !== undefined) {
    const shown = names.slice(0, 3).map(quote).join(', ');
    throw new LensError(
      subject,
      `no tensor's name begins with ${quote(useless[0])} (names are ${shown}, ...)`,
      'correct --drop',
    );
  }
  const hasModel = parameters.has(TOKEN_EMBEDDING);
  // Without a model beside them they are what the file is of, and whoever looks for one will name them.
  if (!hasModel) for (const own of [...auxiliary.values()].flat()) add(subject, parameters, ownName(own), own);
  return {
    parameters,
    coconutEmbedding,
    isCoconutModule: names.some((name) => name.split('.').includes(COCONUT_MODULE)),
    dropped: [
      ...[...asked].map(([prefix, tensors]) => ({ prefix, tensors, reason: 'asked for' })),
      ...(hasModel ? [...auxiliary] : []).map(([prefix, { length: tensors }]) => ({
        prefix: `${prefix}.`,
        tensors,
        reason: 'an auxiliary decoder, which takes no part in answers',
      })),
    ],
  };
}

function ownName(stored: string): string {
  return stored
    .split('.')
    .filter((component) => !WRAPPERS.has(component))
    .join('.');
}

/** Whether a name begins with the components of `prefix`: `decoder` and `decoder.` begin `decoder.x`, not `decoders.x`. */
function beginsWith(name: string, prefix: string): boolean {
  return `${name}.`.startsWith(prefix.endsWith('.') ? prefix : `${prefix}.`);
}

function add(subject: string, parameters: Map<string, string>, own: string, name: string): void {
  parameters.set(own, once(subject, parameters.get(own), name));
}

function once(subject: string, other: string | undefined, name: string): string {
  if (other === undefined) return name;
  throw new LensError(
    subject,
    `a tensor is there twice (${quote(other)} and ${quote(name)})`,
    'leave one of the two models out: import --drop <prefix>',
  );
}
