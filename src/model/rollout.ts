import { LensError } from '../errors.js';
import { runProgram, type HostTensor } from '../tensor/index.js';
import { float32, keepRanges, takeRows } from './host-arrays.js';
import { checkCount, checkPrompts, checkRoom, type Prompts } from './prompts.js';
import type { Runtime } from './runtime.js';
import { Session, type Instruments, type PassOutputs } from './session.js';

/**
 * Decides about each thought before it is fed back: the [batch, d] float32 that it returns is used instead of the
 * computed one; undefined leaves the computed one in place. Later thoughts are computed from what was used.
 */
export type ReplaceThought = (thought: {
  /** c, from 1. */
  readonly index: number;
  /** [batch, d], the hidden state after ln_f that would be fed back. Read only. */
  readonly computed: HostTensor;
}) => HostTensor | undefined;

/** A batch of prompts read and k thoughts computed, the last of them not yet read. */
export interface Rollout {
  readonly session: Session;
  /** Each [batch, d], as used; entry c - 1 is thought c. */
  readonly thoughts: readonly HostTensor[];
  /** What is read in their places: the thoughts themselves, but in a pause model its learned token. */
  readonly inputs: readonly HostTensor[];
  /** Each [batch, d], the thoughts as they were computed, before anything replaced them. */
  readonly computed: readonly HostTensor[];
  /** [batch, d], the hidden state after ln_f at the prompts' last token. */
  readonly promptHidden: HostTensor;
  /**
   * Whether the cache holds keys and values of all k thoughts and is final: no thought is read again in order to go on
   * (`freeze`). Default: the pass that goes on from thought c reads it.
   */
  readonly frozen?: boolean | undefined;
}

/**
 * Coconut's latent mode. Pass 0 reads the prompts; thought 1 is its last hidden state after ln_f; pass c reads thought
 * c in place of a token embedding at the next position, and its hidden state is thought c + 1 (Coconut, arXiv
 * 2412.06769, section 3; the released code's mechanics). k passes: the pass that reads thought k belongs to whoever
 * continues.
 *
 * @param following how many tokens will follow the thoughts
 * @throws LensError if a prompt is malformed or there is no room for thoughts and tokens
 */
export async function rollOut(
  runtime: Runtime,
  prompts: Prompts,
  k: number,
  following: number,
  options: { instruments?: Instruments | undefined; replaceThought?: ReplaceThought | undefined } = {},
): Promise<Rollout> {
  checkCount('number of thoughts', k, 0);
  checkPrompts(runtime.config, prompts, k + following);
  const session = Session.over(runtime, prompts, k, options.instruments);
  return think(session, await session.readPrompts(), k, options.replaceThought);
}

/**
 * k thoughts over the prompts of a rollout, which are not read again, and its thoughts before `from`; it goes on from what
 * the rollout computed as thought `from`. What it computed after that is not looked at.
 *
 * @throws LensError if there is no room for so many thoughts, the rollout has no thought `from`, or keys and values were
 * exchanged since it computed that
 */
export async function thinkAgain(
  { session, promptHidden, thoughts, inputs, computed, frozen }: Rollout,
  k: number,
  replaceThought: ReplaceThought | undefined,
  { from = 1, rows, holdUntil = from }: ThinkAgainOptions = {},
): Promise<Rollout> {
  checkCount('number of thoughts', k, 0);
  checkCount('first thought', from, 1);
  if (from > 1 && from > Math.min(k, thoughts.length))
    throw new LensError('first thought', `is none of the run (${from} of ${thoughts.length})`, 'correct it', 'usage');
  if (from > 1 && frozen === true)
    throw new LensError(
      'first thought',
      `was computed before keys and values were exchanged (${from})`,
      'rethink from 1',
      'usage',
    );
  checkCount('last thought that is held', holdUntil, from);
  if (holdUntil > k && holdUntil > from)
    throw new LensError('last thought that is held', `is none of ${k} (${holdUntil})`, 'hold fewer', 'usage');
  if (rows !== undefined) checkRows(session, rows);
  const take = (of: HostTensor): HostTensor => (rows === undefined ? of : takeRows(of, rows));
  const again = session.fork(session.prompts.length + from - 1, k, rows);
  checkRoom(again.runtime.config, again.lengths, k);
  const before = (of: readonly HostTensor[]): HostTensor[] => of.slice(0, from - 1).map(take);
  const kept = { thoughts: before(thoughts), inputs: before(inputs), computed: before(computed) };
  const hidden = take(promptHidden);
  const next = from === 1 ? hidden : take(computed[from - 1]);
  return think(again, hidden, k, replaceThought, { kept, next, holdUntil });
}

/** Where thinking begins anew, in which rows, and how long its first thought is held. */
interface ThinkAgainOptions {
  readonly from?: number | undefined;
  readonly rows?: readonly number[] | undefined;
  readonly holdUntil?: number | undefined;
}

