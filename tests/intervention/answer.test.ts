import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/dataset/index.js';
import { readAnswers } from '../../src/intervention/index.js';
import { useEngine } from '../../src/tensor/index.js';
import {
  englishWording,
  gpt2Tokenizer,
  spokenSymbolicWording,
  symbolicWording,
  type Wording,
} from '../../src/tokenizer/index.js';
import { tiny, type Tiny } from '../model/support.js';
import { permutedItems, symbolicTiny } from './support.js';

/** Log-probabilities in float32 against float64 through two layers and three thoughts. */
const DIGITS = 4;

const swapped = (item: Item): Item => ({ ...item, target: item.decoy, decoy: item.target });

/** log p(tokens) after prompt, c thoughts and suffix, by the definition and in float64. */
function byDefinition({ reference }: Tiny, item: Item, c: number, wording: Wording, tokens: readonly number[]): number {
  const { embeddings } = reference.thoughts(wording.prompt(item), c);
  const read = [...wording.suffix, ...tokens.slice(0, -1)].map((id) => reference.row('wte.weight', id));
  const hidden = reference.hidden([...embeddings, ...read]);
  return tokens.reduce((sum, token, i) => {
    const logits = reference.logits(hidden[embeddings.length + wording.suffix.length - 1 + i]);
    const top = Math.max(...logits);
    return sum + logits[token] - top - Math.log(logits.reduce((total, x) => total + Math.exp(x - top), 0));
  }, 0);
}

describe('readAnswers', () => {
  const items = permutedItems('answers', 3, { nodes: 12, minNodes: 8, maxDepth: 4 });

  it('reads one token as its share of the whole vocabulary', async () => {
    await useEngine('onnxruntime');
    const model = symbolicTiny(2);
    const prompts = items.map((item) => symbolicWording.prompt(item));
    const run = await model.model.run(prompts, { thoughts: 3 });
    for (const c of [0, 3]) {
      const answers = await readAnswers(run, c, items, symbolicWording);
      answers.forEach(({ target, decoy }, i) => {
        expect(target).toBeCloseTo(byDefinition(model, items[i], c, symbolicWording, [items[i].target]), DIGITS);
        expect(decoy).toBeCloseTo(byDefinition(model, items[i], c, symbolicWording, [items[i].decoy]), DIGITS);
      });
    }
    model.model.dispose();
  });

  it('reads text as the product over the whole answer, its end included', async () => {
    await useEngine('onnxruntime');
    const model = symbolicTiny(2);
    const wording: Wording = { ...symbolicWording, answering: { kind: 'text', maxNewTokens: 2 } };
    const run = await model.model.run(
      items.map((item) => wording.prompt(item)),
      { thoughts: 2 },
    );
    const answers = await readAnswers(run, 2, items, wording);
    answers.forEach(({ target, decoy }, i) => {
      const { target: node, decoy: other } = items[i];
      expect(target).toBeCloseTo(byDefinition(model, items[i], 2, wording, [node, wording.eos]), DIGITS);
      expect(decoy).toBeCloseTo(byDefinition(model, items[i], 2, wording, [other, wording.eos]), DIGITS);
    });
    model.model.dispose();
  });

  it('reads the English sentence of each candidate', async () => {
    await useEngine('onnxruntime');
    const wording = englishWording(await gpt2Tokenizer());
    const { model } = tiny(0, { vocabSize: 50260, nPositions: 400, nLayer: 1 });
    const run = await model.run(
      items.map((item) => wording.prompt(item)),
      { thoughts: 2 },
    );
    const answers = await readAnswers(run, 2, items, wording);
    const other = await readAnswers(run, 2, items.map(swapped), wording);
    // In a tree with the other sentence, in whichever order, or without it: the rounding of some fifteen tokens.
    answers.forEach(({ target, decoy }, i) => {
      expect(other[i].target).toBeCloseTo(decoy, 3);
      expect(other[i].decoy).toBeCloseTo(target, 3);
    });
    const scores = await run.score(
      2,
      items.map((item) => [wording.answer(item)]),
      { prefix: wording.suffix },
    );
    scores.forEach(([{ total, tokens }], i) => {
      expect(tokens.length).toBeGreaterThan(5);
      expect(answers[i].target).toBeCloseTo(total, 3);
    });
    model.dispose();
  });

  it('says what is wrong with what it is asked', async () => {
    await useEngine('onnxruntime');
    const { model } = symbolicTiny(2);
    const prompts = items.map((item) => symbolicWording.prompt(item));
    const run = await model.run(prompts, { thoughts: 1 });
    const ask = (some: readonly Item[], wording = symbolicWording): Promise<unknown> =>
      readAnswers(run, 1, some, wording);
    await expect(ask(items.slice(1))).rejects.toThrow('items: not one per prompt of the run (2 items, 3 prompts)');
    await expect(ask(items, spokenSymbolicWording)).rejects.toThrow('answers: the wording says a path');
    const nan = { shape: [3, 1, 16], dtype: 'float32', data: new Float32Array(48).fill(NaN) } as const;
    const broken = await model.run(prompts, { thoughts: 1, replaceThought: () => ({ ...nan, shape: [3, 16] }) });
    await expect(readAnswers(broken, 1, items, symbolicWording)).rejects.toThrow(
      'item 0: logits of the answer are not finite (NaN)',
    );
    model.dispose();
  });
});
