import { describe, expect, it } from 'vitest';
import { spokenSymbolicWording, SYMBOLIC_TOKENS, symbolicWording } from '../../src/tokenizer/index.js';
import { tinyItem } from '../dataset/tiny-item.js';

const { '[A]': A, '<eos>': EOS } = SYMBOLIC_TOKENS;

describe('spokenSymbolicWording', () => {
  it('asks like the symbolic wording, but forces no [A]', () => {
    expect(spokenSymbolicWording.prompt(tinyItem)).toEqual(symbolicWording.prompt(tinyItem));
    expect(symbolicWording.suffix).toEqual([A]);
    expect(spokenSymbolicWording.suffix).toEqual([]);
    expect(spokenSymbolicWording.answering).toEqual({ kind: 'text', maxNewTokens: 12 });
  });

  it.each([
    ['the path, then the answer', [2, 3, A, 3, EOS], 3],
    ['the answer at once', [A, 4], 4],
    ['something else after the answer', [2, A, 3, A, 4], 3],
    ['no answer', [2, 3, EOS], undefined],
    ['[A] and nothing after it', [2, 3, A], undefined],
    ['what is no node of the item after [A]', [A, 5], undefined],
    ['another special token after [A]', [A, EOS], undefined],
    ['nothing', [], undefined],
  ])('reads %s', (_, ids, answer) => {
    expect(spokenSymbolicWording.answerOf(ids, tinyItem)).toBe(answer);
  });
});
