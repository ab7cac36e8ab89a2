import type { Item } from '../../dataset/index.js';
import { headRow, orthonormalBasis } from '../../intervention/index.js';
import type { Coconut } from '../../model/index.js';
import type { Wording } from '../../tokenizer/index.js';

/** Logits that are closer than this share of the greatest differ by float32's rounding alone, and are made the same. */
const ROUNDING = 1e-5;

/** How the nodes of items are displayed: along the LM head's rows of their tokens. Each row is taken once. */
export class NodeDisplay {
  readonly #rows = new Map<number, Float64Array>();

  constructor(
    private readonly model: Coconut,
    private readonly wording: Wording,
  ) {}

  /**
   * What the LM head reads of an item's nodes.
   *
   * @param thought [d]
   * @returns logits [n], in steps of 1e-5 of the greatest: what is equal but for rounding is a tie
   */
  logits(item: Item, thought: ArrayLike<number>): Float64Array {
    const logits = Float64Array.from(item.names, (_, node) => dot(this.#row(item, node), thought));
    const step = ROUNDING * Math.max(...logits.map(Math.abs));
    return step === 0 ? logits : logits.map((logit) => Math.round(logit / step) * step);
  }

  /**
   * The smallest change of a thought that gives some nodes all the same logit and leaves those of the item's other nodes as
   * they are. It lies in what of these nodes' rows the other nodes' rows do not explain.
   *
   * @param thought [d]
   * @param level the logit
   * @returns [d]; undefined where there is none, as where two nodes share a token, and where there are no nodes
   */
  changeTo(item: Item, thought: ArrayLike<number>, nodes: readonly number[], level: number): Float64Array | undefined {
    const others = [...item.names.keys()].filter((node) => !nodes.includes(node)).map((node) => this.#row(item, node));
    const rows = nodes.map((node) => this.#row(item, node));
    const own = orthonormalBasis([...others, ...rows]).slice(orthonormalBasis(others).length);
    if (nodes.length === 0 || own.length < nodes.length) return undefined;
    const change = new Float64Array(thought.length);
    // Row i has nothing of the directions after the i-th: one after the other, each puts one logit right.
    rows.forEach((row, i) => {
      const missing = level - dot(row, thought) - dot(row, change);
      const amount = missing / dot(row, own[i]);
      own[i].forEach((x, j) => (change[j] += amount * x));
    });
    return change;
  }

  #row(item: Item, node: number): Float64Array {
    const token = this.wording.nodeToken(item, node);
    const row = this.#rows.get(token) ?? headRow(this.model, token);
    this.#rows.set(token, row);
    return row;
  }
}

function dot(a: Float64Array, b: ArrayLike<number>): number {
  return a.reduce((sum, x, j) => sum + x * b[j], 0);
}
