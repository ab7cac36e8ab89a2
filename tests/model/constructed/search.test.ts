import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/dataset/index.js';
import { SYMBOLIC_TOKENS, symbolicPrompt } from '../../../src/tokenizer/index.js';
import { MOST_EDGES, POSITIONS } from '../../../src/model/constructed/bfs-constants.js';
import { constructedBfs } from '../../../src/model/constructed/index.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { expectAnswer, expectSuperposition, members } from './expectations.js';
import { PlainGpt2 } from './plain-gpt2.js';

/** In float64 and written independently of src/model: what is wrong here is wrong with the weights. */
const model = new PlainGpt2(constructedBfs());
const ANSWER = SYMBOLIC_TOKENS['[A]'];

/** Follows the search for `thoughts` thoughts; asks for the answer after each of `asked`. */
function checkSearch(item: Item, thoughts: number, asked: readonly number[]): void {
  const text = model.start();
  let hidden = text.tokens(symbolicPrompt(item));
  for (let c = 0; c <= thoughts; c++) {
    const reached = members(item, c);
    if (c > 0) {
      expectSuperposition(text.logits(hidden), reached, `${item.id}, thought ${c}`);
      hidden = text.embedding(hidden);
    }
    if (!asked.includes(c)) continue;
    const fork = text.fork();
    expectAnswer(fork.logits(fork.tokens([ANSWER])), item, reached);
  }
}

describe('constructed-bfs in float64', () => {
  it.each(shapes(1).map((item) => [item.id, item] as const))('searches breadth-first: %s', (_, item) => {
    checkSearch(item, 12, [0, 1, 2, 12]);
  });

  it('searches a chain to its end: thought 30 holds all 31 nodes, and so does every later one', () => {
    const chain = shapes(2).find(({ id }) => id === 'chain of 31');
    if (chain === undefined) throw new Error('no such shape');
    checkSearch(chain, 40, [15, 29, 30, 40]);
  });

  it('searches any directed acyclic graph, however numbered and ordered', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        checkSearch(randomDag(createRandom(seed)), 8, [0, 1, 8]);
      }),
      { numRuns: 12 },
    );
  });

  it('searches the longest prompt that fits: 83 edges, a thought and [A], one of the edges adding the 31st node', () => {
    const item = shapes(3, MOST_EDGES).find(({ id }) => id.endsWith('the smallest share there is'));
    expect(item?.edges).toHaveLength(MOST_EDGES);
    if (item === undefined) return;
    expect(symbolicPrompt(item)).toHaveLength(POSITIONS - 2);
    checkSearch(item, 2, [0, 1]);
  });

  it('does not depend on where the text starts, except for the coin of the undecided', () => {
    const [item] = shapes(4);
    const asked = (first: number): { thought: Float64Array; answer: Float64Array } => {
      const text = model.start(first);
      const thought = text.logits(text.tokens(symbolicPrompt(item)));
      return { thought, answer: text.logits(text.tokens([ANSWER])) };
    };
    const at0 = asked(0);
    for (const first of [2, 40]) {
      const later = asked(first);
      // Equal up to the rounding of the position table to float32.
      later.thought.forEach((logit, token) => expect(logit).toBeCloseTo(at0.thought[token], 4));
      later.answer.forEach((logit, token) => expect(logit).toBeCloseTo(at0.answer[token], 3));
    }
    const [a, b] = item.candidates;
    const odd = asked(1).answer;
    expect(Math.sign(odd[a] - odd[b])).toBe(-Math.sign(at0.answer[a] - at0.answer[b]));
  });

  it('gives the other answer when the undecided candidates are swapped, whatever their numbers', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const item = randomDag(createRandom(seed));
        const [a, b] = item.candidates;
        const preference = (candidates: readonly [number, number]): number => {
          const text = model.start();
          const logits = text.logits(text.tokens([...symbolicPrompt({ ...item, candidates }), ANSWER]));
          return Math.sign(logits[a] - logits[b]);
        };
        const expected = item.edges.length % 2 === 1 ? 1 : -1;
        expect(preference([a, b])).toBe(expected);
        expect(preference([b, a])).toBe(-expected);
      }),
      { numRuns: 4 },
    );
  });
});
