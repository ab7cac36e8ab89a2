import { alignColumns } from '../align-columns.js';
import type { ClusteredProportion } from '../statistics/index.js';
import type { ComparedModel } from './compare.js';

/** How a model is named in a comparison. */
export interface ComparedName {
  readonly folder: string;
  /** Its training method, or how it was built. */
  readonly method: string;
}

/** @param title the items */
export function formatComparison(
  title: string,
  names: readonly ComparedName[],
  models: readonly ComparedModel[],
): string {
  return [
    title,
    'right: the answer is the target, with nothing to choose from; a model that guesses between the candidates gets 0.500.',
    '[low, high]: 95 % Wilson intervals. tokens: latent positions and spoken tokens up to the answer, mean.',
    "p: McNemar's exact test against the first model over graphs, not corrected for the number of models.",
    alignColumns(
      [
        ['model', 'method', 'n', 'right', 'right, no thoughts', 'tokens', 'p'],
        ...models.map(({ accuracy, accuracyWithoutThoughts, tokens, againstFirst }, i) => [
          names[i].folder,
          names[i].method,
          String(accuracy.n),
          share(accuracy),
          accuracyWithoutThoughts === undefined ? '' : share(accuracyWithoutThoughts),
          tokens.toFixed(1),
          againstFirst === undefined ? '' : probability(againstFirst.p),
        ]),
      ],
      2,
    ),
  ].join('\n');
}

function share({ value, low, high }: ClusteredProportion): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function probability(p: number): string {
  return p < 0.001 ? '<.001' : p.toFixed(3);
}
