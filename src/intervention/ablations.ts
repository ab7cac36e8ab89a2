import { itemLabel, itemSearch, type Item } from '../dataset/index.js';
import { LensError } from '../errors.js';
import type { Coconut } from '../model/index.js';
import type { Random } from '../random.js';
import type { HostTensor } from '../tensor/index.js';
import { englishWording, type EnglishWording, type Wording } from '../tokenizer/index.js';
import type { Ablation, AblationPlan, AblationPool, AblationSource, Inapplicable } from './ablation.js';
import { groupBy, randomDonors, sameAnswerDonors } from './donors.js';
import { noiseOfOthers } from './noise-of-others.js';
import { fillThoughts, requireThoughts, thoughtOf, type Thoughts } from './thought-rows.js';

/** A source whose thoughts have been looked at. */
type Checked = AblationSource & {
  readonly thoughts: Thoughts;
  readonly k: number;
  readonly pool: AblationPool & { readonly thoughts: Thoughts };
};

type Make = (source: Checked) => Partial<AblationPlan> | Inapplicable;

/** By default all items, k places, the wording as it is, and nothing replaced. */
function defineAblation(name: string, words: string, informative: boolean, make: Make): Ablation {
  return {
    name,
    words,
    informative,
    make(source) {
      const thoughts = checkThoughts('thoughts', source.thoughts, source.items, source);
      const [, k] = thoughts.shape;
      const from = source.pool ?? source;
      const given = checkThoughts('thoughts of the pool', from.thoughts, from.items, source, k);
      const pool = { items: from.items, thoughts: given };
      const made = make({ ...source, thoughts, k, pool });
      if ('inapplicable' in made) return made;
      const { wording, items } = source;
      return { count: k, thoughts: undefined, wording, rows: [...items.keys()], ...made };
    },
  };
}

function checkThoughts(
  subject: string,
  given: HostTensor,
  items: readonly Item[],
  { model }: AblationSource,
  thoughts?: number,
): Thoughts {
  const checked = requireThoughts(subject, given);
  const [n, k, d] = checked.shape;
  if (n === items.length && d === model.config.nEmbd && k === (thoughts ?? k)) return checked;
  throw new LensError(
    subject,
    `not those of the items (${n} of width ${d}; ${items.length} items, d = ${model.config.nEmbd})`,
    'give one row per item',
    'usage',
  );
}

/** An ablation made of the items' thoughts. @param make as `defineAblation` takes it */
function ofThoughts(name: string, words: string, informative: boolean, make: Make): Ablation {
  return defineAblation(name, words, informative, (source) => {
    if (!readsThoughts(source.model)) {
      return { inapplicable: 'the model reads a learned token in the places of its thoughts, never the thoughts' };
    }
    return source.k === 0 ? { inapplicable: 'there are no thoughts to replace' } : make(source);
  });
}

/** Whether a thought is what a model reads in its place: not in pause models. */
export function readsThoughts({ config: { coconut } }: Coconut): boolean {
  return coconut?.latentTokens === undefined || !coconut.method.startsWith('pause');
}

/** Other items' thoughts. */
function fromDonors({ thoughts, pool }: Checked, donors: readonly (number | undefined)[]): Partial<AblationPlan> {
  return {
    donors,
    rows: [...donors.keys()].filter((row) => donors[row] !== undefined),
    thoughts: fillThoughts(thoughts.shape, (into, row, c) => {
      const donor = donors[row];
      if (donor !== undefined) into.set(thoughtOf(pool.thoughts, donor, c));
    }),
  };
}

/** A token's embedding in every place: the model attends to it as to a token of the prompt. */
function embedding({ model, thoughts }: Checked, token: number): Partial<AblationPlan> | Inapplicable {
  const { nEmbd: d, vocabSize } = model.config;
  if (token >= vocabSize) return { inapplicable: `the model has no token ${token} (${vocabSize} in all)` };
  const row = model.weights.tensors['wte.weight'].data.subarray(token * d, (token + 1) * d);
  return { thoughts: fillThoughts(thoughts.shape, (into) => into.set(row)) };
}

/** The English wording without its markers; undefined where there are none to leave out. */
function withoutMarkers(wording: Wording): Wording | undefined {
  const isEnglish = (one: Wording): one is EnglishWording => 'steps' in one;
  return isEnglish(wording) && wording.suffix.length > 0
    ? englishWording(wording.tokenizer, { markers: false })
    : undefined;
}

function hasSeveralGraphs({ items }: AblationPool): boolean {
  return new Set(items.map((item) => itemSearch(item).key)).size > 1;
}

/**
 * At each step the mean over the pool's items of other graphs. A plain mean would hold a share of the item's own thought, and of
 * those of other questions about its graph: of few items enough to tell something, and the ablation is to tell nothing.
 */
