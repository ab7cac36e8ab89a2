import { LensError } from '../errors.js';
import type { HostTensor } from '../tensor/index.js';
import type { Coconut } from './coconut.js';
import {
  activationsFor,
  largestDisagreement,
  quantityOfRow,
  quantitySites,
  type Disagreement,
  type Quantity,
  type QuantitySite,
} from './compare-trace.js';
import type { ReferenceFolder, ReferenceMeta } from './reference-folder.js';
import type { ThoughtTrace } from './trace.js';

/** Where a model and its reference are furthest apart in one quantity of one item. */
export interface SiteDisagreement extends Disagreement, QuantitySite {
  /** Number of the reference's item, from 0. */
  readonly item: number;
  readonly name: string;
  /** What `index` counts along: positions from the first that the pass reads, keys from the prompt's first token. */
  readonly axes: Quantity['axes'];
}

/** The first generated token that differs. */
export interface TokenDisagreement {
  readonly item: number;
  /** Number of the new token, from 0. */
  readonly step: number;
  readonly ours: number;
  readonly reference: number;
}

/** How far a model agrees with a reference. */
export interface Verification {
  readonly holds: boolean;
  readonly items: number;
  /** How many quantities were compared, and in how many of them an element differs by more than is allowed. */
  readonly compared: number;
  readonly differing: number;
  /** The first in the order of computation that differs, of all items; null where none does. */
  readonly first: SiteDisagreement | null;
  /** The largest in units of what is allowed. */
  readonly largest: SiteDisagreement;
  readonly tokens: { readonly compared: number; readonly first: TokenDisagreement | null };
}

/** How a model is compared with a reference. */
export interface VerifyOptions {
  /** See `largestDisagreement`. */
  readonly tolerance: number;
  /** Called after every item with the number of items that are done. */
  readonly onProgress?: (items: number) => void;
  /** Looked at between items; the rest is then left out and nothing returned. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a model on a reference's items, one at a time, and compares everything that the reference holds. An engine whose
 * first differing activation is found here computes something else exactly there: all before it agrees.
 *
 * @returns undefined where `signal` stopped it
 * @throws LensError if the reference was made with a model of another shape, or a tensor of it has an unknown name or
 * another shape than the model computes
 */
export async function verifyModel(
  model: Coconut,
  reference: ReferenceFolder,
  { tolerance, onProgress, signal }: VerifyOptions,
): Promise<Verification | undefined> {
  checkModel(model, reference);
  const found: SiteDisagreement[] = [];
  const tokens: TokenDisagreement[] = [];
  onProgress?.(0);
  for (let item = 0; item < reference.meta.items.length; item++) {
    if (signal?.aborted === true) return undefined;
    found.push(...(await compareItem(model, reference, item, tolerance)));
    const token = await compareTokens(model, reference.meta, item);
    if (token !== undefined) tokens.push(token);
    onProgress?.(item + 1);
  }
  const differing = found.filter(({ difference, allowed }) => difference > allowed);
  const first = differing.reduce<SiteDisagreement | null>((a, b) => (a !== null && a.order <= b.order ? a : b), null);
  return {
    holds: first === null && tokens.length === 0,
    items: reference.meta.items.length,
    compared: found.length,
    differing: differing.length,
    first,
    largest: found.reduce((a, b) => (b.difference / b.allowed > a.difference / a.allowed ? b : a)),
    tokens: {
      compared: reference.meta.items.reduce((sum, { generated }) => sum + generated.length, 0),
      first: tokens.at(0) ?? null,
    },
  };
}

function checkModel({ config }: Coconut, { meta, path, names }: ReferenceFolder): void {
  const ours = { n_layer: config.nLayer, n_head: config.nHead, n_embd: config.nEmbd, vocab_size: config.vocabSize };
  const differing = Object.entries(ours).filter(([key, value]) => meta.model[key as keyof typeof ours] !== value);
  if (differing.length > 0) {
    const list = differing.map(([key, value]) => `${key} ${meta.model[key as keyof typeof ours]}, not ${value}`);
    throw new LensError(path, `made with a model of another shape (${list.join('; ')})`, 'dump it from this model');
  }
  const empty = names.findIndex((stored) => stored.length === 0);
  if (empty >= 0) {
    throw new LensError(path, `nothing to compare (no tensor of item ${empty})`, 'dump its activations too');
  }
}

async function compareItem(
  model: Coconut,
  reference: ReferenceFolder,
  item: number,
  tolerance: number,
): Promise<SiteDisagreement[]> {
  const { prompt, thoughts, suffix } = reference.meta.items[item];
  const names = reference.names[item];
  const sites = quantitySites(model.config, thoughts);
  const unknown = names.find((name) => !sites.has(name));
  if (unknown !== undefined) {
    throw new LensError(
      reference.activationsPath,
      `tensor of an unknown name (${item}.${unknown})`,
      `a run of ${thoughts} thoughts has names like ${[...sites.keys()].slice(0, 3).join(', ')} and logits`,
    );
  }
  const trace = await model.runWithTrace([prompt], {
    thoughts,
    suffix,
    activations: activationsFor(names),
    thoughtLogits: true,
  });
  const found: SiteDisagreement[] = [];
  for (const [name, site] of sites) {
    if (!names.includes(name)) continue;
    const theirs = await reference.read(item, name);
    const ours = quantityFor(trace, name, reference, theirs);
    found.push({ item, name, ...site, axes: ours.axes, ...largestDisagreement(ours, theirs, tolerance) });
  }
  return found;
}

/** The model's quantity, in the shape of the reference's. */
function quantityFor(trace: ThoughtTrace, name: string, reference: ReferenceFolder, theirs: HostTensor): Quantity {
  const whole = quantityOfRow(trace, name, 0);
  const { logit_ids } = reference.meta;
  const ours = whole?.axes[0] === 'vocabulary' && logit_ids !== undefined ? pick(whole, logit_ids) : whole;
  if (ours?.shape.join() === theirs.shape.join()) return ours;
  throw new LensError(
    reference.activationsPath,
    `${name} has another shape than the model's ([${theirs.shape.join(', ')}], not [${ours?.shape.join(', ') ?? ''}])`,
    'dump it from this model, without padding, a prompt at a time',
  );
}

function pick(logits: Quantity, ids: readonly number[]): Quantity {
  return { ...logits, data: Float32Array.from(ids, (id) => logits.data[id]), shape: [ids.length] };
}

async function compareTokens(
  model: Coconut,
  { items }: ReferenceMeta,
  item: number,
): Promise<TokenDisagreement | undefined> {
  const { prompt, thoughts, suffix, generated } = items[item];
  if (generated.length === 0) return undefined;
  const { ids } = await model.generate([prompt], { thoughts, suffix, maxNewTokens: generated.length });
  const step = generated.findIndex((id, i) => id !== ids[0][i]);
  return step < 0 ? undefined : { item, step, ours: ids[0][step], reference: generated[step] };
}
