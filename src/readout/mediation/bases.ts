import { CONCEPT_NAMES, itemLabel, itemSearch, type Item } from '../../dataset/index.js';
import {
  branchDirections,
  headRow,
  orthonormalBasis,
  queryKeyDirection,
  randomDirections,
  type Basis,
  type Direction,
  type HeadSite,
} from '../../intervention/index.js';
import type { Coconut } from '../../model/index.js';
import type { Random } from '../../random.js';
import { SYMBOLIC_NODES, symbolicTokenizer, type Wording } from '../../tokenizer/index.js';
import { range } from '../kit/readout-result.js';
import type { BasisName } from './basis-names.js';

/** Subspaces by name; one that an item or a model does not have is absent. */
export type Bases = Partial<Readonly<Record<BasisName, Basis>>>;

/** Makes the subspaces of items in front of one model; what belongs to a token is computed once. */
export class ItemBases {
  readonly #asked = new Map<number, Direction[]>();
  readonly #carried = new Map<number, Direction[]>();

  constructor(
    private readonly model: Coconut,
    private readonly wording: Wording,
    /** Randomness of this readout; every item takes a stream of its own. */
    private readonly random: Random,
  ) {}

  /** The subspaces that an item has whatever is swapped, and whichever thought is patched. */
  ofItem(item: Item): Bases & Required<Pick<Bases, 'head'>> {
    const { model, wording } = this;
    const { nEmbd, nLayer, tieWordEmbeddings } = model.config;
    const nodes = [...item.names.keys()];
    const tokens = [...new Set(nodes.map((node) => wording.nodeToken(item, node)))];
    const head = this.#headRows(item, nodes);
    const random = this.random.fork(itemLabel(item));
    const absent = this.#absentTokens(item, tokens, random.fork('absent'));
    return {
      head,
      ...(!tieWordEmbeddings && { embedding: orthonormalBasis(this.#embeddings(item, nodes)) }),
      query: orthonormalBasis(tokens.flatMap((token) => this.#asks(token))),
      ...(nLayer > 1 && { carriedQuery: orthonormalBasis(tokens.flatMap((token) => this.#asksCarried(token))) }),
      random: orthonormalBasis(randomDirections(random.fork('directions'), head.length, nEmbd)),
      ...(absent !== undefined && { absent: orthonormalBasis(absent.map((token) => headRow(model, token))) }),
    };
  }

  /** Those of one swap and one thought. */
  ofThought(item: Item, swapped: Item, thought: number): Bases {
    const frontier = new Set([item, swapped].flatMap((one) => itemSearch(one).atDepth(thought)));
    const others = [...item.names.keys()].filter((node) => !frontier.has(node));
    return {
      frontier: this.#headRows(item, [...frontier]),
      otherNodes: this.#headRows(item, others),
    };
  }

  #headRows(item: Item, nodes: readonly number[]): Basis {
    return orthonormalBasis(branchDirections(this.model, { kind: 'embedding' }, this.wording, item, nodes));
  }

  #embeddings(item: Item, nodes: readonly number[]): Direction[] {
    const { data, shape } = this.model.weights.tensors['wte.weight'];
    const matrix = { data, shape, dtype: 'float32' } as const;
    const row = (_: Item, node: number): number => this.wording.nodeToken(item, node);
    return branchDirections(this.model, { kind: 'probe', matrix, row }, this.wording, item, nodes);
  }

  #asks(token: number): Direction[] {
    const directions =
      this.#asked.get(token) ?? this.#heads(0).map((site) => queryKeyDirection(this.model, token, site));
    this.#asked.set(token, directions);
    return directions;
  }

  #asksCarried(token: number): Direction[] {
    const directions =
      this.#carried.get(token) ??
      this.#heads(1).flatMap((site) =>
        this.#heads(0).map((carrier) => queryKeyDirection(this.model, token, { ...site, carrier })),
      );
    this.#carried.set(token, directions);
    return directions;
  }

  #heads(layer: number): HeadSite[] {
    return range(this.model.config.nHead).map((head) => ({ layer, head }));
  }

  /** As many node tokens that are none of the item's; undefined where the vocabulary has fewer. */
  #absentTokens(item: Item, tokens: readonly number[], random: Random): number[] | undefined {
    const { wording } = this;
    const names = wording.tokenizer === symbolicTokenizer ? range(SYMBOLIC_NODES).map(String) : CONCEPT_NAMES;
    const all = { ...item, names };
    const others = new Set(range(names.length).map((node) => wording.nodeToken(all, node)));
    for (const token of tokens) others.delete(token);
    return others.size < tokens.length ? undefined : random.shuffle([...others]).slice(0, tokens.length);
  }
}
