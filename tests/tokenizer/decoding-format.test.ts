import { describe, expect, it } from 'vitest';
import { englishWording, gpt2Tokenizer, SYMBOLIC_TOKENS, symbolicWording } from '../../src/tokenizer/index.js';
import { tinyItem } from '../dataset/tiny-item.js';

const { '[A]': A, '<eos>': EOS, '|': BAR } = SYMBOLIC_TOKENS;

describe('decoding in the symbolic wording', () => {
  it('begins right after the thoughts, without [A]', () => {
    expect(symbolicWording.decoding).toMatchObject({ suffix: [], maxNewTokens: 12, firstNodeOffset: 1 });
    expect(symbolicWording.suffix).toEqual([A]);
  });

  it.each([
    ['a path, then the answer', [2, 3, A, 3, EOS], [2, 3], 3],
    ['the answer at once', [A, 3], [], 3],
    ['nodes after [A], which are no path', [2, A, 3, 4, 1], [2], 3],
    ['a path without [A]', [2, 3, 4], [2, 3, 4], undefined],
    ['a path that ends at <eos>', [2, EOS, 3, A, 3], [2], 3],
    ['repeated nodes', [2, 2, 3, A, 3], [2, 2, 3], 3],
    ['a number that is no node of the item', [2, 7, A, 3], [2, null], 3],
    ['a token that is no number', [BAR, 3, A, 3], [null, 3], 3],
    ['no node after [A]', [2, A, BAR], [2], undefined],
    ['nothing', [], [], undefined],
  ])('reads %s', (_, ids, path, answer) => {
    expect(symbolicWording.decoding.pathOf(ids, tinyItem)).toEqual(path);
    expect(symbolicWording.decoding.answerOf(ids, tinyItem)).toBe(answer);
  });
});

describe('decoding in English', async () => {
  const tokenizer = await gpt2Tokenizer();
  const wording = englishWording(tokenizer);
  const { decoding } = wording;

  it('begins right after <|end-latent|>, with Every or a name that has no space before it', () => {
    expect(decoding).toMatchObject({ suffix: [50258], maxNewTokens: 128, firstNodeOffset: 0 });
    const [first, second] = wording.steps(tinyItem);
    expect(tokenizer.decode(first)).toBe('Tom is a bompus.\n');
    // The token of "Every", not of " Every".
    expect(second[0]).toBe(6109);
    expect(decoding.pathOf([...first, ...second], tinyItem)).toEqual([0, 2, 3]);
    expect(decoding.pathOf(second, tinyItem)).toEqual([2, 3]);
    expect(decoding.pathOf([...second, ...wording.answer(tinyItem)], tinyItem)).toEqual([2, 3]);
    expect(decoding.answerOf([...second, ...wording.answer(tinyItem)], tinyItem)).toBe(3);
  });

  it.each([
    ['the answer alone', '### Tom is a felpus.', []],
    ['an edge that is not there', 'Every felpus is a dumpus.\n### Tom is a dumpus.', [3, 4]],
    ['a name that the item does not have', 'Every gwompus is a felpus.\n', [null, 3]],
    ['steps that do not meet', 'Tom is a bompus.\nEvery dumpus is a felpus.\n', [0, 2, null, 4, 3]],
    ['a step said twice', 'Every bompus is a felpus.\nEvery bompus is a felpus.\n', [2, 3, null, 2, 3]],
    ['a sentence that is no step', 'Tom is a bompus.\nbompus bompus.\n', [0, 2, null]],
    ['a sentence that was cut off', 'Tom is a bompus.\nEvery bompus is', [0, 2, null]],
    ['no space between sentences', 'Tom is a bompus.Every bompus is a felpus.', [0, 2, 3]],
    ['nothing', '', []],
  ])('reads %s', (_, text, path) => {
    expect(decoding.pathOf(tokenizer.encode(text), tinyItem)).toEqual(path);
  });

  it('passes over ids that the tokenizer does not have', () => {
    const [first] = wording.steps(tinyItem);
    expect(decoding.pathOf([50300, ...first, 50256], tinyItem)).toEqual([0, 2]);
  });

  it('names the answer right after its stem', () => {
    const stem = wording.answerStem(tinyItem);
    const answer = wording.answer(tinyItem);
    const name = wording.nodeTokens(tinyItem, tinyItem.target);
    expect(answer.slice(0, stem.length + name.length)).toEqual([...stem, ...name]);
  });
});
