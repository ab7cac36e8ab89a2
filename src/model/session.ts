import type { HostTensor } from '../tensor/index.js';
import { MASKED } from './attention.js';
import { float32, int32, keepRanges, roundUp } from './host-arrays.js';
import { KeyValueCache } from './key-value-cache.js';
import type { PassShape } from './pass-program.js';
import { paddedRows, padPrompts, PROMPT_STEP, type PaddedPrompts, type Prompts } from './prompts.js';
import { Recorder } from './recorder.js';
import type { Runtime } from './runtime.js';
import { prefixTap, type Tap } from './tap.js';

/** Caches have room for a multiple of so many positions after the prompts, so that few programs exist. */
const ROOM_STEP = 8;

/**
 * So many tokens at once keep the processor busy, and what a layer makes of them stays in its cache. So prompts are read a
 * few at a time, with those of about their own length: nothing is spent on padding (a fifth of the work on ProsQA).
 */
const TOKENS_AT_ONCE = 512;

/** What is read off the passes, and what intervenes in them. */
export interface Instruments {
  readonly recorder: Recorder;
  /** Sees every activation under its full name. With a tap, passes are evaluated instead of compiled. */
  readonly tap?: Tap | undefined;
}

/** What a pass after the prompts reads: a thought, tokens, or a thought and then tokens. */
export interface Reading {
  /** [batch, d], or several in a row, [batch, n, d]. */
  readonly thought?: HostTensor | undefined;
  /** The same number of tokens for each row, [batch][m]. */
  readonly tokens?: Prompts | undefined;
}

/** What a pass leaves. */
export interface PassOutputs {
  /** [batch, d], the hidden state after ln_f at the pass's last position. */
  readonly hidden: HostTensor;
  /** [batch, n, d], the same at each of n thoughts, where several were read. */
  readonly hiddens?: HostTensor | undefined;
  /** Per layer [batch, heads, T, headWidth]. */
  readonly keys: readonly HostTensor[];
  readonly values: readonly HostTensor[];
}

/**
 * The passes over one batch of prompts, and the key/value cache between them: the host's side of a run. Sequence
 * positions count from the start of the padded prompts.
 */
export class Session {
  private constructor(
    readonly runtime: Runtime,
    readonly prompts: PaddedPrompts,
    /** Holds what the prompts and the thoughts left. */
    readonly cache: KeyValueCache,
    /** Padding that all rows have in common: only there to make lengths round. */
    private readonly sharedPadding: number,
    readonly instruments: Instruments,
    /** Whether somebody looks at the passes: then they are those that are documented, one for all prompts. */
    private readonly watched: boolean,
  ) {}

  /** @param room how many sequence positions after the prompts the cache must hold */
  static over(runtime: Runtime, prompts: Prompts, room: number, instruments?: Instruments): Session {
    const { nHead, nEmbd } = runtime.config;
    const longest = Math.max(...prompts.map((prompt) => prompt.length));
    // Hooks see shapes as they are documented: round lengths serve only to compile few programs.
    const padded = padPrompts(prompts, instruments?.tap === undefined ? roundUp(longest, PROMPT_STEP) : longest);
    const shape = { batch: prompts.length, heads: runtime.heads, headWidth: nEmbd / nHead };
    const cache = KeyValueCache.empty(shape, padded.padding, padded.length, Session.room(room));
    const watching = instruments ?? { recorder: new Recorder([]) };
    return new Session(runtime, padded, cache, padded.length - longest, watching, instruments !== undefined);
  }

  /**
   * A session that goes on from what this one has in its first `count` slots, watched by nobody and sharing nothing that
   * changes.
   *
   * @param count at least the prompts' length
   * @param room how many sequence positions after the prompts the cache must hold
   * @param rows which rows, in this order, each any number of times; default all
   */
  fork(count: number, room: number, rows?: readonly number[]): Session {
    return this.over(this.cache.fork(count, Session.room(room), rows), rows);
  }

