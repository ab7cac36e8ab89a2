import { LensError } from '../errors.js';
import type { PassConfig } from './gpt2.js';

/**
 * An axis of an activation. `batch`: prompts. `position`: the positions the pass reads, padding first. `query`: the
 * same, as askers. `key`: every sequence position up to the pass's last, earlier passes' first. `head`, `head_width`,
 * `model` (the residual stream), `mlp` (the MLP's hidden layer): GPT-2's dimensions.
 */
export type Axis = 'batch' | 'position' | 'query' | 'key' | 'head' | 'head_width' | 'model' | 'mlp';

const ROWS: readonly Axis[] = ['batch', 'position', 'model'];
const HIDDEN: readonly Axis[] = ['batch', 'position', 'mlp'];
const HEADS: readonly Axis[] = ['batch', 'position', 'head', 'head_width'];
const ATTENTION: readonly Axis[] = ['batch', 'head', 'query', 'key'];

const BEFORE_BLOCKS: Readonly<Record<string, readonly Axis[]>> = { hook_embed: ROWS, hook_pos_embed: ROWS };
const BLOCK: Readonly<Record<string, readonly Axis[]>> = {
  hook_resid_pre: ROWS,
  'ln1.hook_normalized': ROWS,
  'attn.hook_q': HEADS,
  'attn.hook_k': HEADS,
  'attn.hook_v': HEADS,
  'attn.hook_attn_scores': ATTENTION,
  'attn.hook_pattern': ATTENTION,
  'attn.hook_z': HEADS,
  hook_attn_out: ROWS,
  hook_resid_mid: ROWS,
  'ln2.hook_normalized': ROWS,
  'mlp.hook_pre': HIDDEN,
  'mlp.hook_post': HIDDEN,
  hook_mlp_out: ROWS,
  hook_resid_post: ROWS,
};
const AFTER_BLOCKS: Readonly<Record<string, readonly Axis[]>> = { 'ln_final.hook_normalized': ROWS };

/** Where an activation comes from, as its name says. */
export interface ActivationSite {
  readonly name: string;
  /** The pass that computes it; for `thoughts.{c}` the one whose last hidden state is the thought, c - 1. */
  readonly pass: number;
  /** The transformer block, or nothing for embeddings, the final norm and thoughts. */
  readonly layer: number | undefined;
}

/**
 * The names of the activations of one forward pass, in the order of computation. They are TransformerLens's, and mean
 * what they mean there (scores are scaled and masked, `ln*.hook_normalized` is after gain and bias), but for masked
 * scores, which are at most `MASKED` instead of minus infinity. Of its names only
 * `hook_scale` is left out: the fused LayerNorm does not show it.
 */
export function passActivationNames(config: Pick<PassConfig, 'nLayer'>): string[] {
  const blocks = Array.from({ length: config.nLayer }, (_, layer) =>
    Object.keys(BLOCK).map((name) => `blocks.${layer}.${name}`),
  );
  return [...Object.keys(BEFORE_BLOCKS), ...blocks.flat(), ...Object.keys(AFTER_BLOCKS)];
}

/**
 * The names of all activations of a run with `passes` passes: `pass.{p}.{name}` for p = 0 .. passes - 1, and
 * `thoughts.{c}` for c = 1 .. passes - 1. Pass 0 reads the prompt; its last hidden state is thought 1, which pass 1
 * reads, and so on; the last pass also reads the suffix.
 */
export function activationNames(config: Pick<PassConfig, 'nLayer'>, passes: number): string[] {
  const names = passActivationNames(config);
  return Array.from({ length: passes }, (_, pass) => [
    ...names.map((name) => `pass.${pass}.${name}`),
    ...(pass + 1 < passes ? [`thoughts.${pass + 1}`] : []),
  ]).flat();
}

/** The axes of an activation, by its name with or without `pass.{p}.` in front. */
export function activationAxes(name: string): readonly Axis[] {
  const bare = name.replace(/^pass\.\d+\./, '');
  if (/^thoughts\.\d+$/.test(bare)) return ['batch', 'model'];
  const inBlock = /^blocks\.\d+\.(.*)$/.exec(bare);
  const table = inBlock === null ? { ...BEFORE_BLOCKS, ...AFTER_BLOCKS } : BLOCK;
  const key = inBlock === null ? bare : inBlock[1];
  if (!Object.hasOwn(table, key))
    throw new LensError('activation', `unknown name (${name})`, 'see activationNames', 'usage');
  return table[key];
}

/** Reads pass and layer off a name of `activationNames`. */
export function activationSite(name: string): ActivationSite {
  const thought = /^thoughts\.(\d+)$/.exec(name);
  if (thought !== null) return { name, pass: Number(thought[1]) - 1, layer: undefined };
  const match = /^pass\.(\d+)\.(?:blocks\.(\d+)\.)?/.exec(name);
  if (match === null) throw new LensError('activation', `unknown name (${name})`, 'see activationNames', 'usage');
  const layer = match.at(2);
  return { name, pass: Number(match[1]), layer: layer === undefined ? undefined : Number(layer) };
}

/** Picks activations: an exact name, a pattern, or a predicate. */
export type ActivationSelector = string | RegExp | ((name: string) => boolean);

/**
 * The names that a selector picks, in the order given.
 *
 * @param subject who selects, for the message
 * @throws LensError if it picks none: a misspelt name must not pass for an activation that did not occur
 */
export function selectActivations(subject: string, selector: ActivationSelector, names: readonly string[]): string[] {
  const picks = (name: string): boolean => {
    if (typeof selector === 'string') return name === selector;
    return selector instanceof RegExp ? name.search(selector) >= 0 : selector(name);
  };
  const picked = names.filter(picks);
  if (picked.length > 0) return picked;
  const shown = typeof selector === 'function' ? 'a predicate that is false for every name' : String(selector);
  const near = typeof selector === 'string' ? nearest(selector, names, 3) : names.slice(0, 3);
  throw new LensError(
    subject,
    `no activation of this run is named so (${shown})`,
    `the nearest are ${near.join(', ')}`,
    'usage',
  );
}

/** What several selectors pick, in the order of `names`. @throws LensError if one of them picks nothing */
export function selectAll(
  subject: string,
  selectors: ActivationSelector | readonly ActivationSelector[],
  names: readonly string[],
): string[] {
  const list = isList(selectors) ? selectors : [selectors];
  const picked = new Set(list.flatMap((selector) => selectActivations(subject, selector, names)));
  return names.filter((name) => picked.has(name));
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function nearest(word: string, names: readonly string[], count: number): string[] {
  return names
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j] + 1, row[j - 1] + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length];
}
