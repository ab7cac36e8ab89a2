import {
  preference,
  readAnswers,
  removeDirections,
  requireThoughts,
  shareInDirections,
  thoughtOf,
} from '../../intervention/index.js';
import { float32 } from '../../model/index.js';
import type { Bases } from './bases.js';
import { MEDIATION_BASES, type BasisName } from './basis-names.js';
import { underWay, type Asked, type Swaps } from './swaps.js';

/** What of the difference between two thoughts lies in one subspace, and what patching it in does. */
export interface MediationPart {
  /** Dimensions of the subspace. */
  readonly rank: number;
  /** |P delta|^2 / |delta|^2, 0 to 1. */
  readonly share: number;
  /** Fall of T / 100 when P delta is added, -1 to 1. */
  readonly inside: number;
  /** The same of delta - P delta. */
  readonly rest: number;
}

/** One swap of one item, and one thought patched. */
export interface MediationCell {
  /** d, where the edges were swapped. */
  readonly depth: number;
  /** t, from 1. */
  readonly thought: number;
  /** Fall of T / 100 when the swapped question's whole thought is patched in, -1 to 1. */
  readonly full: number;
  /** By subspace, those that there are. */
  readonly parts: Partial<Readonly<Record<BasisName, MediationPart>>>;
}

/**
 * Patches thought t of the swapped questions into their items: all of it, and for each subspace the part of the difference
 * delta inside it and the rest.
 *
 * @param basesOf the subspaces of the i-th swap
 * @returns by row of the items; only of swaps that are under way at this thought
 */
export async function patchParts(
  asked: Asked,
  swaps: Swaps,
  thought: number,
  basesOf: (i: number) => Promise<Bases>,
): Promise<{ readonly row: number; readonly cell: MediationCell }[]> {
  const there = underWay(swaps, asked.items, thought);
  if (there.length === 0) return [];
  const { model, wording, thoughts: k, run, answers } = asked;
  const rows = there.map((i) => swaps.rows[i]);
  const items = rows.map((row) => asked.items[row]);
  const width = model.config.nEmbd;
  const [own, donors] = [run.thoughts, swaps.thoughts].map((all) => requireThoughts('thoughts', all));
  const ownAt = (n: number, j: number): number => thoughtOf(own, rows[n], thought)[j];
  const of = (value: (n: number, j: number) => number): ReturnType<typeof float32> =>
    float32(
      [rows.length, width],
      Float32Array.from({ length: rows.length * width }, (_, at) => value(Math.floor(at / width), at % width)),
    );
  const delta = of((n, j) => thoughtOf(donors, there[n], thought)[j] - ownAt(n, j));
  /** [rows], the fall of T / 100 with something added to the thoughts. */
  const fallWith = async (added: (n: number, j: number) => number): Promise<number[]> => {
    const patched = of((n, j) => ownAt(n, j) + added(n, j));
    const again = await run.rethink({
      rows,
      thoughts: k,
      from: thought,
      replaceThought: ({ index }) => (index === thought ? patched : undefined),
    });
    const after = await readAnswers(again, k, items, wording);
    return after.map((answer, n) => (preference(answers[rows[n]]) - preference(answer)) / 100);
  };

  const full = await fallWith((n, j) => delta.data[n * width + j]);
  const bases = await Promise.all(there.map(basesOf));
  const parts = rows.map((): Partial<Record<BasisName, MediationPart>> => ({}));
  for (const name of MEDIATION_BASES) {
    if (bases.every((own) => own[name] === undefined)) continue;
    const all = bases.map((own) => own[name] ?? []);
    const rest = removeDirections(delta, all).data;
    const shares = shareInDirections(delta, all);
    const inside = await fallWith((n, j) => delta.data[n * width + j] - rest[n * width + j]);
    const outside = await fallWith((n, j) => rest[n * width + j]);
    bases.forEach(({ [name]: basis }, n) => {
      if (basis === undefined) return;
      parts[n][name] = { rank: basis.length, share: shares[n], inside: inside[n], rest: outside[n] };
    });
  }
  return rows.map((row, n) => ({ row, cell: { depth: swaps.depth, thought, full: full[n], parts: parts[n] } }));
}
