import { formatFraction, formatMagnitude } from '../drawing/index.js';
import { estimateNotes, estimateTable, type EstimateColumn } from '../readout/index.js';
import type { AblationEffect, AblationResult, AnswerMeans } from './ablate.js';
import type { PatchResult } from './patch.js';

type Row = AnswerMeans & Partial<Pick<AblationEffect, 'accuracyDrop' | 'logitDifferenceDrop'>>;

const MEANS: readonly EstimateColumn<Row>[] = [
  { heading: 'accuracy', of: ({ accuracy }) => accuracy, format: formatFraction },
  { heading: 'logit difference', of: ({ logitDifference }) => logitDifference, format: formatMagnitude },
  { heading: 'T', of: ({ preference }) => preference, format: formatMagnitude },
];

const HOW =
  'accuracy: target above decoy, chance .500, 95 % Wilson intervals over graphs. T: 100 x the sigmoid of the logit difference, ' +
  'chance 50. All other intervals: 95 % bootstrap over graphs.';

/** An ablation's effects as text: one row an ablation, the model's own thoughts first. */
export function formatAblation(result: AblationResult): string {
  const none = { name: 'own thoughts', informative: true, ...result.unablated };
  const rows = [none, ...result.ablations.filter(({ name }) => name !== 'none')];
  const table = estimateTable(rows, { heading: ['ablation'], of: ({ name }) => [name], words: 1 }, MEANS);
  const drops = result.ablations.filter(({ name }) => name !== 'none');
  return [
    `Answers of ${result.items} items with their thoughts ablated`,
    table,
    '',
    'Fall against the own thoughts, paired within items',
    estimateTable(drops, { heading: ['ablation'], of: ({ name }) => [name], words: 1 }, [
      { heading: 'of accuracy', of: ({ accuracyDrop }) => accuracyDrop, format: formatFraction },
      { heading: 'of logit difference', of: ({ logitDifferenceDrop }) => logitDifferenceDrop, format: formatMagnitude },
    ]),
    ...result.ablations.map(({ name, description }) => `${name}: ${description}`),
    ...result.inapplicable.map(({ name, reason }) => `${name}: not done; ${reason}`),
    HOW,
    ...estimateNotes(rows.map(({ accuracy }) => accuracy)),
  ].join('\n');
}

/** The effect of patching as text. */
export function formatPatch(result: PatchResult): string {
  const { before, after, steps, logitDifferenceDrop, flipped, mostlyOther } = result;
  const rows = [
    { name: 'own thoughts', ...before },
    { name: `patched at ${steps.join(', ')}`, ...after },
  ];
  return [
    `Answers of ${result.items} items with thoughts of other items`,
    estimateTable(rows, { heading: ['thoughts'], of: ({ name }) => [name], words: 1 }, MEANS),
    '',
    estimateTable([result], { heading: [], of: () => [] }, [
      { heading: 'fall of logit difference', of: () => logitDifferenceDrop, format: formatMagnitude },
      { heading: 'flipped', of: () => flipped, format: formatFraction },
      { heading: 'mostly other', of: () => mostlyOther, format: formatFraction },
    ]),
    'flipped: T falls by 50 points or more. mostly other: half of the probability or more is on neither candidate.',
    HOW,
    ...estimateNotes([before.accuracy, after.accuracy]),
  ].join('\n');
}