/** @throws LensError if no row is asked for, or one that does not exist */
export function rowsOf(rollout: Rollout, rows: readonly number[]): Rollout {
  const { session, thoughts, inputs, computed, promptHidden, frozen } = rollout;
  checkRows(session, rows);
  return {
    session: session.fork(slotsRead(rollout), thoughts.length, rows),
    thoughts: thoughts.map((thought) => takeRows(thought, rows)),
    inputs: inputs.map((input) => takeRows(input, rows)),
    computed: computed.map((thought) => takeRows(thought, rows)),
    promptHidden: takeRows(promptHidden, rows),
    frozen,
  };
}

function checkRows({ batch }: Session, rows: readonly number[]): void {
  if (rows.length === 0) throw new LensError('rows', 'none given (0)', 'give at least one', 'usage');
  const absent = rows.find((row) => !(Number.isInteger(row) && row >= 0 && row < batch));
  if (absent !== undefined)
    throw new LensError('rows', `no such row (${absent} of ${batch})`, 'count them from 0', 'usage');
}

/** How many slots of the cache are filled. */
export function slotsRead({ session, thoughts, frozen }: Rollout): number {
  return session.prompts.length + (frozen === true ? thoughts.length : Math.max(0, thoughts.length - 1));
}

/** A copy whose last thought has been read too, so that keys and values of all thoughts can be changed. */
export async function freeze(rollout: Rollout): Promise<Rollout> {
  const { thoughts, inputs, frozen } = rollout;
  const k = thoughts.length;
  const session = rollout.session.forkUnshared(slotsRead(rollout), k);
  if (frozen !== true && k > 0) {
    const at = positionOfThought(session, k);
    const { keys, values } = await session.readOn(k, at, { thought: inputs[k - 1] });
    session.cache.write(at, keys, values);
  }
  return { ...rollout, session, frozen: true };
}

/** [batch, d], the hidden state at the prompts' last token, which sees the cache as it is now. */
export async function rereadPromptEnd({ session }: Rollout): Promise<HostTensor> {
  const { length, ids } = session.prompts;
  const tokens = session.lengths.map((_, row) => [ids.data[(row + 1) * length - 1]]);
  return session.readInPlace(length - 1, { tokens });
}

/** Where thinking goes on. */
interface GoOn {
  /** Thoughts that have been read too. */
  readonly kept: Pick<Rollout, 'thoughts' | 'inputs' | 'computed'>;
  /** [batch, d], what the next thought is if nothing replaces it. */
  readonly next: HostTensor;
  /** The next thought is that of all indices up to this one. */
  readonly holdUntil: number;
}

/** k thoughts after prompts that have been read. */
async function think(
  session: Session,
  promptHidden: HostTensor,
  k: number,
  replaceThought: ReplaceThought | undefined,
  goOn: GoOn = { kept: { thoughts: [], inputs: [], computed: [] }, next: promptHidden, holdUntil: 1 },
): Promise<Rollout> {
  const { kept, next } = goOn;
  const [thoughts, inputs, computed] = [[...kept.thoughts], [...kept.inputs], [...kept.computed]];
  let hidden = next;
  for (let index = thoughts.length + 1; index <= k; index = thoughts.length + 1) {
    const { thought, input } = await settle(session, index, hidden, replaceThought);
    const held = Math.max(index, thoughts.length === kept.thoughts.length ? goOn.holdUntil : index);
    computed.push(hidden);
    for (let c = index; c <= held; c++) {
      thoughts.push(thought);
      inputs.push(input);
    }
    const count = Math.min(held, k - 1) - index + 1;
    if (count < 1) break;
    const at = positionOfThought(session, index);
    const outputs = await session.readOn(index, at, { thought: repeated(input, count) });
    session.cache.write(at, outputs.keys, outputs.values);
    const { hiddens = outputs.hidden } = outputs;
    for (let c = 0; c < held - index; c++) computed.push(nthOf(hiddens, c));
    hidden = outputs.hidden;
  }
  return { session, thoughts, inputs, computed, promptHidden };
}

/** [batch, n, d], or [batch, d] for n = 1, -> [batch, d], the one at index c. */
function nthOf(several: HostTensor, c: number): HostTensor {
  const [batch, d] = [several.shape[0], several.shape[several.shape.length - 1]];
  return {
    ...keepRanges({ ...several, shape: [batch, several.data.length / (batch * d), d] }, 1, [[c, c + 1]]),
    shape: [batch, d],
  };
}

/** [batch, d] -> [batch, count, d], so many times in each row. */
function repeated(input: HostTensor, count: number): HostTensor {
  const [batch, d] = input.shape;
  return stackThoughts(new Array<HostTensor>(count).fill(input), batch, d);
}

