import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { STEP_HIGH, STEP_LOW, STEP_SLOPE } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { candidateKey, collectCandidates, edgeKey, expand, rest } from './heads.js';
import { answer, endText, equalizeMembers } from './neurons.js';
import { ramp, step } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { sayEndByDefault, steadyStream } from './steady-stream.js';
import {
  BANNED,
  CHOICE,
  CHOSEN,
  LOUD,
  NOT_FOUND,
  SOLE,
  SOLE_CHARGE,
  SOLE_GATE,
  SOUGHT,
  SOUGHT_REST,
  WHOLE,
} from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token, previous, beforePrevious, candidates } = LAYOUT;

/**
 * At the root's position, `out` and `into`: each node's share of the edges as their source and as their target, and `one`:
 * what a single edge has. At a candidate's position, `into`: its parents, 1 / in-degree each.
 */
const { out, into, one, ballast } = furtherBlocks([
  ['out', SYMBOLIC_NODES],
  ['into', SYMBOLIC_NODES],
  ['one', 1],
  ['ballast', 1],
]);

/** The layers, by what they do after the first has looked back. */
const [COUNT, ACCUSE, CHOOSE, SEARCH] = [1, 2, 3, 4];

// The fullest layers have 6 neurons for each node.
const CONFIG = constructedConfig('elimination', {
  layers: SEARCH + 1,
  features: FEATURES + 2 * SYMBOLIC_NODES + 2,
  neurons: 6 * SYMBOLIC_NODES,
});

const VOICE = { layer: SEARCH, amplitude: LOUD };

const afterRoot = symbolFeature(previous, '[R]');
const eos = symbolFeature(token, '<eos>');
const nodes = Array.from({ length: SYMBOLIC_NODES }, (_, node) => node);
/** 0 at the root's position, -weight elsewhere. */
const onlyAtRoot = (weight: number) => ({ features: [[afterRoot, weight] as const], bias: -weight });

/**
 * Elimination: thought c is the uniform superposition of all nodes within c edges of *another* entity than the root, and the
 * answer is the candidate that the last thought does not hold, else as constructed-bfs'. Which entity that is, is told by the
 * prompt alone: of the nodes that are sources of edges, never targets, and not the root, the one with most outgoing
 * edges, where being the only parent of a candidate counts as three edges less (all of them at a tie).
 *
 * @returns new tensors at every call
 */
export function constructedElimination(): ConstructedModel {
  const builder = steadyStream(CONFIG, featureOf(ballast, 0));
  // Early, where both candidates' positions still have the same norm: the tie-break is finer than its differences.
  collectCandidates(builder.head(COUNT, 2));
  count(builder);
  accuse(builder);
  choose(builder);

  expand(builder.head(SEARCH, 0));
  equalizeMembers(builder, VOICE);
  sayEndByDefault(builder, SEARCH);
  answer(builder, VOICE, { block: previous, sign: -1, shape: NOT_FOUND });
  endText(builder, VOICE);
  return { config: CONFIG, tensors: builder.tensors };
}

/**
 * The root's position looks at all edges and at `<eos>` alike; what is a target, or the root, is banned. Every node looks at
 * the edges that lead to it; for a candidate, a parent without a rival gets 1 more. (At the
 * root's position, where `candidates` is not needed, it holds the banned.)
 */
function count(builder: WeightBuilder): void {
  const counting = builder.head(COUNT, 0);
  counting.score({ features: [[afterRoot, 1]] }, edgeKey(SOUGHT));
  counting.score({ features: [[afterRoot, -1]], bias: 1 }, { features: [[eos, SOUGHT_REST]] });
  counting.copy(eos, featureOf(one, 0));
  const parents = builder.head(COUNT, 1);
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
    step(builder, COUNT, sole, SOLE, featureOf(into, node), 1);
    const banned = featureOf(candidates, node);
    const { features, bias } = onlyAtRoot(2);
    const some = { low: STEP_LOW, high: STEP_HIGH, slope: STEP_SLOPE };
    step(builder, COUNT, { features: [share, ...features], bias }, some, banned, BANNED);
    step(builder, COUNT, { features: [[here, 1], ...features], bias }, WHOLE, banned, BANNED);
  }
}

/** The root's position hears from the candidates whose only parent a node is: (1 + 1) / 2, where others have 1/2 at most. */
function accuse(builder: WeightBuilder): void {
  const hearing = builder.head(ACCUSE, 0);
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
    ramp(builder, ACCUSE, charged, { threshold: 0, slope }, [[featureOf(out, node), -1 / slope]]);
  }
}

/** The edges of the entity that has most of them get the attention; it takes the root's place in `token`. */
function choose(builder: WeightBuilder): void {
  const choosing = builder.head(CHOOSE, 0);
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
    step(builder, CHOOSE, { features: [[held, 1], ...features], bias }, CHOSEN, here, 1);
    step(builder, CHOOSE, { features: [[here, 1], ...features], bias }, WHOLE, here, -1);
    const slope = 512;
    ramp(builder, CHOOSE, { features: [[held, 1], ...features], bias }, { threshold: 0, slope }, [[held, -1 / slope]]);
  }
}
