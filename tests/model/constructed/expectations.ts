import { expect } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { reachableWithin } from '../../../src/graph/index.js';
import { UNIT } from '../../../src/model/constructed/bfs-constants.js';

/** The nodes that thought `hops` must hold: breadth-first search on the graph itself. */
export function members(item: Item, hops: number): ReadonlySet<number> {
  return new Set(reachableWithin(itemGraph(item), item.root, hops));
}

/**
 * How far a member's amplitude may be from 1 / sqrt(n), relatively. The design's bound is 1.2e-4 (what remains in the
 * residual stream beneath the step) + 3e-5 (rounding); measured: 6.1e-5.
 */
export const UNEVENNESS = 2e-4;

/** The logit that a token outside the set may have, where members have 23 or more. Measured: 2.6e-8. */
export const LEAK = 1e-6;

/** Thought c through the LM head: 2 UNIT^2 / sqrt(n) for each of its n members, nothing for all other tokens. */
export function expectSuperposition(logits: ArrayLike<number>, expected: ReadonlySet<number>, what: string): void {
  const amplitude = (2 * UNIT ** 2) / Math.sqrt(expected.size);
  let unevenness = 0;
  let leak = 0;
  for (let token = 0; token < logits.length; token++) {
    if (expected.has(token)) unevenness = Math.max(unevenness, Math.abs(logits[token] / amplitude - 1));
    else leak = Math.max(leak, Math.abs(logits[token]));
  }
  // One assertion: they take longer than the passes that they check.
  if (unevenness < UNEVENNESS && leak < LEAK) return;
  expect({ unevenness, leak, logits: Array.from(logits) }, what).toEqual({ nodes: [...expected], amplitude });
}

/**
 * What `[A]` must say after a thought that holds `reached`: with one candidate reached, it by far and the other second;
 * else the two close together. In any case nothing else: no other token comes near.
 */
export function expectAnswer(
  logits: ArrayLike<number>,
  item: Item,
  reached: ReadonlySet<number>,
): 'decided' | 'undecided' {
  const [a, b] = item.candidates.map((candidate) => logits[candidate]);
  const others = Array.from(logits).filter((_, token) => !item.candidates.some((candidate) => candidate === token));
  // Of 57 (one of two decided); [A]'s own feature remains with 128 / 16384 / sqrt(2) = 0.006.
  expect(Math.max(...others), `${item.id}: tokens that are no candidates`).toBeLessThan(0.01);
  const [isA, isB] = item.candidates.map((candidate) => reached.has(candidate));
  if (isA === isB) {
    // Twice the tie-break through the answer neurons: 0.0295; half of it where both are reached. Rounding: 2e-5.
    expect(Math.abs(a - b), `${item.id}: undecided`).toBeGreaterThan(0.014);
    expect(Math.abs(a - b), `${item.id}: undecided`).toBeLessThan(0.031);
    return 'undecided';
  }
  // 128 (2, 1) / sqrt(5) = 114.5 and 57.2
  expect(isA ? a - b : b - a, `${item.id}: the reached candidate`).toBeGreaterThan(55);
  expect(Math.min(a, b), `${item.id}: the other candidate comes second`).toBeGreaterThan(55);
  return 'decided';
}
