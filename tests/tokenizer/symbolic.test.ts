import { describe, expect, it } from 'vitest';
import { randomItems, readItems, symbolicQuestion, type Item } from '../../src/dataset/index.js';
import {
  SYMBOLIC_NODES,
  SYMBOLIC_TOKENS,
  symbolicPrompt,
  symbolicTokenizer,
  symbolicWording,
} from '../../src/tokenizer/index.js';
import { LensError } from '../../src/errors.js';
import { createRandom } from '../../src/random.js';
import { OFFICIAL, officialAbsent } from '../dataset/official-file.js';
import { tinyItem } from '../dataset/tiny-item.js';

/** The tiny item with so many nodes; the further ones have no edges. */
function withNodes(count: number): Item {
  return { ...tinyItem, id: 'big', names: Array.from({ length: count }, (_, node) => `n${node}`) };
}

describe('symbolicTokenizer', () => {
  it('has 40 tokens, those of the published checkpoints', () => {
    expect(symbolicTokenizer.vocabularySize).toBe(40);
    const all = Array.from({ length: 40 }, (_, id) => id);
    expect(symbolicTokenizer.decode(all.slice(28))).toBe(
      '28 29 30 <|start-latent|> <|end-latent|> <|latent|> | [Q] [R] [A] <eos> <|no-answer|>',
    );
    expect(symbolicTokenizer.encode(symbolicTokenizer.decode(all))).toEqual(all);
    for (const [text, id] of Object.entries(SYMBOLIC_TOKENS)) expect(symbolicTokenizer.encode(text)).toEqual([id]);
  });

  it.each(['31', '01', 'Tom', '', '1  2', '[q]'])('has no token in "%s"', (text) => {
    expect(() => symbolicTokenizer.encode(text)).toThrow(LensError);
    expect(() => symbolicTokenizer.encode(text)).toThrow('symbolic vocabulary: has no token for "');
  });

  it.each([40, -1, 1.5, NaN])('has no token %d', (id) => {
    expect(() => symbolicTokenizer.decode([0, id])).toThrow(`symbolic vocabulary: has no token ${id}; ids are 0..39`);
  });
});

describe('symbolicPrompt', () => {
  it('ends at the root, where the first thought is read', () => {
    //                                     <eos> 2 3  |  1 4  |  0 2 [Q] 4 3 [R] 0
    expect(symbolicPrompt(tinyItem)).toEqual([38, 2, 3, 34, 1, 4, 34, 0, 2, 35, 4, 3, 36, 0]);
    expect(symbolicWording.prompt(tinyItem)).toEqual(symbolicPrompt(tinyItem));
  });

  it('appends placeholders for thoughts on request', () => {
    expect(symbolicPrompt(tinyItem, { thoughts: 2 }).slice(-3)).toEqual([0, 33, 33]);
  });

  it('takes 31 nodes and refuses 32', () => {
    expect(symbolicPrompt(withNodes(SYMBOLIC_NODES))).toHaveLength(14);
    const refused = 'item big: has 32 nodes, the symbolic vocabulary 31 (0..30); leave it out';
    expect(() => symbolicPrompt(withNodes(32))).toThrow(refused);
    expect(() => symbolicWording.prompt(withNodes(32))).toThrow(refused);
    expect(() => symbolicWording.answer(withNodes(32))).toThrow(refused);
    expect(() => symbolicWording.nodeToken(withNodes(32), 31)).toThrow(refused);
  });

  it('is the symbolic question in tokens', () => {
    for (const item of randomItems(createRandom('prompts'), 50)) {
      const ids = symbolicPrompt(item);
      expect(ids).toHaveLength(3 * item.edges.length + 5);
      expect(symbolicTokenizer.decode(ids)).toBe(symbolicQuestion(item));
      expect(symbolicTokenizer.encode(symbolicQuestion(item))).toEqual(ids);
    }
  });

  it.skipIf(officialAbsent)(
    'words all 300 official items (skipped where ../shared/data/prosqa is absent)',
    async () => {
      for (const item of (await readItems(OFFICIAL)).items) {
        expect(symbolicTokenizer.decode(symbolicPrompt(item))).toBe(symbolicQuestion(item));
      }
    },
  );
});

describe('symbolicWording', () => {
  it('names its special tokens', () => {
    const { eos, pad, latent, suffix } = symbolicWording;
    expect({ eos, pad, latent, suffix }).toEqual({ eos: 38, pad: 38, latent: 33, suffix: [37] });
  });

  it('answers with the target and the end', () => {
    expect(symbolicWording.answer(tinyItem)).toEqual([3, 38]);
  });

  it('reads a node by its own number', () => {
    expect([0, 4].map((node) => symbolicWording.nodeToken(tinyItem, node))).toEqual([0, 4]);
    expect(() => symbolicWording.nodeToken(tinyItem, 5)).toThrow('node is 5, but item 0 has 5 nodes');
  });

  it('reads the answer off the first id, if it is a node of the item', () => {
    expect(symbolicWording.answerOf([4, 38], tinyItem)).toBe(4);
    expect(symbolicWording.answerOf([0], tinyItem)).toBe(0);
    for (const ids of [[], [5], [38, 4], [39]]) expect(symbolicWording.answerOf(ids, tinyItem)).toBeUndefined();
  });
});
