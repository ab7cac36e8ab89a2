import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { EDGE, REST } from './bfs-constants.js';
import { edgeKey, rest, type Expansion } from './heads.js';
import { featureOf, LAYOUT } from './residual-layout.js';
import { HOP } from './variant-constants.js';
import type { Head } from './weight-builder.js';

const { token, previous } = LAYOUT;

/** Expansion against the direction of the edges: sources of edges that lead to the nodes of `from` are added to `to`. */
export function expandBackward(
  head: Head,
  { from = token, to = from, match = HOP, edge = EDGE, resting = REST, weight = 1 }: Expansion,
): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    head.score({ features: [[featureOf(from, node), 1]] }, { features: [[featureOf(token, node), match]] });
    head.copy(featureOf(previous, node), featureOf(to, node), weight);
  }
  head.score({ bias: 1 }, edgeKey(edge));
  rest(head, resting);
}