  /** The same with keys and values of the prompts that may be changed. */
  forkUnshared(count: number, room: number): Session {
    return this.over(this.cache.fork(count, Session.room(room)).unshared());
  }

  private over(cache: KeyValueCache, rows?: readonly number[]): Session {
    const prompts = rows === undefined ? this.prompts : paddedRows(this.prompts, rows);
    return new Session(this.runtime, prompts, cache, this.sharedPadding, { recorder: new Recorder([]) }, false);
  }

  /** How many slots are made for so many positions after the prompts. */
  static room(positions: number): number {
    return roundUp(positions, ROOM_STEP);
  }

  get batch(): number {
    return this.prompts.padding.length;
  }

  /** Left padding of each row [batch], not counting what all rows have in common. */
  get padding(): number[] {
    return this.prompts.padding.map((padding) => padding - this.sharedPadding);
  }

  /** Tokens of each prompt [batch]. */
  get lengths(): number[] {
    return this.prompts.padding.map((padding) => this.prompts.length - padding);
  }

  /**
   * Pass 0: reads the prompts, with an empty cache, and keeps their keys and values there.
   *
   * @returns [batch, d]: the hidden state after ln_f at each prompt's last token
   */
  async readPrompts(): Promise<HostTensor> {
    if (!this.watched && this.batch > 1) return this.readByLength();
    const { hidden, keys, values } = await this.readPadded(this.prompts);
    this.cache.write(0, keys, values);
    return hidden;
  }

  /** The same, a few prompts at a time, each with no more padding than makes its own length round. */
  private async readByLength(): Promise<HostTensor> {
    const { length, padding, ids } = this.prompts;
    const width = this.runtime.config.nEmbd;
    const all = float32([this.batch, width]);
    for (const { rounded, rows } of this.rowsByLength()) {
      const prompts = rows.map((row) => Array.from(ids.data.subarray(row * length + padding[row], (row + 1) * length)));
      const { hidden, keys, values } = await this.readPadded(padPrompts(prompts, rounded));
      rows.forEach((row, i) => {
        all.data.set(hidden.data.subarray(i * width, (i + 1) * width), row * width);
      });
      this.cache.write(length - rounded, keys, values, rows);
    }
    return all;
  }

  /** Rows whose prompts have the same round length, a few each: one, or as many as {@link TOKENS_AT_ONCE} allow. */
  private rowsByLength(): { readonly rounded: number; readonly rows: readonly number[] }[] {
    const byLength = new Map<number, number[]>();
    this.lengths.forEach((length, row) => {
      const rounded = roundUp(length, PROMPT_STEP);
      byLength.set(rounded, [...(byLength.get(rounded) ?? []), row]);
    });
    return [...byLength].flatMap(([rounded, rows]) => {
      const together = Math.max(1, Math.floor(TOKENS_AT_ONCE / rounded));
      const whole = rows.length - (rows.length % together);
      const starts = rows.map((_, i) => i).filter((i) => i >= whole || i % together === 0);
      return starts.map((i) => ({ rounded, rows: rows.slice(i, i >= whole ? i + 1 : i + together) }));
    });
  }

  private async readPadded({ length, padding, ids, positions, mask }: PaddedPrompts): Promise<PassOutputs> {
    const shape = { batch: padding.length, before: length, thoughts: 0, after: 0, prompt: 0, past: 0 };
    const tokens = int32(
      ids.shape,
      Int32Array.from(ids.data, (id, i) => (i % length < padding[Math.floor(i / length)] ? -1 : id)),
    );
    return this.execute(0, 0, shape, { before: ids, positions, mask }, tokens);
  }

