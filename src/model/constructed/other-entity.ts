import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { candidateKey, edgeKey, rest } from './heads.js';
import { ramp, step } from './ramps.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import {
  BANNED,
  CHOICE,
  CHOSEN,
  SOLE,
  SOLE_CHARGE,
  SOLE_GATE,
  SOUGHT,
  SOUGHT_REST,
  WHOLE,
} from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous, beforePrevious, candidates } = LAYOUT;

/** Where the circuit works. */
export interface OtherEntity {
  /** The first of its three layers. */
  readonly layer: number;
  /** At the root's position, each node's share of the edges as their source. */
  readonly out: Block;
  /** There, each node's share of the edges as their target; at a candidate's position its parents, 1 / in-degree each. */
  readonly into: Block;
  /** At the root's position, what a single edge has. */
  readonly one: Block;
  /** The block that gets the entity; in `token` it takes the root's place. */
  readonly to: Block;
}

const afterRoot = symbolFeature(previous, '[R]');
const eos = symbolFeature(token, '<eos>');
const nodes = Array.from({ length: SYMBOLIC_NODES }, (_, node) => node);
/** 0 at the root's position, -weight elsewhere. */
const onlyAtRoot = (weight: number) => ({ features: [[afterRoot, weight] as const], bias: -weight });

/**
 * The root's position finds another entity: of the nodes that are sources of edges, never targets, and not the root, the one
 * with most outgoing edges, where being the only parent of a candidate counts as three edges less (all of them at a
 * tie). Heads 0 and 1 of the first layer, head 0 of the others; up to 6 neurons for each node.
 */
export function findOtherEntity(builder: WeightBuilder, place: OtherEntity): void {
  count(builder, place);
  accuse(builder, place.layer + 1, place);
  choose(builder, place.layer + 2, place);
}

/**
 * The root's position looks at all edges and at `<eos>` alike; what is a target, or the root, is banned. Every node looks at
 * the edges that lead to it; for a candidate, a parent without a rival gets 1 more. (At the
 * root's position, where `candidates` is not needed, it holds the banned.)
 */
function count(builder: WeightBuilder, { layer, out, into, one }: OtherEntity): void {
  const counting = builder.head(layer, 0);
  counting.score({ features: [[afterRoot, 1]] }, edgeKey(SOUGHT));
  counting.score({ features: [[afterRoot, -1]], bias: 1 }, { features: [[eos, SOUGHT_REST]] });
  counting.copy(eos, featureOf(one, 0));
  const parents = builder.head(layer, 1);
  parents.score({ bias: 1 }, edgeKey(SOUGHT));
  rest(parents, SOUGHT_REST);
  for (const node of nodes) {
    const here = featureOf(token, node);
    counting.copy(here, featureOf(into, node));
    counting.copy(featureOf(previous, node), featureOf(out, node));
    parents.score({ features: [[here, 1]] }, { features: [[here, SOUGHT]] });
    parents.copy(featureOf(previous, node), featureOf(into, node));

    const share = [featureOf(into, node), 1] as const;
    const atCandidate = [symbolFeature(previous, '[Q]'), symbolFeature(beforePrevious, '[Q]')];
    const sole = { features: [share, ...atCandidate.map((f) => [f, 1] as const)], bias: -1 };
    step(builder, layer, sole, SOLE, featureOf(into, node), 1);
    const banned = featureOf(candidates, node);
    const { features, bias } = onlyAtRoot(2);
    const some = { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE };
    step(builder, layer, { features: [share, ...features], bias }, some, banned, BANNED);
    step(builder, layer, { features: [[here, 1], ...features], bias }, WHOLE, banned, BANNED);
  }
}

/** The root's position hears from the candidates whose only parent a node is: (1 + 1) / 2, where others have 1/2 at most. */
function accuse(builder: WeightBuilder, layer: number, { out, into, one }: OtherEntity): void {
  const hearing = builder.head(layer, 0);
  hearing.score({ features: [[afterRoot, 1]] }, candidateKey(SOUGHT));
  rest(hearing, SOUGHT_REST);
  for (const node of nodes) {
    hearing.copy(featureOf(into, node), featureOf(into, node));
    const { features, bias } = onlyAtRoot(SOLE_GATE);
    // At the root's position: 3 one + 2 (into - 1).
    const charged = {
      features: [
        [featureOf(one, 0), SOLE_CHARGE] as const,
        [featureOf(into, node), 2] as const,
        [afterRoot, -2] as const,
        ...features,
      ],
      bias,
    };
    const slope = 512;
    ramp(builder, layer, charged, { threshold: 0, slope }, [[featureOf(out, node), -1 / slope]]);
  }
}

/** The edges of the entity that has most of them get the attention, and it is written. */
function choose(builder: WeightBuilder, layer: number, { out, to }: OtherEntity): void {
  const choosing = builder.head(layer, 0);
  const { features: edges = [] } = edgeKey(4 * CHOICE);
  choosing.score({ features: [[afterRoot, 1]] }, { features: [...edges, [eos, -CHOICE / 2]] });
  choosing.score({ features: [[afterRoot, -1]], bias: 1 }, { features: [[eos, SOUGHT_REST]] });
  for (const node of nodes) {
    const held = featureOf(candidates, node);
    const here = featureOf(token, node);
    const merit = { features: [[featureOf(out, node), CHOICE] as const, [held, (-2 * CHOICE) / BANNED] as const] };
    choosing.score(merit, { features: [[featureOf(previous, node), 1]] });
    choosing.copy(featureOf(previous, node), held);

    const { features, bias } = onlyAtRoot(2);
    step(builder, layer, { features: [[held, 1], ...features], bias }, CHOSEN, featureOf(to, node), 1);
    if (to === token) step(builder, layer, { features: [[here, 1], ...features], bias }, WHOLE, here, -1);
    const slope = 512;
    ramp(builder, layer, { features: [[held, 1], ...features], bias }, { threshold: 0, slope }, [[held, -1 / slope]]);
  }
}
