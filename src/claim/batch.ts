import { itemLabel, itemSearch, type Item, type ItemSearch } from '../dataset/index.js';
import { readAnswers, type AblationPool, type Answer } from '../intervention/index.js';
import type { Coconut, CoconutRun } from '../model/index.js';
import { readNodes, type NodeReading } from '../recording/index.js';
import { followingOf, type Wording } from '../tokenizer/index.js';
import { createRandom, type Random } from '../random.js';

/** Least and greatest depth of the targets of all items. */
export interface DepthRange {
  readonly least: number;
  readonly greatest: number;
}

/** The range of some items' targets. */
export function depthRangeOf(items: readonly Item[]): DepthRange {
  const depths = items.map((item) => itemSearch(item).depth);
  return { least: Math.min(...depths), greatest: Math.max(...depths) };
}

/** What a batch is made of. */
export interface BatchSpec {
  readonly model: Coconut;
  readonly wording: Wording;
  readonly items: readonly Item[];
  /** k */
  readonly thoughts: number;
  /** Of all items' targets, not of this batch's alone. */
  readonly depths: DepthRange;
  readonly seed: number;
  /** Items that give their thoughts to others, the same for all batches. */
  readonly pool: AblationPool;
  /** Whether only what decides is observed, and not what is measured beside it. */
  readonly criteriaOnly: boolean;
}

/**
 * Some items in front of a model: what the tests of a battery share. The prompts are read once; whatever several tests
 * need is computed once, when the first asks for it.
 */
export class Batch {
  readonly model: Coconut;
  readonly wording: Wording;
  readonly items: readonly Item[];
  /** k */
  readonly thoughts: number;
  readonly searches: readonly ItemSearch[];
  readonly pool: AblationPool;
  readonly criteriaOnly: boolean;
  /** What is drawn from it for an item belongs to its question, whatever batch it is in. */
  readonly random: Random;
  readonly #depths: DepthRange;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor({ model, wording, items, thoughts, depths, seed, pool, criteriaOnly }: BatchSpec) {
    this.model = model;
    this.wording = wording;
    this.items = items;
    this.thoughts = thoughts;
    this.pool = pool;
    this.criteriaOnly = criteriaOnly;
    this.searches = items.map(itemSearch);
    this.random = createRandom(`battery ${seed}`);
    this.#depths = depths;
  }

  /** The items' own run, with k thoughts. */
  run(): Promise<CoconutRun> {
    return this.once('run', () => this.runOf(this.items));
  }

  /** Other items, or these items edited, through the model with k thoughts. */
  runOf(items: readonly Item[]): Promise<CoconutRun> {
    return this.model.run(
      items.map((item) => this.wording.prompt(item)),
      { thoughts: this.thoughts, thoughtLogits: true },
    );
  }

  /** What is answered after c thoughts. */
  answers(c = this.thoughts): Promise<readonly Answer[]> {
    return this.once(`answers ${c}`, async () => readAnswers(await this.run(), c, this.items, this.wording));
  }

  /** What the LM head reads of each item's nodes at its k thoughts. */
  readings(): Promise<readonly NodeReading[]> {
    return this.once('readings', async () => this.readingsOf(await this.run(), this.items));
  }

  /** The same of another run. */
  readingsOf(run: CoconutRun, items: readonly Item[]): NodeReading[] {
    return items.map((item, row) =>
      readNodes(
        run.logitsOfThoughts(row),
        Int32Array.from(item.names, (_, node) => this.wording.nodeToken(item, node)),
      ),
    );
  }

  /**
   * These items edited, by row; undefined where there is no such edit, or where it has no room: an edit may be longer than
   * its item, and the model's context is finite.
   */
  edited<T extends Item>(edit: (item: Item, row: number) => T | undefined): (T | undefined)[] {
    const room = this.model.config.nPositions - this.thoughts - followingOf(this.wording);
    return this.items.map((item, row) => {
      const changed = edit(item, row);
      return changed !== undefined && this.wording.prompt(changed).length <= room ? changed : undefined;
    });
  }

  /**
   * Whether an edited question's target is at a depth that the items ask about. A model that was trained for these may
   * fail at others for want of practice, which says nothing of how it searches.
   */
  asksAtUsualDepth(item: Item): boolean {
    const { depth } = itemSearch(item);
    return depth >= this.#depths.least && depth <= this.#depths.greatest;
  }

  /**
   * The last thought that is patched where a target is so deep: as many as it needs one hop a thought, and as many more as the model
   * has to spare where the deepest does, as hops may take longer.
   */
  lastPatched(depth: number): number {
    return Math.min(this.thoughts, depth + Math.max(0, this.thoughts - this.#depths.greatest));
  }

  /** So many thoughts are left, at most, after patched ones: three hops, which may take two each where there are so many. */
  get mostLeft(): number {
    return this.thoughts >= 2 * this.#depths.greatest - 1 ? 6 : 3;
  }

  /** A value that several tests need, computed for the first one. */
  once<T>(name: string, compute: () => Promise<T>): Promise<T> {
    const known = this.#known.get(name) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const made = compute();
    this.#known.set(name, made);
    return made;
  }

  /** Randomness of one item for one purpose, the same whatever else is run. */
  randomOf(purpose: string, row: number): Random {
    return this.random.fork(purpose).fork(itemLabel(this.items[row]));
  }
}

/** The logits of an item's nodes at thought t, 1..k. */
export function logitsAt({ nodeLogits, offGraphMass }: NodeReading, thought: number): Float32Array {
  const n = nodeLogits.length / offGraphMass.length;
  return nodeLogits.subarray((thought - 1) * n, thought * n);
}
