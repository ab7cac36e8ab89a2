import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { candidateKey, edgeKey, rest } from './heads.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import { FEWER, FEWER_CANDIDATE, SAME_EDGE, SAME_TARGET } from './variant-constants.js';
import type { Head } from './weight-builder.js';

const { token } = LAYOUT;

/** `few` gets 1 / (1 + number of edges to the node that stands here). */
export function countParents(head: Head, few: number): void {
  for (let node = 0; node < SYMBOLIC_NODES; node++) {
    const same = featureOf(token, node);
    head.score({ features: [[same, 1]] }, { features: [[same, SAME_TARGET]] });
  }
  head.score({ bias: 1 }, edgeKey(SAME_EDGE));
  rest(head, SAME_TARGET);
  head.copy(symbolFeature(token, '<eos>'), few);
}

/** `[A]` looks at the candidate that has more of `few`; its share is copied to a block. */
export function preferFewer(head: Head, few: number, to: Block): void {
  const { features: candidate = [] } = candidateKey(FEWER_CANDIDATE);
  head.score({ features: [[symbolFeature(token, '[A]'), 1]] }, { features: [...candidate, [few, FEWER]] });
  for (let node = 0; node < SYMBOLIC_NODES; node++) head.copy(featureOf(token, node), featureOf(to, node));
}
