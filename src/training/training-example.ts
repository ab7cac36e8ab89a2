import { itemGraph, type Item } from '../dataset/index.js';
import { breadthFirstLayers } from '../graph/index.js';
import { SYMBOLIC_TOKENS, symbolicPrompt, type EnglishWording } from '../tokenizer/index.js';

/** A question with all that a training text about it can hold. */
export type Question = Omit<Item, 'fileEdgeOrder'>;

/** A question as training text: the parts that a method keeps, drops or replaces. Token ids. */
export interface TrainingExample {
  /** What questions about the same statements, in the same order, share. */
  readonly prompt: readonly number[];
  /** What follows it up to the position whose hidden state is thought 1; may be empty. */
  readonly opening: readonly number[];
  /** Between the latent positions and language; read, not predicted. May be empty. */
  readonly marker: readonly number[];
  /** The steps of the path, one list each. */
  readonly steps: readonly (readonly number[])[];
  readonly answer: readonly number[];
  /** For each depth the tokens of the nodes at it, the root alone at 0; undefined where nodes are not tokens. */
  layers?(): readonly (readonly number[])[];
}

/**
 * The symbolic wording of Reasoning by Superposition (arXiv 2505.12514): a step is one node, the answer `[A]` and the
 * target.
 */
export function symbolicExample(question: Question): TrainingExample {
  const whole = symbolicPrompt(question);
  const statements = 3 * question.edges.length;
  return {
    prompt: whole.slice(0, statements),
    opening: whole.slice(statements),
    marker: [],
    steps: question.path.slice(1).map((node) => [node]),
    answer: [SYMBOLIC_TOKENS['[A]'], question.target],
    layers: () => breadthFirstLayers(itemGraph(question), question.root),
  };
}

/** The English wording, token for token as the official code has it. */
export function englishExample(question: Question, wording: EnglishWording): TrainingExample {
  return {
    prompt: wording.prompt(question),
    opening: [],
    marker: wording.suffix,
    steps: wording.steps(question),
    answer: wording.answer(question),
  };
}
