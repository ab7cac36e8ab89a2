import { histogram, spread, type Histogram, type Item, type Spread } from '../dataset/index.js';
import { englishWording, gpt2Tokenizer } from '../tokenizer/index.js';

/** Lengths in GPT-2 tokens of what Coconut's data set makes of an item in English, without latent tokens. */
export interface TokenLengths {
  /** The question and its line end. */
  readonly question: Spread;
  /** All steps, each with its line end; 0 for an item without. */
  readonly steps: Spread;
  /** `### ` and the answer, and the end token. */
  readonly answer: Spread;
  /** Question, steps and answer: what a chain-of-thought model reads. */
  readonly sequence: Spread;
  /** The different names of concepts by their number of tokens, with the leading space that they have in a sentence. */
  readonly concepts: Histogram;
}

/** @param items at least one */
export async function tokenLengths(items: readonly Item[]): Promise<TokenLengths> {
  const wording = englishWording(await gpt2Tokenizer(), { markers: false });
  const lengths = items.map((item) => {
    const [question, answer] = [wording.prompt(item).length, wording.answer(item).length];
    const steps = wording.steps(item).reduce((sum, step) => sum + step.length, 0);
    return { question, steps, answer, sequence: question + steps + answer };
  });
  const of = (part: keyof (typeof lengths)[number]): Spread => spread(lengths.map((one) => one[part]));
  const concepts = new Map<string, number>();
  for (const item of items) {
    for (const [, node] of item.edges) concepts.set(item.names[node], wording.nodeTokens(item, node).length);
  }
  return {
    question: of('question'),
    steps: of('steps'),
    answer: of('answer'),
    sequence: of('sequence'),
    concepts: histogram([...concepts.values()]),
  };
}