  /**
   * A later pass, at the sequence positions from `at` on. It looks back on the first `at` positions in the cache and
   * changes nothing there.
   */
  async readOn(pass: number, at: number, reading: Reading, cache = this.cache): Promise<PassOutputs> {
    const { thought, tokens = [] } = reading;
    const batch = this.batch;
    const thoughts = thought === undefined ? 0 : thought.shape.length === 3 ? thought.shape[1] : 1;
    const after = tokens.at(0)?.length ?? 0;
    const length = thoughts + after;
    const positions = int32([batch, length]);
    const read = int32([batch, length]);
    for (let row = 0; row < batch; row++) {
      for (let t = 0; t < length; t++) {
        positions.data[row * length + t] = at + t - cache.padding[row];
        read.data[row * length + t] = t < thoughts ? -1 : tokens[row][t - thoughts];
      }
    }
    const past = this.instruments.tap === undefined ? cache : cache.fork(at, at - cache.prompts);
    const shape = { batch, before: 0, thoughts, after, prompt: past.prompts, past: past.room };
    const inputs = {
      positions,
      ...(thought !== undefined && { thoughts: { ...thought, shape: [batch, thoughts, this.runtime.config.nEmbd] } }),
      ...(after > 0 && { after: keepRanges(read, 1, [[thoughts, length]]) }),
      ...past.masks(at),
      ...past.inputs(),
    };
    return this.execute(pass, at, shape, inputs, read);
  }

  /**
   * Reads one position again whose keys and values are in the cache: it sees them as they are there, its own included,
   * and all before it.
   *
   * @param at its sequence position
   * @param reading a thought, or one token for each row
   * @returns [batch, d]: the hidden state after ln_f
   */
  async readInPlace(at: number, { thought, tokens = [] }: Reading, cache = this.cache): Promise<HostTensor> {
    const { batch, runtime } = this;
    const { nEmbd } = runtime.config;
    const row = cache.capacity + 1;
    const bias = float32([batch, 1, 1, row]);
    bias.data.fill(MASKED);
    cache.padding.forEach((padding, i) => bias.data.fill(0, i * row + padding, i * row + at + 1));
    const thoughts = thought === undefined ? 0 : 1;
    const reads = { batch, before: 0, thoughts, after: 1 - thoughts, prompt: cache.prompts, past: cache.room };
    const outputs = await runtime.runPass({ ...reads, readPositions: 'all', attention: 'given' }, new Set(), {
      ...(thought === undefined
        ? { after: int32([batch, 1], Int32Array.from(tokens.flat())) }
        : { thoughts: { ...thought, shape: [batch, 1, nEmbd] } }),
      positions: int32(
        [batch, 1],
        Int32Array.from(cache.padding, (padding) => at - padding),
      ),
      bias,
      ...cache.inputs(),
    });
    return { ...outputs['hidden'], shape: [batch, nEmbd] };
  }

  private async execute(
    pass: number,
    at: number,
    reads: Omit<PassShape, 'readPositions'>,
    inputs: Readonly<Record<string, HostTensor>> & { readonly positions: HostTensor },
    tokens: HostTensor,
  ): Promise<PassOutputs> {
    const { runtime, instruments } = this;
    const { recorder, tap } = instruments;
    const recorded = new Set(recorder.namesWithin(pass));
    const severalThoughts = reads.thoughts > 1 && reads.after === 0;
    const lastAlone = tap === undefined && recorded.size === 0 && !severalThoughts;
    const shape: PassShape = { ...reads, readPositions: lastAlone ? 'last' : 'all' };
    const outputs =
      tap === undefined
        ? await runtime.runPass(shape, recorded, inputs)
        : await runtime.evaluatePass(shape, recorded, inputs, prefixTap(tap, `pass.${pass}.`));
    const capacity = reads.prompt + reads.past;
    recorder.keepPass({ pass, at, capacity }, tokens, inputs.positions, outputs, this.sharedPadding);
    const positions = outputs['hidden'].shape[1];
    const hidden = keepRanges(outputs['hidden'], 1, [[positions - 1, positions]]);
    const layers = Array.from({ length: runtime.config.nLayer }, (_, layer) => layer);
    return {
      hidden: { ...hidden, shape: [shape.batch, runtime.config.nEmbd] },
      ...(severalThoughts && { hiddens: outputs['hidden'] }),
      keys: layers.map((layer) => outputs[`keys.${layer}`]),
      values: layers.map((layer) => outputs[`values.${layer}`]),
    };
  }
}
