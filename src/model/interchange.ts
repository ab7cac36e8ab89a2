import { LensError } from '../errors.js';
import type { HostTensor } from '../tensor/index.js';
import type { CoconutRun } from './coconut-run.js';
import { float32 } from './host-arrays.js';
import type { Carrier, KeyValueCache } from './key-value-cache.js';
import { freeze, rereadPromptEnd, slotsRead, type Rollout } from './rollout.js';

/**
 * Sequence positions whose keys and values are exchanged. `prompt`: all of the prompt. `promptLast`: its last token, in
 * the symbolic wording the root. `thoughts`: every thought, the last one included. Or some thoughts by number, from 1.
 */
export type InterchangeRegion = 'prompt' | 'promptLast' | 'thoughts' | { readonly thoughts: readonly number[] };

/** What of a donor run replaces what of a run. */
export interface InterchangeOptions {
  /** Where; several are joined. */
  readonly region: InterchangeRegion | readonly InterchangeRegion[];
  /** What: a position is found by its keys and heard by its values. Default both. */
  readonly carriers?: 'keys' | 'values' | 'both' | undefined;
  /** Layers from 0. Default all. */
  readonly layers?: readonly number[] | undefined;
}

/**
 * Key/value interchange: a run whose rows are base's, but which finds the donor's keys or values in some of the cache.
 * Row i takes them from row i of the donor; `donor.rows` arranges that. Calls can be chained, for regions, layers or
 * carriers with different donors: the prompt without its last token is `prompt` from the donor and then `promptLast`
 * from base.
 *
 * What it means, exactly:
 *
 * - Nothing is computed anew but what is asked afterwards. Keys and values of all other positions and layers stay those
 *   that base's own passes left, also where they would have come out differently after the exchange: thoughts do not
 *   react to another prompt. `rethink` of the result lets them react: it thinks over the exchanged prompt.
 * - Thought c is, in other runs, read in the pass that continues from it. Here base and donor read their last thoughts
 *   first, each over its own cache, so that all k thoughts have keys and values, exchanged or not, before anything is
 *   asked. After c thoughts the suffix sees the prompt and thoughts 1 to c as they stand then.
 * - With an empty suffix the position of thought c itself is asked (without thoughts, the prompt's last): it goes through
 *   the model again with base's input, and sees the cache, its own keys and values there included. So what it says is
 *   base's where only its own input matters. `rethink` takes its first thought from the prompt's last token so read.
 * - `thoughts` and `thoughtLogits` of the result are base's: the thoughts are not exchanged, what they left in the cache
 *   is.
 * - A key or value of another position number was made with another position embedding: between prompts of different
 *   lengths (`promptLast`, `thoughts`) that is part of what is exchanged.
 *
 * If nothing differs, as between a run and itself, the result answers as base to the bit. Otherwise rows in which
 * nothing differs answer as base to rounding, since thoughts and suffix are read in separate passes.
 *
 * @throws LensError if the runs are not of one model and one number of rows, a layer or thought does not exist, runs
 * have different numbers of thoughts and `thoughts` is asked for, or `prompt` is and prompts of a pair differ in length
 */
export async function interchange(
  base: CoconutRun,
  donor: CoconutRun,
  options: InterchangeOptions,
): Promise<CoconutRun> {
  const { region, carriers = 'both' } = options;
  const regions: readonly InterchangeRegion[] = isList(region) ? region : [region];
  checkPair(base.rollout, donor.rollout);
  const layers = checkLayers(base.rollout, options.layers);
  const slots = slotsOf(base.rollout, donor.rollout, regions);
  const own = await freeze(base.rollout);
  const read = slotsRead(donor.rollout);
  const unread = slots.some((pairs) => pairs.some(({ from }) => from >= read));
  const foreign = unread ? await freeze(donor.rollout) : donor.rollout;
  const kinds = carriers === 'both' ? (['keys', 'values'] as const) : ([carriers] as const);
  const changed = slots.map((pairs, row) =>
    pairs.filter((pair) => {
      const differed = layers.flatMap((layer) =>
        kinds.map((kind) => exchange(foreign.session.cache, own.session.cache, { kind, layer, row }, pair)),
      );
      return differed.includes(true);
    }),
  );
  if (changed.every((pairs) => pairs.length === 0)) return base.over(base.rollout);
  const { length } = own.session.prompts;
  const prompts = changed.map((pairs) => pairs.some(({ to }) => to < length));
  return base.over({ ...own, promptHidden: await promptHiddenAfter(own, prompts) });
}

