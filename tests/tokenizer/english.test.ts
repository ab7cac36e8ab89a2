import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONCEPT_NAMES, ENTITY_NAMES, randomItems, readItems } from '../../src/dataset/index.js';
import { englishWording, gpt2Tokenizer, symbolicWording } from '../../src/tokenizer/index.js';
import { createRandom } from '../../src/random.js';
import { OFFICIAL, officialAbsent } from '../dataset/official-file.js';
import { tinyItem, tinyOfficial } from '../dataset/tiny-item.js';

const tokenizer = await gpt2Tokenizer();
const wording = englishWording(tokenizer);

/** What a model says. */
function said(text: string): number | undefined {
  return wording.answerOf(tokenizer.encode(text), tinyItem);
}

describe('englishWording', () => {
  it('names its special tokens', () => {
    const { eos, pad, latent, suffix, answering } = wording;
    expect({ eos, pad, latent, suffix }).toEqual({ eos: 50256, pad: 50256, latent: 50259, suffix: [50258] });
    expect(answering).toEqual({ kind: 'text', maxNewTokens: 128 });
  });

  it('ends the prompt at <|start-latent|>, where the first thought is read', () => {
    const { question } = tinyOfficial();
    expect(tokenizer.decode(wording.prompt(tinyItem))).toBe(`${String(question)}\n<|start-latent|>`);
    expect(wording.prompt(tinyItem).slice(-3)).toEqual([30, 198, 50257]); // ? and line end are two tokens
    expect(wording.prompt(tinyItem).slice(0, 2)).toEqual([6109, 275]); // "Every", " b"
  });

  it('begins language with Every or a name, without a leading space', () => {
    const steps = wording.steps(tinyItem);
    expect(steps.map((step) => tokenizer.decode(step))).toEqual(['Tom is a bompus.\n', 'Every bompus is a felpus.\n']);
    expect(steps.map(([first]) => first)).toEqual([13787, 6109]); // "Tom", "Every"
    for (const item of randomItems(createRandom('first words'), 20)) {
      for (const [first] of wording.steps(item).slice(1)) expect(first).toBe(6109);
    }
  });

  it('answers in a sentence after ###, and the end token', () => {
    expect(tokenizer.decode(wording.answer(tinyItem))).toBe('### Tom is a felpus.<|endoftext|>');
    expect(wording.answer(tinyItem).slice(0, 2)).toEqual([21017, 4186]); // "###", " Tom"
  });

  it('leaves the markers out where a model never saw them', async () => {
    const plain = englishWording(await gpt2Tokenizer({ latentTokens: null }), { markers: false });
    expect(plain.prompt(tinyItem)).toEqual(wording.prompt(tinyItem).slice(0, -1));
    expect({ suffix: plain.suffix, latent: plain.latent }).toEqual({ suffix: [], latent: 50256 });
    expect(englishWording(tokenizer, { markers: false }).suffix).toEqual([]);
    expect(() => englishWording(plain.tokenizer)).toThrow(
      'English wording: gpt2 has no latent tokens; add them, or leave the markers out',
    );
  });

  it('puts the latent tokens where the checkpoint has them', async () => {
    const other = englishWording(await gpt2Tokenizer({ latentTokens: { start: 50259, end: 50257, latent: 50258 } }));
    expect(other.prompt(tinyItem).at(-1)).toBe(50259);
    expect({ suffix: other.suffix, latent: other.latent }).toEqual({ suffix: [50257], latent: 50258 });
  });
});

describe('names', () => {
  it('are read as they stand after "a "', () => {
    const bompus = wording.nodeTokens(tinyItem, 2);
    expect(tokenizer.decode(bompus)).toBe(' bompus');
    expect(tokenizer.encode('Tom is a bompus.')).toEqual([13787, 318, 257, ...bompus, 13]);
    expect(wording.nodeToken(tinyItem, 2)).toBe(bompus[0]);
    expect(tokenizer.decode(wording.nodeTokens(tinyItem, 0))).toBe(' Tom');
    expect(() => wording.nodeToken(tinyItem, 5)).toThrow('node is 5, but item 0 has 5 nodes');
    expect(() => wording.nodeTokens(tinyItem, -1)).toThrow('node is -1, but item 0 has 5 nodes');
  });

  it('gives a copy of the tokens', () => {
    wording.nodeTokens(tinyItem, 2).pop();
    expect(tokenizer.decode(wording.nodeTokens(tinyItem, 2))).toBe(' bompus');
  });

  it('of concepts are 2 to 4 tokens long', () => {
    const lengths = CONCEPT_NAMES.map((name) => tokenizer.encode(` ${name}`).length);
    const count = (n: number): number => lengths.filter((length) => length === n).length;
    expect([2, 3, 4].map(count)).toEqual([2, 30, 6]);
  });

  it('of concepts have 32 first tokens: 11 names in 5 groups share theirs', () => {
    expect(new Set(CONCEPT_NAMES.map((name) => tokenizer.encode(` ${name}`)[0])).size).toBe(32);
    expect(wording.collisions(CONCEPT_NAMES)).toEqual([
      ['gorpus', 'gwompus'],
      ['jelpus', 'jompus'],
      ['rompus', 'rorpus'],
      ['yerpus', 'yimpus', 'yumpus'],
      ['zhorpus', 'zumpus'],
    ]);
  });

  it('of entities are one token each and collide with nothing', () => {
    expect(wording.collisions([...CONCEPT_NAMES, ...ENTITY_NAMES])).toEqual(wording.collisions(CONCEPT_NAMES));
    expect(wording.collisions(tinyItem.names)).toEqual([]);
    expect(wording.collisions(['rompus', 'Tom', 'rorpus', 'rompus'])).toEqual([['rompus', 'rorpus']]);
  });

  it('of the symbolic wording are one token each', () => {
    expect(symbolicWording.nodeTokens(tinyItem, 4)).toEqual([4]);
    expect(symbolicWording.collisions(tinyItem.names)).toEqual([]);
    expect(symbolicWording.answering).toEqual({ kind: 'token' });
  });
});

