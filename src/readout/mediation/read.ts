import { itemSearch } from '../../dataset/index.js';
import { mean, type BootstrapOptions } from '../../statistics/index.js';
import { boundedMean, ratioOverGraphs } from '../kit/closed-form.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { readoutHead } from '../kit/readout-result.js';
import { MEDIATION_BASES, type BasisName } from './basis-names.js';
import type { MediationObservation } from './observe.js';
import type { MediationCell, MediationPart } from './patch-parts.js';
import type { MediationBasis, MediationReadout, MediationSummary } from './schema.js';

/** Falls of T / 100. */
const FALLS = [-1, 1] as const;
const SHARES = [0, 1] as const;

/** Some cells of one item. */
interface ItemCells {
  readonly graph: string;
  readonly cells: readonly MediationCell[];
}

/**
 * How much of the effect of a patched thought each subspace carries. An item counts once, with the mean of its cells.
 *
 * @param observations one per item, all of one model
 */
export function readMediation(
  observations: readonly MediationObservation[],
  options: BootstrapOptions,
): MediationReadout {
  const counted = new GraphEstimates();
  for (const { item } of observations) counted.startItem(item);
  const all = observations.map(({ item, cells }) => ({ graph: itemSearch(item).key, cells }));
  const graphs = all.map(({ graph }) => graph);
  const thoughts = new Set(all.flatMap(({ cells }) => cells.map(({ thought }) => thought)));
  const at = (thought: number): ItemCells[] =>
    all.map(({ graph, cells }) => ({ graph, cells: cells.filter((cell) => cell.thought === thought) }));
  return {
    ...readoutHead('mediation', counted, options),
    width: observations.at(0)?.width ?? 0,
    tied: observations.at(0)?.tied ?? false,
    correct: boundedMean({ values: observations.map(({ correct }) => correct), graphs }, SHARES),
    used: boundedMean({ values: all.map(({ cells }) => Math.min(1, cells.length)), graphs }, SHARES),
    pooled: summaryOf(all),
    perThought: [...thoughts].sort((a, b) => a - b).map((thought) => ({ thought, ...summaryOf(at(thought)) })),
  };
}

function summaryOf(all: readonly ItemCells[]): MediationSummary {
  const there = all.filter(({ cells }) => cells.length > 0);
  return {
    full: boundedMean({ values: fullOf(there), graphs: there.map(({ graph }) => graph) }, FALLS),
    bases: MEDIATION_BASES.flatMap((name) => basisOf(name, there)),
  };
}

/** One subspace, over the cells that have it; nothing where none has. */
function basisOf(name: BasisName, all: readonly ItemCells[]): MediationBasis[] {
  const there = all
    .map(({ graph, cells }) => ({ graph, cells: cells.filter(({ parts }) => parts[name] !== undefined) }))
    .filter(({ cells }) => cells.length > 0);
  if (there.length === 0) return [];
  const parts = there.map(({ cells }) => cells.flatMap(({ parts: { [name]: part } }) => part ?? []));
  const full = fullOf(there);
  const graphs = there.map(({ graph }) => graph);
  const over = (of: (part: MediationPart) => number): Parameters<typeof boundedMean>[0] => ({
    values: parts.map((own) => mean(own.map(of))),
    graphs,
  });
  const effect = (of: (part: MediationPart) => number): MediationBasis['inside'] => ({
    fall: boundedMean(over(of), FALLS),
    ofFull: ratioOverGraphs(over(of), full, 1),
  });
  const ranks = parts.flat().map(({ rank }) => rank);
  return [
    {
      name,
      rank: { least: Math.min(...ranks), greatest: Math.max(...ranks) },
      share: boundedMean(
        over(({ share }) => share),
        SHARES,
      ),
      inside: effect(({ inside }) => inside),
      rest: effect(({ rest }) => rest),
    },
  ];
}

function fullOf(all: readonly ItemCells[]): number[] {
  return all.map(({ cells }) => mean(cells.map(({ full }) => full)));
}
