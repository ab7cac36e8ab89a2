import { SYMBOLIC_NODES } from '../../tokenizer/index.js';
import { rest } from './heads.js';
import { featureOf, LAYOUT, symbolFeature, type Block } from './residual-layout.js';
import { SOUGHT, SOUGHT_REST } from './variant-constants.js';
import type { Head } from './weight-builder.js';

const { token } = LAYOUT;

/** First layer: `[R]` gives a flag to every position from itself on. */
export function flagFromRoot(head: Head, flag: number): void {
  head.score({ bias: 1 }, { features: [[symbolFeature(token, '[R]'), SOUGHT]] });
  rest(head, SOUGHT_REST);
  head.copy(symbolFeature(token, '[R]'), flag);
}

/** Looks at all flagged positions so far alike: `to` gets the mean of what root and thoughts hold. */
export function remember(head: Head, flag: number, to: Block, from = token): void {
  head.score({ bias: 1 }, { features: [[flag, SOUGHT]] });
  rest(head, SOUGHT_REST);
  for (let node = 0; node < SYMBOLIC_NODES; node++) head.copy(featureOf(from, node), featureOf(to, node));
}
