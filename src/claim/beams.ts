import type { ItemSearch } from '../dataset/index.js';
import { UNREACHED } from '../graph/index.js';
import { mean } from '../statistics/index.js';
import { meanOf, type Statistic } from './statistic.js';

/** Widths of beams that are compared with a search. */
export const BEAMS = [1, 2, 3, 4, 5] as const;

/** From this on, where 0 is a beam that knows the way and 1 an exact search, a beam is ruled out. */
export const BEYOND_BEAM = 0.5;

/** Beams up to this width that know the way must be ruled out for support: few items have layers that tell a wider one. */
export const RULED_OUT = 3;

/** One breadth-first layer, between root and target. */
export interface Layer {
  readonly size: number;
  /** How many of its nodes lead to the target. */
  readonly leading: number;
}

/** The layers at depths 1 .. the target's depth - 1, [d - 1]. */
export function layersTowards(search: ItemSearch): Layer[] {
  return Array.from({ length: search.depth - 1 }, (_, d) => {
    const layer = search.atDepth(d + 1);
    return { size: layer.length, leading: layer.filter((node) => search.toTarget[node] !== UNREACHED).length };
  });
}

/** The chance that `count` nodes, drawn at random among those of a layer, hold one that leads to the target. */
export function randomHolds(count: number, { size, leading }: Layer): number {
  let none = 1;
  for (let i = 0; i < Math.min(count, size); i++) none *= Math.max(0, size - leading - i) / (size - i);
  return 1 - none;
}

/** A beam is told from a search only where its chance to hold what is needed is not above this. */
export const BEAM_IS_TOLD = 0.75;

/** An item's answers that a beam finds by some chance, and otherwise guesses. */
export interface Chanced {
  /** Of them that are right. */
  readonly share: number;
  /** The beam's. */
  readonly chance: number;
}

/** How far beyond the beam: 0 where as many answers are right as the beam's, 1 where all are. */
export function beyondChance(cells: readonly (Chanced | undefined)[]): Statistic {
  // What a beam holds by chance is known of the questions: how far beyond is a linear function of the mean share alone.
  const chances = cells.flatMap((cell) => (cell === undefined ? [] : [cell.chance]));
  const chance = chances.length === 0 ? 0 : mean(chances);
  const beyond = (share: number): number => (share - (1 + chance) / 2) / ((1 - chance) / 2);
  return meanOf(
    cells.map((cell) => cell && beyond(cell.share)),
    [beyond(0), beyond(1)],
  );
}

/**
 * The chance that a beam of some width which keeps one node of a layer that leads to the donor's answer, and draws the rest among
 * the layer's others, holds a node that leads to the question's. `renameWithinLayers` keeps the two kinds of
 * nodes apart as far as the layer has room.
 */
export function beamHolds(width: number, { size, leading }: Layer): number {
  if (width >= size) return 1;
  const shared = Math.max(0, 2 * leading - size);
  // One is kept that leads to the donor's answer alone: width - 1 are drawn of the size - 1 others.
  return shared / leading + (1 - shared / leading) * randomHolds(width - 1, { size: size - 1, leading });
}
