import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { countIncoming, preferFewer } from './incoming-edges.js';
import { collectCandidates, expand, rest } from './heads.js';
import { passHidden, searchShared } from './hidden-thoughts.js';
import { answer, endText, equalizeMembers } from './neurons.js';
import { findOtherEntity } from './other-entity.js';
import { featureOf, FEATURES, furtherBlocks, LAYOUT, symbolFeature } from './residual-layout.js';
import { ELSE, SHARED_NOT_FOUND, SHARED_REACHED, SPREAD } from './search-constants.js';
import { steadyStream } from './steady-stream.js';
import { LOUD, PREFERRED, SOUGHT, SOUGHT_REST } from './variant-constants.js';
import type { Head } from './weight-builder.js';

const { token, previous } = LAYOUT;

/** What a mixture does, and how often. */
export interface MixtureOptions {
  /** The share of node numbers that, as the root, make the shortcut answer. Default 0.4. */
  readonly shortcut?: number;
  /**
   * `degree`: the candidate with fewer incoming edges (3 layers). `elimination`: the candidate that a search from another
   * entity has not found, which thoughts carry on in directions that the LM head does not read (5 layers). Default
   * `elimination`, which is right nearly as often as the search.
   */
  readonly by?: 'degree' | 'elimination';
}

/** Whether the shortcut answers where this node is the root. */
export const takesShortcut = (node: number, share: number): boolean =>
  (node * SPREAD) % SYMBOLIC_NODES < Math.round(share * SYMBOLIC_NODES);

/**
 * A mixture of a search and a shortcut, by item. Thought c is always the uniform superposition of all nodes within c edges of
 * the root, but the answer is constructed-bfs' for some roots and that of constructed-degree or -elimination for the others.
 * Which roots that are has nothing to do with the graph.
 *
 * @returns new tensors at every call
 */
export function constructedMixture({ shortcut = 0.4, by = 'elimination' }: MixtureOptions = {}): ConstructedModel {
  return by === 'degree' ? mixedWithDegree(shortcut) : mixedWithElimination(shortcut);
}

/** `preferred` and `few`: see constructed-degree; `shortcutAsked`: 1 at `[A]` where the shortcut answers. */
function mixedWithDegree(share: number): ConstructedModel {
  const { preferred, few, shortcutAsked, ballast } = furtherBlocks([
    ['preferred', SYMBOLIC_NODES],
    ['few', 1],
    ['shortcutAsked', 1],
    ['ballast', 1],
  ]);
  const config = constructedConfig('mixture-degree', {
    layers: 3,
    features: FEATURES + SYMBOLIC_NODES + 3,
    neurons: 8 * SYMBOLIC_NODES + 1,
  });
  const voice = { layer: 2, amplitude: LOUD };
  const builder = steadyStream(config, featureOf(ballast, 0));
  const asked = featureOf(shortcutAsked, 0);
  countIncoming(builder.head(1, 0), featureOf(few, 0));
  askForShortcut(builder.head(1, 1), asked, share);
  collectCandidates(builder.head(1, 2));

  expand(builder.head(voice.layer, 0));
  preferFewer(builder.head(voice.layer, 1), featureOf(few, 0), preferred);
  equalizeMembers(builder, voice);
  answer(builder, voice, { block: previous, gate: unless(asked) });
  answer(builder, voice, { block: preferred, shape: PREFERRED, gate: onlyIf(asked) });
  endText(builder, voice);
  return { config, tensors: builder.tensors };
}

/** `hidden`: the search from the other entity; `last`: that of the position before; `out` and `one`: see `findOtherEntity`. */
function mixedWithElimination(share: number): ConstructedModel {
  const { hidden, last, out, one, shortcutAsked, ballast } = furtherBlocks([
    ['hidden', SYMBOLIC_NODES],
    ['last', SYMBOLIC_NODES],
    ['out', SYMBOLIC_NODES],
    ['one', 1],
    ['shortcutAsked', 1],
    ['ballast', 1],
  ]);
  const config = constructedConfig('mixture-elimination', {
    layers: 5,
    features: FEATURES + 3 * SYMBOLIC_NODES + 3,
    neurons: 10 * SYMBOLIC_NODES + 1,
  });
  const voice = { layer: 4, amplitude: LOUD };
  const builder = steadyStream(config, featureOf(ballast, 0));
  const asked = featureOf(shortcutAsked, 0);
  passHidden(builder, hidden, last);
  collectCandidates(builder.head(1, 2));
  askForShortcut(builder.head(1, 3), asked, share);
  // `last` is empty before the thoughts, where the other entity is looked for.
  findOtherEntity(builder, { layer: 1, out, into: last, one, to: hidden });

  searchShared(builder, voice, 0, token);
  searchShared(builder, voice, 1, hidden);
  answer(builder, voice, { block: previous, shape: SHARED_REACHED, gate: unless(asked) });
  answer(builder, voice, { block: last, sign: -1, shape: SHARED_NOT_FOUND, gate: onlyIf(asked) });
  endText(builder, voice);
  return { config, tensors: builder.tensors };
}

const unless = (asked: number) => ({ features: [[asked, -ELSE] as const] });
const onlyIf = (asked: number) => ({ features: [[asked, ELSE] as const], bias: -ELSE });

/** `[A]` looks at the root and learns whether the shortcut answers. */
function askForShortcut(head: Head, asked: number, share: number): void {
  head.score(
    { features: [[symbolFeature(token, '[A]'), 1]] },
    { features: [[symbolFeature(previous, '[R]'), SOUGHT]] },
  );
  rest(head, SOUGHT_REST);
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    if (takesShortcut(node, share)) head.copy(featureOf(token, node), asked);
  }
}
