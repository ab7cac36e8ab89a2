import { alignColumns } from '../../align-columns.js';
import { fixed, formatFraction } from '../../drawing/index.js';
import { MINIMUM_CLUSTERS } from '../../statistics/index.js';
import { estimateTable } from '../kit/estimate-table.js';
import { intervalCell } from '../kit/text-table.js';
import { MEDIATION_WORDS, type BasisName } from './basis-names.js';
import type { MediationBasis, MediationReadout, MediationSummary } from './schema.js';

/** Plain text. */
export function formatMediation(result: MediationReadout): string {
  const { items, graphs, width, tied, correct, used, pooled, perThought } = result;
  const whole = pooled.bases.filter(({ rank }) => rank.greatest >= width - 1).map(({ name }) => MEDIATION_WORDS[name]);
  return [
    `Where in the thoughts the search is held: ${items} items, ${graphs} graphs, thoughts of width ${width}.`,
    `[low high]: 95 % intervals over graphs, closed-form; [-] where fewer than ${MINIMUM_CLUSTERS} graphs contribute.`,
    `correct ${intervalCell(correct, formatFraction)}; of all items patched ${intervalCell(used, formatFraction)}`,
    '',
    'Fall of T / 100 when the thought of a question with two edges swapped is patched in, of which the answer is the other',
    `candidate, and its share of the whole thought's, ${intervalCell(pooled.full, formatFraction)}`,
    estimateTable(pooled.bases, BASIS_LABELS, [
      { heading: 'share of |delta|^2', of: ({ share }) => share, format: formatFraction },
      { heading: 'inside', of: ({ inside }) => inside.fall, format: formatFraction },
      { heading: 'of full', of: ({ inside }) => inside.ofFull, format: ratio },
      { heading: 'rest', of: ({ rest }) => rest.fall, format: formatFraction },
      { heading: 'of full', of: ({ rest }) => rest.ofFull, format: ratio },
    ]),
    ...(tied ? ['embedding: the same as head, which is tied to it'] : []),
    ...(whole.length === 0
      ? []
      : [`${whole.join(', ')}: all that a thought can hold, but for its mean; inside is everything and says nothing`]),
    '',
    'The falls by thought, inside / rest',
    alignColumns([
      ['t', 'n', 'full', ...pooled.bases.map(({ name }) => MEDIATION_WORDS[name])],
      ...perThought.map((one) => [String(one.thought), String(one.full.n), valueOf(one.full), ...cellsOf(one, pooled)]),
    ]),
    '',
    'n: items that contribute; - where none do.',
  ].join('\n');
}

const BASIS_LABELS = {
  heading: ['subspace', 'rank'],
  of: ({ name, rank: { least, greatest } }: MediationBasis): string[] => [
    MEDIATION_WORDS[name],
    least === greatest ? String(least) : `${least}-${greatest}`,
  ],
  words: 1,
};

/** A share of another fall, which may be above 1. */
const ratio = (x: number): string => fixed(x, 2).replace('\u2212', '-');

function valueOf({ value }: MediationSummary['full']): string {
  return value === null ? '-' : formatFraction(value);
}

/** Inside and rest of each subspace of all thoughts, for one of them. */
function cellsOf(one: MediationSummary, all: MediationSummary): string[] {
  const own = new Map<BasisName, MediationBasis>(one.bases.map((basis) => [basis.name, basis]));
  return all.bases.map(({ name }) => {
    const basis = own.get(name);
    return basis === undefined ? '-' : `${valueOf(basis.inside.fall)} / ${valueOf(basis.rest.fall)}`;
  });
}
