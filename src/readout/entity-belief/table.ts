import { formatFraction, formatMagnitude } from '../../drawing/index.js';
import { estimateNotes, estimateTable, intervalLine } from '../kit/estimate-table.js';
import { BELIEF_WORDS } from './belief-categories.js';
import type { EntityBeliefReadout } from './schema.js';

/** Plain text. */
export function formatEntityBelief(result: EntityBeliefReadout): string {
  const { perThought, items, graphs } = result;
  const rows = perThought.flatMap(({ thought, categories }) => categories.map((each) => ({ thought, ...each })));
  return [
    `Belief in entities (arXiv 2604.06374): ${items} items, ${graphs} graphs.`,
    'Names right after c thoughts (0: after the question), product over tokens, over the sum of all nodes of the graph.',
    'Next: of the nodes at depth c on a shortest path. The target is its own category, also where it is the next step.',
    intervalLine(result, 'target > 1/2'),
    '',
    'Total probability of a category, mean over items that have such a node; equal: for equal probabilities',
    estimateTable(
      rows,
      { heading: ['category', 'c'], of: ({ name, thought }) => [BELIEF_WORDS[name], String(thought)], words: 1 },
      [
        { heading: 'probability', of: ({ probability }) => probability, format: formatFraction },
        { heading: 'equal', of: ({ uniform }) => uniform, format: formatFraction, plain: true },
      ],
    ),
    '',
    'Entropy over the nodes, and of equal probabilities; items whose target has more than half; raw sum of all nodes',
    estimateTable(perThought, { heading: ['c'], of: ({ thought }) => [String(thought)] }, [
      { heading: 'entropy, bits', of: ({ entropyBits }) => entropyBits, format: formatMagnitude },
      { heading: 'equal', of: ({ uniformBits }) => uniformBits, format: formatMagnitude, plain: true },
      { heading: 'target > 1/2', of: ({ targetMajority }) => targetMajority, format: formatFraction },
      { heading: 'all nodes, raw', of: ({ nodeMass }) => nodeMass, format: formatFraction },
    ]),
    '',
    ...estimateNotes([
      ...rows.map(({ probability }) => probability),
      ...perThought.map(({ entropyBits }) => entropyBits),
    ]),
  ].join('\n');
}