function meanOfOthers({ items, thoughts, pool }: Checked): Partial<AblationPlan> | Inapplicable {
  const [, k, d] = thoughts.shape;
  const groups = groupBy<Item>(pool.items, (item) => itemSearch(item).key);
  if (!hasSeveralGraphs(pool)) return { inapplicable: 'the mean of other graphs needs items of at least two graphs' };
  const sumOf = (rows: readonly number[]): Float64Array => {
    const sum = new Float64Array(k * d);
    for (const row of rows) for (let i = 0; i < k * d; i++) sum[i] += pool.thoughts.data[row * k * d + i];
    return sum;
  };
  const all = sumOf([...pool.items.keys()]);
  const means = new Map<string, Float64Array>();
  const meanWithout = (graph: string): Float64Array => {
    const known = means.get(graph);
    if (known !== undefined) return known;
    const rows = groups.get(graph) ?? [];
    const own = sumOf(rows);
    const mean = all.map((sum, i) => (sum - own[i]) / (pool.items.length - rows.length));
    means.set(graph, mean);
    return mean;
  };
  return {
    thoughts: fillThoughts(thoughts.shape, (into, row, c) =>
      into.set(meanWithout(itemSearch(items[row]).key).subarray((c - 1) * d, c * d)),
    ),
  };
}

/** An order of 0..k-1 drawn at random, every one but the identity equally likely. */
function otherOrder(random: Random, k: number): number[] {
  for (;;) {
    const order = random.shuffle([...Array(k).keys()]);
    if (order.some((from, at) => from !== at)) return order;
  }
}

/**
 * What may stand in the places of an item's thoughts, from the thoughts themselves to nothing: the conditions of the test
 * of necessity, collected from Coconut's critics (arXiv 2512.21711, 2602.22441, 2602.08783, 2606.12689).
 */
export const ABLATIONS: readonly Ablation[] = [
  defineAblation('none', 'its own thoughts', true, () => ({})),
  defineAblation('noThoughts', 'nothing; the markers around thoughts stay', false, () => ({ count: 0 })),
  defineAblation('noMarkers', 'nothing, and no markers', false, ({ wording }) => {
    const bare = withoutMarkers(wording);
    return bare === undefined
      ? { inapplicable: 'the wording has no markers to leave out: the prompt ends with the question' }
      : { count: 0, wording: bare };
  }),
  defineAblation('pad', 'the pad token, attended to', false, (source) => embedding(source, source.wording.pad)),
  defineAblation('placeholder', 'the token <|latent|>, attended to', false, (source) =>
    readsThoughts(source.model)
      ? embedding(source, source.wording.latent)
      : { inapplicable: 'the model reads this token in any case' },
  ),
  defineAblation('zero', 'zeros', false, ({ thoughts }) => ({
    thoughts: fillThoughts(thoughts.shape, () => undefined),
  })),
  ofThoughts('mean', 'the mean thought of other graphs at each step', false, meanOfOthers),
  ofThoughts(
    'noise',
    'Gaussian noise with the mean and covariance of the thoughts of other graphs at each step',
    false,
    ({ random, items, thoughts, pool }) =>
      hasSeveralGraphs(pool)
        ? { thoughts: noiseOfOthers((item) => random.fork(itemLabel(item)), items, thoughts.shape, pool) }
        : { inapplicable: 'the noise of other graphs needs items of at least two graphs' },
  ),
  ofThoughts('resample', 'the thoughts of an item of another graph', false, (source) => {
    const donors = randomDonors(source.random, source.items, source.pool.items);
    return donors.every((donor) => donor === undefined)
      ? { inapplicable: 'all items are of one graph' }
      : fromDonors(source, donors);
  }),
  ofThoughts('resampleSameAnswer', 'the thoughts of an item of another graph with the same answer', true, (source) => {
    const donors = sameAnswerDonors(source.random, source.items, source.wording, source.pool.items);
    return donors.every((donor) => donor === undefined)
      ? { inapplicable: 'no two items of different graphs have the same answer' }
      : fromDonors(source, donors);
  }),
  ofThoughts('permutedOrder', 'its own thoughts in another order', true, ({ random, items, thoughts, k }) => {
    if (k < 2) return { inapplicable: 'one thought has no other order' };
    const orders = items.map((item) => otherOrder(random.fork(itemLabel(item)), k));
    return {
      thoughts: fillThoughts(thoughts.shape, (into, row, c) =>
        into.set(thoughtOf(thoughts, row, orders[row][c - 1] + 1)),
      ),
    };
  }),
];

/**
 * The first c of its own thoughts and no more.
 *
 * @throws LensError unless c is a whole number >= 0
 */
export function earlyStop(c: number): Ablation {
  if (!Number.isInteger(c) || c < 0)
    throw new LensError('early stop', `not an integer of at least 0 (${c})`, 'correct it', 'usage');
  return defineAblation(
    `earlyStop${c}`,
    c === 1 ? 'its first thought alone' : `its first ${c} thoughts alone`,
    c > 0,
    ({ k }) => (c < k ? { count: c } : { inapplicable: `there are only ${k} thoughts` }),
  );
}