/** A slot of base's cache, and the one of the donor's that it is taken from. */
interface SlotPair {
  readonly to: number;
  readonly from: number;
}

/** The slots of some regions, for each row. */
function slotsOf(base: Rollout, donor: Rollout, regions: readonly InterchangeRegion[]): SlotPair[][] {
  const [own, foreign] = [base.session, donor.session];
  const k = base.thoughts.length;
  const counts = `${k} and ${donor.thoughts.length}`;
  return own.lengths.map((length, row) =>
    regions.flatMap((region): SlotPair[] => {
      // Prompts are padded at the left: counted from their ends the slots of a pair correspond.
      const pair = (offset: number): SlotPair => ({
        to: own.prompts.length + offset,
        from: foreign.prompts.length + offset,
      });
      if (region === 'promptLast') return [pair(-1)];
      if (region === 'prompt') {
        const other = foreign.lengths[row];
        if (other !== length)
          throw refuse(
            `the prompts of row ${row} differ in length (${length} and ${other} tokens)`,
            'pair prompts of equal length',
          );
        return Array.from({ length }, (_, i) => pair(i - length));
      }
      if (region === 'thoughts') {
        if (donor.thoughts.length !== k)
          throw refuse(
            `the runs have different numbers of thoughts (${counts})`,
            'think as often, or name the thoughts',
          );
        return Array.from({ length: k }, (_, i) => pair(i));
      }
      return region.thoughts.map((c) => {
        if (!(Number.isInteger(c) && c >= 1 && c <= Math.min(k, donor.thoughts.length)))
          throw refuse(`a run has no thought ${c} (${counts} thoughts)`, 'name thoughts that both have, from 1');
        return pair(c - 1);
      });
    }),
  );
}

/**
 * Copies one position's keys or values of one layer.
 *
 * @returns whether that changed anything
 */
function exchange(
  donor: KeyValueCache,
  base: KeyValueCache,
  { kind, layer, row }: { readonly kind: Carrier; readonly layer: number; readonly row: number },
  pair: SlotPair,
): boolean {
  let changed = false;
  for (let head = 0; head < base.shape.heads[layer]; head++) {
    const from = donor.at(kind, layer, row, head, pair.from);
    const to = base.at(kind, layer, row, head, pair.to);
    changed ||= to.some((x, i) => !Object.is(x, from[i]));
    to.set(from);
  }
  return changed;
}

/** [batch, d], the hidden state at the prompts' last token, read anew in the rows whose prompts were changed. */
async function promptHiddenAfter(rollout: Rollout, changed: readonly boolean[]): Promise<HostTensor> {
  if (!changed.includes(true)) return rollout.promptHidden;
  const { data, shape } = rollout.promptHidden;
  const width = shape[1];
  const mixed = float32(shape, Float32Array.from(data));
  const anew = await rereadPromptEnd(rollout);
  changed.forEach((yes, row) => {
    if (yes) mixed.data.set(anew.data.subarray(row * width, (row + 1) * width), row * width);
  });
  return mixed;
}

function checkPair(base: Rollout, donor: Rollout): void {
  if (base.session.runtime !== donor.session.runtime)
    throw refuse('the runs are of two models', 'run base and donor on one');
  const [own, other] = [base.session.batch, donor.session.batch];
  if (own !== other) throw refuse(`the runs have ${own} and ${other} rows`, "arrange the donor's with rows");
}

function checkLayers({ session }: Rollout, layers?: readonly number[]): readonly number[] {
  const { nLayer } = session.runtime.config;
  const all = Array.from({ length: nLayer }, (_, layer) => layer);
  const absent = layers?.find((layer) => !all.includes(layer));
  if (absent !== undefined) throw refuse(`no such layer (${absent} of ${nLayer})`, 'count them from 0');
  return layers ?? all;
}

function refuse(wrong: string, mend: string): LensError {
  return new LensError('interchange', wrong, mend, 'usage');
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
