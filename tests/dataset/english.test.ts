import { describe, expect, it } from 'vitest';
import {
  englishAnswer,
  englishQuestion,
  englishSteps,
  parseEnglishQuestion,
  parseSymbolicQuestion,
  randomItems,
  symbolicQuestion,
  WordingError,
} from '../../src/dataset/index.js';
import { LensError } from '../../src/errors.js';
import { createRandom } from '../../src/random.js';
import { tinyItem, tinyOfficial } from './tiny-item.js';

const { names } = tinyItem;
const question = { edges: tinyItem.edges, candidates: tinyItem.candidates, root: tinyItem.root };

describe('English wording', () => {
  it('words the question, the steps and the answer', () => {
    expect(englishQuestion(tinyItem, names)).toBe(tinyOfficial().question);
    expect(englishSteps(tinyItem)).toEqual(tinyOfficial().steps);
    expect(englishSteps({ ...tinyItem, path: [] })).toEqual([]);
    expect(englishAnswer(tinyItem)).toBe('Tom is a felpus.');
    expect(englishAnswer(tinyItem, 4)).toBe('Tom is a dumpus.');
  });

  it('reads the question back', () => {
    expect(parseEnglishQuestion(englishQuestion(tinyItem, names), names)).toEqual(question);
  });

  const bad: [string, string][] = [
    ['Tom is a bompus. Is Tom a dumpus or a felpus?', 'does not end in'],
    ['Tom is a bompus Is Tom a dumpus or felpus?', 'does not end in'],
    ['Tom is an bompus. Is Tom a dumpus or felpus?', 'sentence 1 ("Tom is an bompus.") is not of the form'],
    [
      'Tom is a bompus.  Alex is a dumpus. Is Tom a dumpus or felpus?',
      'sentence 2 (" Alex is a dumpus.") is not of the form',
    ],
    ['Tim is a bompus. Is Tom a dumpus or felpus?', 'sentence 1 ("Tim is a bompus.") names "Tim", which is not among'],
    ['Tom is a bompus. Is Tim a dumpus or felpus?', 'the last sentence names "Tim"'],
    [
      'Every Tom is a bompus. Is Tom a dumpus or felpus?',
      'Tom is an entity (nothing is one), expected "Tom is a bompus."',
    ],
    [
      'Tom is a bompus. bompus is a felpus. Is Tom a dumpus or felpus?',
      'bompus is a concept (something is one), expected "Every bompus is a felpus."',
    ],
  ];
  it.each(bad)('refuses "%s"', (text, message) => {
    expect(() => parseEnglishQuestion(text, names)).toThrow(WordingError);
    expect(() => parseEnglishQuestion(text, names)).toThrow(message);
  });

  it('takes "Every" for a name where it stands as one', () => {
    const odd = ['Every', 'x', 'y', 'z'];
    const text = 'Every is a x. Every x is a y. Is Every a y or z?';
    expect(parseEnglishQuestion(text, odd)).toEqual({
      edges: [
        [0, 1],
        [1, 2],
      ],
      candidates: [2, 3],
      root: 0,
    });
    expect(englishQuestion(parseEnglishQuestion(text, odd), odd)).toBe(text);
  });
});

describe('symbolic wording', () => {
  it('is the prompt of Reasoning by Superposition', () => {
    expect(symbolicQuestion(tinyItem)).toBe('<eos> 2 3 | 1 4 | 0 2 [Q] 4 3 [R] 0');
    expect(parseSymbolicQuestion(symbolicQuestion(tinyItem))).toEqual(question);
  });

  it.each(['', '2 3 [Q] 4 3 [R] 0', '<eos> 2 3 | [Q] 4 3 [R] 0', '<eos> 2 3 [Q] 4 3 [R]', '<eos> 2 3 [Q] 4 3 [R] 0 1'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseSymbolicQuestion(text)).toThrow(LensError);
      expect(() => parseSymbolicQuestion(text)).toThrow('symbolic question: not of the expected form');
    },
  );
});

describe('both wordings', () => {
  it('carry random items from one to the other and back', () => {
    for (const item of randomItems(createRandom('wordings'), 100)) {
      const english = englishQuestion(item, item.names);
      const symbolic = symbolicQuestion(parseEnglishQuestion(english, item.names));
      expect(symbolic).toBe(symbolicQuestion(item));
      expect(englishQuestion(parseSymbolicQuestion(symbolic), item.names)).toBe(english);
    }
  });
});
