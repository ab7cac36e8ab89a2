import { itemSearch } from '../../dataset/index.js';
import { mean, type BootstrapOptions, type Estimate } from '../../statistics/index.js';
import { boundedMean } from '../kit/closed-form.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { readoutHead, record } from '../kit/readout-result.js';
import { PROPAGATION_ARMS, PROPAGATION_EDITS, PROPAGATION_READINGS } from './edit-names.js';
import type { PropagationCell } from './measure-edit.js';
import type { PropagationObservation } from './observe.js';
import type { PropagationDisplay, PropagationEffect, PropagationReadout } from './schema.js';

const CHANGES = [-1, 1] as const;
const SHARES = [0, 1] as const;

/** Some cells of one item. */
interface ItemCells {
  readonly graph: string;
  readonly cells: readonly PropagationCell[];
}

/**
 * What edits of a thought do to the thoughts after it. An item counts once in each number, with the mean of its cells that
 * have it.
 *
 * @param observations one per item, all of one model
 */
export function readPropagation(
  observations: readonly PropagationObservation[],
  options: BootstrapOptions,
): PropagationReadout {
  const counted = new GraphEstimates();
  for (const { item } of observations) counted.startItem(item);
  const all = observations.map(({ item, cells }) => ({ graph: itemSearch(item).key, cells }));
  const graphs = all.map(({ graph }) => graph);
  const valuesOf = (of: (cell: PropagationCell) => number): number[] =>
    [...new Set(all.flatMap(({ cells }) => cells.map(of)))].sort((a, b) => a - b);
  const editsWhere = (holds: (cell: PropagationCell) => boolean): PropagationEffect[] =>
    PROPAGATION_EDITS.flatMap((name) =>
      effectOf(
        name,
        all.map(({ graph, cells }) => ({ graph, cells: cells.filter((cell) => cell.edit === name && holds(cell)) })),
      ),
    );
  return {
    ...readoutHead('propagation', counted, options),
    correct: boundedMean({ values: observations.map(({ correct }) => correct), graphs }, SHARES),
    used: boundedMean({ values: all.map(({ cells }) => Math.min(1, cells.length)), graphs }, SHARES),
    pooled: { edits: editsWhere(() => true) },
    perThought: valuesOf(({ thought }) => thought).map((thought) => ({
      thought,
      edits: editsWhere((cell) => cell.thought === thought),
    })),
    perToGo: valuesOf(({ toGo }) => toGo).map((toGo) => ({
      name: `${toGo} to go`,
      toGo,
      edits: editsWhere((cell) => cell.toGo === toGo),
    })),
  };
}

/** One edit; nothing where no item has it. */
function effectOf(name: PropagationEffect['name'], all: readonly ItemCells[]): PropagationEffect[] {
  if (all.every(({ cells }) => cells.length === 0)) return [];
  return [
    {
      name,
      readings: PROPAGATION_READINGS.flatMap((reading) => displayOf(reading, all)),
      fall: record(PROPAGATION_ARMS, (arm) => overItems(all, CHANGES, ({ fall }) => fall[arm])),
    },
  ];
}

function displayOf(name: PropagationDisplay['name'], all: readonly ItemCells[]): PropagationDisplay[] {
  const before = overItems(all, SHARES, ({ readings }) => readings[name]?.before);
  if (before.n === 0) return [];
  const arms = record(PROPAGATION_ARMS, (arm) => ({
    after: overItems(all, SHARES, ({ readings }) => readings[name]?.[arm]),
    change: overItems(all, CHANGES, ({ readings: { [name]: own } }) =>
      own?.[arm] === undefined ? undefined : own[arm] - own.before,
    ),
  }));
  return [{ name, before, ...arms }];
}

/** The mean over items of a number that some of their cells have. */
function overItems(
  all: readonly ItemCells[],
  bounds: readonly [least: number, greatest: number],
  of: (cell: PropagationCell) => number | undefined,
): Estimate {
  const there = all
    .map(({ graph, cells }) => ({ graph, values: cells.flatMap((cell) => of(cell) ?? []) }))
    .filter(({ values }) => values.length > 0);
  return boundedMean(
    { values: there.map(({ values }) => mean(values)), graphs: there.map(({ graph }) => graph) },
    bounds,
  );
}
