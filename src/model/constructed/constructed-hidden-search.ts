import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { GATE_SLOPE } from './bfs-constants.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { collectCandidates } from './heads.js';
import { beginHidden, passHidden, searchShared } from './hidden-thoughts.js';
import { answer, endText } from './neurons.js';
import { findOtherEntity } from './other-entity.js';
import { ramp } from './ramps.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { SHARED_REACHED } from './search-constants.js';
import { sayEndByDefault, steadyStream } from './steady-stream.js';
import { LOUD } from './variant-constants.js';
import type { WeightBuilder } from './weight-builder.js';

const { token } = LAYOUT;

/** `hidden`: what is searched in; `last`: `hidden` of the position before; `out` and `one`: see `findOtherEntity`. */
const { hidden, last, ballast, out, one } = furtherBlocks([
  ['hidden', SYMBOLIC_NODES],
  ['last', SYMBOLIC_NODES],
  ['ballast', 1],
  ['out', SYMBOLIC_NODES],
  ['one', 1],
]);

/** What the LM head sees of thoughts that search where it does not look. */
export interface HiddenSearchOptions {
  /**
   * `nothing`: `<|end-latent|>`, whatever is asked. `otherRoot`: the nodes within c edges of the entity that
   * constructed-elimination finds, of which no use is made.
   */
  readonly shows: 'nothing' | 'otherRoot';
}

/**
 * Breadth-first search in hidden directions: thought c holds all nodes within c edges of the root, where only the next
 * thought and `[A]` read them; the LM head sees something else. The answer is the candidate that the last thought holds,
 * else as constructed-bfs'.
 *
 * @returns new tensors at every call
 */
export function constructedHiddenSearch({ shows }: HiddenSearchOptions): ConstructedModel {
  const two = shows === 'otherRoot';
  const layer = two ? 4 : 1;
  const config = constructedConfig(two ? 'hidden-search-other-root' : 'hidden-search', {
    layers: layer + 1,
    features: FEATURES + 2 * SYMBOLIC_NODES + 1 + (two ? SYMBOLIC_NODES + 1 : 0),
    neurons: two ? 7 * SYMBOLIC_NODES + 2 : 5 * SYMBOLIC_NODES + 2,
  });
  const voice = { layer, amplitude: LOUD };
  const builder = steadyStream(config, featureOf(ballast, 0));
  passHidden(builder, hidden, last);
  beginHidden(builder, hidden);
  // Early, where both candidates' positions still have the same norm: the tie-break is finer than its differences.
  collectCandidates(builder.head(1, 2));
  searchShared(builder, voice, 0, hidden);
  if (two) {
    // `last` is empty before the thoughts, where the other entity is looked for.
    findOtherEntity(builder, { layer: 1, out, into: last, one, to: token });
    searchShared(builder, voice, 1, token);
    sayEndByDefault(builder, layer);
  } else {
    sayEnd(builder, layer);
  }
  answer(builder, voice, { block: last, shape: SHARED_REACHED });
  endText(builder, voice);
  return { config, tensors: builder.tensors };
}

/** Every position but `[A]` says `<|end-latent|>`, as loud as a node. */
function sayEnd(builder: WeightBuilder, layer: number): void {
  const elsewhere = { features: [[symbolFeature(token, '[A]'), -2] as const], bias: 1 };
  const threshold = 1 / 2;
  const height = GATE_SLOPE * (1 - threshold);
  ramp(builder, layer, elsewhere, { threshold, slope: GATE_SLOPE }, [
    [symbolFeature(token, '<|end-latent|>'), LOUD / height],
  ]);
}