/** The sequence position at which thought c is read. */
function positionOfThought(session: Session, c: number): number {
  return session.prompts.length + c - 1;
}

/** What is read on after c thoughts (c <= k): where, and the thought that comes first. */
export function pending(rollout: Rollout, c: number): { at: number; thought: HostTensor | undefined } {
  const { session, inputs, frozen } = rollout;
  return c === 0 || frozen === true
    ? { at: session.prompts.length + c, thought: undefined }
    : { at: positionOfThought(session, c), thought: inputs[c - 1] };
}

/**
 * The pass after c thoughts: reads thought c and the tokens. Changes nothing in the rollout.
 *
 * @param tokens the same for every row
 * @returns the pass's outputs; with nothing to read (no tokens, and c = 0 or a frozen rollout) the hidden state alone of
 * the position that is last
 */
export async function readAfter(
  rollout: Rollout,
  c: number,
  tokens: readonly number[],
  cache = rollout.session.cache,
): Promise<PassOutputs> {
  const { session, promptHidden, inputs } = rollout;
  const { at, thought } = pending(rollout, c);
  if (thought === undefined && tokens.length === 0) {
    const hidden = c === 0 ? promptHidden : await session.readInPlace(at - 1, { thought: inputs[c - 1] }, cache);
    return { hidden, keys: [], values: [] };
  }
  return session.readOn(Math.max(c, 1), at, { thought, tokens: session.prompts.padding.map(() => tokens) }, cache);
}

/**
 * The thought at `index`: the computed one, past the hooks on `thoughts.{index}` and the replacement. And what is read
 * there: that thought, or in a pause model the learned token, unless a replacement was given.
 */
async function settle(
  { instruments, batch, runtime }: Session,
  index: number,
  computed: HostTensor,
  replace: ReplaceThought | undefined,
): Promise<{ thought: HostTensor; input: HostTensor }> {
  const { tap, recorder } = instruments;
  let thought = computed;
  if (tap !== undefined) {
    const out = await runProgram(({ thought }) => ({ thought: tap(`thoughts.${index}`, thought) }), { thought });
    thought = out['thought'];
  }
  // Copied both ways: a callback may refill one array of its own, or write into the one it is given.
  const replacement = replace?.({ index, computed: { ...thought, data: thought.data.slice() } });
  if (replacement !== undefined) {
    checkFloats(`replacement of thought ${index}`, replacement, [batch, runtime.config.nEmbd]);
    thought = { ...replacement, data: replacement.data.slice() };
  }
  recorder.keepThought(index, thought);
  const pause = replacement === undefined ? runtime.pauseInput(batch) : undefined;
  return { thought, input: pause ?? thought };
}

/** @throws LensError unless it is a float32 tensor of this shape */
export function checkFloats(subject: string, { shape, dtype, data }: HostTensor, expected: readonly number[]): void {
  const matches = dtype === 'float32' && shape.length === expected.length && expected.every((n, i) => shape[i] === n);
  if (matches && data.length === expected.reduce((a, b) => a * b, 1)) return;
  const asked = `float32 [${expected.join(', ')}]`;
  throw new LensError(subject, `wrong shape or type (${dtype} [${shape.join(', ')}])`, `give ${asked}`, 'usage');
}

/**
 * Supplies recorded thoughts in place of computed ones, verbatim.
 *
 * @param thoughts [batch, k, d]
 * @param indices which thoughts c to supply, in 1..k; default all k
 * @throws LensError if the array does not fit its shape, or an index has no thought
 */
export function supplyThoughts(thoughts: HostTensor, indices?: readonly number[]): ReplaceThought {
  const [batch, k, d] = thoughts.shape;
  checkFloats('supplied thoughts', thoughts, [batch, k, d]);
  const absent = indices?.find((index) => !(Number.isInteger(index) && index >= 1 && index <= k));
  if (absent !== undefined)
    throw new LensError('supplied thoughts', `thought ${absent} is not among them (${k} given)`, 'give more', 'usage');
  return ({ index }) => {
    if (indices === undefined ? index > k : !indices.includes(index)) return undefined;
    const one = float32([batch, d]);
    for (let row = 0; row < batch; row++) {
      const start = (row * k + index - 1) * d;
      one.data.set(thoughts.data.subarray(start, start + d), row * d);
    }
    return one;
  };
}

/** [batch, d] each -> [batch, k, d]. */
export function stackThoughts(thoughts: readonly HostTensor[], batch: number, d: number): HostTensor {
  const k = thoughts.length;
  const stacked = float32([batch, k, d]);
  thoughts.forEach(({ data }, c) => {
    for (let row = 0; row < batch; row++) stacked.data.set(data.subarray(row * d, (row + 1) * d), (row * k + c) * d);
  });
  return stacked;
}