describe('answerOf, by the rule of the official run.py,', () => {
  it.each<[string, number | undefined]>([
    ['### Tom is a felpus.', 3],
    ['### Tom is a dumpus.', 4],
    ['Tom is a bompus.\nEvery bompus is a felpus.\n### Tom is a felpus.', 3],
    ['# Tom is a felpus.', 3],
    ['###Tom is a felpus.', 3],
    ['### Tom, is a felpus.\n\n ', 3],
    ['### Tom is a dumpus.\n### Tom is a felpus.', 3],
    ['### Tom is a felpus.<|endoftext|>', 3],
    ['### Tom is a felpus.\n###', undefined],
    ['### Tom is a felpus', undefined],
    ['### Tom is a felpus. Yes', undefined],
    ['### tom is a felpus.', undefined],
    ['### Alex is a dumpus.', undefined],
    ['### Tom is a lempus.', undefined],
    ['### Tom is a felpus.<|latent|>', undefined],
    ['Tom is a felpus.', undefined],
    ['', undefined],
  ])('%j', (text, node) => {
    expect(said(text)).toBe(node);
  });

  it('passes over ids that no tokenizer has', () => {
    expect(wording.answerOf([50300, ...wording.answer(tinyItem), 50260], tinyItem)).toBe(3);
  });

  it('reads back every answer', () => {
    for (const item of randomItems(createRandom('answers'), 20)) {
      expect(wording.answerOf(wording.answer(item), item)).toBe(item.target);
    }
  });
});

/** Mean, standard deviation (of the sample), lowest and highest. */
function spread(values: readonly number[]): { mean: number; sd: number; low: number; high: number } {
  const mean = values.reduce((a, b) => a + b) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)), low: Math.min(...values), high: Math.max(...values) };
}

interface OfficialItem {
  readonly question: string;
  readonly steps: string[];
  readonly answer: string;
}

describe.skipIf(officialAbsent)(
  'the 300 official validation items (skipped where ../shared/data/prosqa is absent)',
  async () => {
    const { items } = await readItems(OFFICIAL);
    const texts = JSON.parse(readFileSync(OFFICIAL, 'utf8')) as OfficialItem[];

    it("become the ids that the official code makes of the file's own texts", () => {
      expect(items).toHaveLength(300);
      items.forEach((item, i) => {
        const { question, steps, answer } = texts[i];
        expect(wording.prompt(item)).toEqual([...tokenizer.encode(`${question}\n`), 50257]);
        expect(wording.steps(item)).toEqual(steps.map((step) => tokenizer.encode(`${step}\n`)));
        expect(wording.answer(item)).toEqual([...tokenizer.encode(`### ${answer}`), 50256]);
      });
    });

    it('in pieces are the same ids as in one text, which the official code asserts', () => {
      items.forEach((item, i) => {
        const { question, steps, answer } = texts[i];
        const whole = tokenizer.encode([question, ...steps, `### ${answer}`].join('\n'));
        const pieces = [...wording.prompt(item).slice(0, -1), ...wording.steps(item).flat(), ...wording.answer(item)];
        expect(pieces).toEqual([...whole, 50256]);
      });
    });

    it('are as long as known', () => {
      // Means, deviations and extremes as in the analysis of the data; there without further decimals. The line end of
      // the question counts, <|start-latent|> does not.
      const question = spread(items.map((item) => wording.prompt(item).length - 1));
      expect([Math.round(question.mean), Math.round(question.sd)]).toEqual([362, 57]);
      expect([question.low, question.high]).toEqual([210, 525]);
      const answer = spread(items.map((item) => wording.answer(item).length));
      expect(answer.mean).toBeCloseTo(9.2, 1);
      expect(answer.high).toBe(11);
    });
  },
);
