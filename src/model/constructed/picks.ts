import { SYMBOLIC_NODES, type SYMBOLIC_TOKENS } from '../../tokenizer/index.js';
import { POSITIONS, STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { edgeKey, rest } from './heads.js';
import type { Voice } from './neurons.js';
import { FARTHEST, KEPT, NOT_AT_ANSWER, PICK_EDGE, PICK_MATCH, PICK_REST, TAKEN } from './pick-constants.js';
import { step, type Step } from './ramps.js';
import { NUMBER_REST, NUMBER_TILT } from './single-constants.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import { SOUGHT, SOUGHT_REST, TILT } from './variant-constants.js';
import type { Head, Reading, WeightBuilder } from './weight-builder.js';

const { token, previous, candidates } = LAYOUT;

/** A question names nodes alone: what `candidates` has for special tokens is free, and single features go there. */
export const spareFeature = (symbol: keyof typeof SYMBOLIC_TOKENS): number => symbolFeature(candidates, symbol);

/** From 0 to `FARTHEST` through the positions. */
export const place = spareFeature('|');

/** 1 from `[R]` on. */
export const afterRoot = spareFeature('[R]');

/** 1 where no node of the thought has a child. */
const resting = spareFeature('<eos>');

/** At `[A]` a node that a thought held has a share of the same order as an edge's in an expansion. */
export const SOME: Step = { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE };

/** What is said at `[A]` is the answer: keeps the neurons that write a thought silent there. */
export const notAtAnswer = [symbolFeature(token, '[A]'), -NOT_AT_ANSWER] as const;

/** Keeps the neurons of the answer silent elsewhere, where a thought knows the candidates too. */
export const onlyAtAnswer: Reading = {
  features: [[symbolFeature(token, '[A]'), NOT_AT_ANSWER]],
  bias: -NOT_AT_ANSWER,
};

export function embedPlaces(builder: WeightBuilder): void {
  for (let t = 0; t < POSITIONS; t++) builder.embed('wpe', t, [[place, (FARTHEST * t) / POSITIONS]]);
}

/** First layer: `[R]` gives a flag to every position from itself on. */
export function flagAfterRoot(head: Head): void {
  head.score({ bias: 1 }, { features: [[symbolFeature(token, '[R]'), SOUGHT]] });
  rest(head, SOUGHT_REST);
  head.copy(symbolFeature(token, '[R]'), afterRoot);
}

/** `[A]` looks at all flagged positions alike: `to` gets what root and thoughts hold. Other positions rest. */
export function remember(head: Head, to: Block): void {
  head.score({ features: [[symbolFeature(token, '[A]'), 1]] }, { features: [[afterRoot, SOUGHT]] });
  rest(head, SOUGHT_REST);
  for (let node = 0; node < SYMBOLIC_NODES; node++) head.copy(featureOf(token, node), featureOf(to, node));
}

/** Which edge a head picks, and where it writes its target. */
export interface Pick {
  /** The block that holds the nodes whose edges are followed. */
  readonly from?: Block;
  /** Score of an edge for each unit of its source. */
  readonly match?: number;
  /** No edge to a node of this block is picked; the target is added to it. */
  readonly taken: Block;
  /** What an edge loses for each unit of its target there. */
  readonly charge?: number;
  /** Edges to nodes of this block come first. */
  readonly preferred?: { readonly block: Block; readonly score: number };
  /** Whether the first pick: then it also says where there is none. */
  readonly first?: boolean;
  /** Score of what is an edge. */
  readonly edge?: number;
  /** Score of the resting place beyond that of an edge. */
  readonly rested?: number;
}

/**
 * An expansion head that follows one edge: that which the prompt names last, of those that lead from a node of `from` to a
 * node that is not taken. With none it rests on `<eos>`. Its score grows along the prompt, so steep that one edge has all of
 * the attention.
 */
export function pickLast(
  head: Head,
  {
    from = token,
    match = PICK_MATCH,
    taken,
    charge = TAKEN,
    preferred,
    first = false,
    edge = PICK_EDGE,
    rested = PICK_REST,
  }: Pick,
): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const there = featureOf(token, node);
    const merits = preferred === undefined ? [] : [[featureOf(preferred.block, node), preferred.score] as const];
    head.score({ features: [[featureOf(from, node), 1]] }, { features: [[featureOf(previous, node), match]] });
    head.score({ features: [[featureOf(taken, node), -charge], ...merits] }, { features: [[there, 1]] });
    head.copy(there, featureOf(taken, node));
  }
  const { features = [] } = edgeKey(edge);
  head.score(
    { bias: 1 },
    { features: [...features, [place, TILT / FARTHEST], [symbolFeature(token, '<eos>'), rested]] },
  );
  if (first) head.copy(symbolFeature(token, '<eos>'), resting);
}

/**
 * The same by number: of the edges that lead from a node of the thought to a node that is not taken, those to the node with the
 * smallest number. Several to the same node share the attention.
 */
export function pickFirstNumber(head: Head, { taken, first = false }: Pick): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const there = featureOf(token, node);
    head.score({ features: [[there, 1]] }, { features: [[featureOf(previous, node), PICK_MATCH]] });
    head.score(
      { features: [[featureOf(taken, node), -TAKEN]], bias: (NUMBER_TILT * (SYMBOLIC_NODES - node)) / SYMBOLIC_NODES },
      { features: [[there, 1]] },
    );
    head.copy(there, featureOf(taken, node));
  }
  const { features = [] } = edgeKey(PICK_EDGE);
  head.score({ bias: 1 }, { features: [...features, [symbolFeature(token, '<eos>'), NUMBER_REST]] });
  if (first) head.copy(symbolFeature(token, '<eos>'), resting);
}

/** The next thought: the nodes of `next`, or, if the first pick found none, those of the thought itself. */
export function writePicked(builder: WeightBuilder, { layer, amplitude }: Voice, next: Block): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const here = featureOf(token, node);
    const features = [[featureOf(next, node), 2] as const, [here, 1] as const, [resting, 1] as const, notAtAnswer];
    step(builder, layer, { features, bias: -1 }, KEPT, here, amplitude);
  }
}
