import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { englishWording, gpt2Tokenizer, symbolicPrompt } from '../../src/tokenizer/index.js';
import { IGNORED as X, METHODS } from '../../src/training/index.js';
import {
  englishExample,
  symbolicExample,
  type Question,
  type TrainingExample,
} from '../../src/training/training-example.js';
import {
  trainingSequence,
  type Label,
  type SequenceOptions,
  type TrainingSequence,
} from '../../src/training/sequence.js';
import { tinyItem } from '../dataset/tiny-item.js';

const [PIPE, Q, R, A, EOS] = [34, 35, 36, 37, 38];

/**
 * Root 0, target 5 by 0 -> 3 -> 4 -> 5; at depth 1 also 7, at depth 2 also 8 (from 7); decoy 6 below root 1; nodes 5, 6
 * and 8 are leaves.
 */
const question: Question = {
  id: 'small',
  names: new Array<string>(9).fill(''),
  edges: [
    [3, 4],
    [1, 6],
    [0, 3],
    [4, 5],
    [0, 7],
    [7, 8],
  ],
  root: 0,
  target: 5,
  decoy: 6,
  candidates: [6, 5],
  path: [0, 3, 4, 5],
};
const SYMBOLIC = symbolicExample(question);

type Name = (typeof METHODS)[number]['name'];
interface Schedule extends SequenceOptions {
  readonly padToMax?: boolean;
}

/** What a method makes of a question at a stage of 4. */
function sequence(
  script: TrainingExample,
  name: Name,
  stage: number,
  { padToMax = true, ...options }: Schedule = {},
): TrainingSequence {
  const method = METHODS.find((one) => one.name === name);
  if (method === undefined) throw new Error(name);
  const random = createRandom(1);
  const { thoughtsPerStep = 1 } = options;
  const steps = script.steps.length;
  const plan = method.plan({ stage, maxStage: 4, thoughtsPerStep, padToMax, steps, random });
  // Early removal, once in 55, has its own test.
  return trainingSequence(script, method, { ...plan, removedTokens: 0 }, options);
}

describe('symbolicScript', () => {
  it('cuts the prompt where questions on one graph begin to differ', () => {
    //                                  <eos> 3 4  |     1 6  |    0 3  |    4 5  |    0 7  |    7 8
    expect(SYMBOLIC.prompt).toEqual([EOS, 3, 4, PIPE, 1, 6, PIPE, 0, 3, PIPE, 4, 5, PIPE, 0, 7, PIPE, 7, 8]);
    expect(SYMBOLIC.opening).toEqual([Q, 6, 5, R, 0]);
    expect([...SYMBOLIC.prompt, ...SYMBOLIC.opening]).toEqual(symbolicPrompt({ ...question, fileEdgeOrder: [] }));
    expect([SYMBOLIC.marker, SYMBOLIC.steps, SYMBOLIC.answer]).toEqual([[], [[3], [4], [5]], [A, 5]]);
    expect(SYMBOLIC.layers?.().map((layer) => [...layer].sort())).toEqual([[0], [3, 7], [4, 8], [5]]);
  });
});

describe('trainingSequence, symbolic', () => {
  // Labels: at the root's token, at each latent position, at each token of the suffix.
  const STAGES = [
    { latents: 0, suffix: [3, 4, 5, A], labels: [3, 4, 5, A, 5] },
    { latents: 1, suffix: [4, 5, A], labels: [X, 4, 5, A, 5] },
    { latents: 2, suffix: [5, A], labels: [X, X, 5, A, 5] },
    { latents: 3, suffix: [A], labels: [X, X, X, A, 5] },
    { latents: 4, suffix: [A], labels: [X, X, X, X, A, 5] },
  ];
  const opening = [Q, 6, 5, R, 0];

  it.each(['coconut', 'pause', 'pause-passes'] as const)('%s, every stage', (name) => {
    expect([0, 1, 2, 3, 4].map((stage) => sequence(SYMBOLIC, name, stage))).toEqual(
      STAGES.map((stage) => ({ opening, ...stage })),
    );
  });

  it('without padding to the most, a question has no more latent positions than steps', () => {
    expect(sequence(SYMBOLIC, 'coconut', 4, { padToMax: false })).toEqual({ opening, ...STAGES[3] });
  });

  it.each(['coconut-no-curriculum', 'pause-no-curriculum'] as const)('%s is at the last stage always', (name) => {
    for (const stage of [0, 4]) expect(sequence(SYMBOLIC, name, stage)).toEqual({ opening, ...STAGES[4] });
  });

  it('cot and no-cot', () => {
    expect(sequence(SYMBOLIC, 'cot', 4)).toEqual({ opening, ...STAGES[0] });
    expect(sequence(SYMBOLIC, 'no-cot', 0)).toEqual({ opening, latents: 0, suffix: [A], labels: [A, 5] });
  });

  it.each(['icot', 'no-thoughts'] as const)('%s goes on where the steps that are left begin', (name) => {
    const suffixes = [[3, 4, 5, A], [4, 5, A], [5, A], [A], [A]];
    expect([0, 1, 2, 3, 4].map((stage) => sequence(SYMBOLIC, name, stage))).toEqual(
      suffixes.map((suffix) => ({ opening, latents: 0, suffix, labels: [...suffix, 5] })),
    );
  });

  it('icot takes tokens of the next step, of no more than the steps', () => {
    const [icot] = METHODS.filter(({ name }) => name === 'icot');
    const left = (removedTokens: number): readonly Label[] =>
      trainingSequence(SYMBOLIC, icot, { removedSteps: 1, removedTokens, latents: 0 }).labels;
    expect([left(1), left(2), left(9)]).toEqual([
      [5, A, 5],
      [A, 5],
      [A, 5],
    ]);
  });

  it('coconut-bfs expects every node of the next depth, and after all steps the answer', () => {
    const at = (stage: number, options: Schedule = {}): TrainingSequence =>
      sequence(SYMBOLIC, 'coconut-bfs', stage, options);
    expect(at(0)).toEqual({ opening, latents: 0, suffix: [], labels: [[3, 7]] });
    expect(at(1)).toEqual({ opening, latents: 1, suffix: [], labels: [X, [4, 8]] });
    expect(at(2)).toEqual({ opening, latents: 2, suffix: [], labels: [X, X, [5]] });
    expect(at(3)).toEqual({ opening, ...STAGES[3] });
    expect(at(1, { thoughtsPerStep: 2 }).labels).toEqual([X, X, [4, 8]]);
  });

  it('supervises every thought on request: stage s in the place where stage s would be', () => {
    const all = { everyThought: true };
    expect(sequence(SYMBOLIC, 'coconut', 0, all)).toEqual({ opening, ...STAGES[0] });
    expect(sequence(SYMBOLIC, 'coconut', 2, all).labels).toEqual([3, 4, 5, A, 5]);
    // A fourth latent position replaces no step.
    expect(sequence(SYMBOLIC, 'coconut', 4, all).labels).toEqual([3, 4, 5, X, A, 5]);
    // Two thoughts for a step: step s is due after 2 s of them.
    const two = { everyThought: true, thoughtsPerStep: 2 };
    expect(sequence(SYMBOLIC, 'coconut', 1, two).labels).toEqual([3, X, 4, 5, A, 5]);
    expect(sequence(SYMBOLIC, 'coconut', 3, two).labels).toEqual([3, X, 4, X, 5, X, A, 5]);
    expect(sequence(SYMBOLIC, 'coconut-bfs', 2, all).labels).toEqual([[3, 7], [4, 8], [5]]);
  });
});

describe('trainingSequence, English, against dataset.py of facebookresearch/coconut', async () => {
  const tokenizer = await gpt2Tokenizer();
  const [START, END] = [50257, 50258];
  const marked = englishExample(tinyItem, englishWording(tokenizer));
  const bare = englishExample(
    tinyItem,
    englishWording(await gpt2Tokenizer({ latentTokens: null }), { markers: false }),
  );
  const text = tokenizer.encode.bind(tokenizer);
  const ASKED = 'Every bompus is a felpus. Alex is a dumpus. Tom is a bompus. Is Tom a dumpus or felpus?\n';
  const STEPS = ['Tom is a bompus.\n', 'Every bompus is a felpus.\n'].map(text);
  const ANSWER = [...text('### Tom is a felpus.'), tokenizer.eos];

  /** dataset.py: question, <|start-latent|>, latents, <|end-latent|>, steps left, answer; all but the last two ignored. */
  function official(removed: number, latents: number): TrainingSequence {
    const said = [...STEPS.slice(removed).flat(), ...ANSWER];
    return {
      opening: [],
      latents,
      suffix: [END, ...said.slice(0, -1)],
      // The prompt's last token and the latent positions predict nothing; <|end-latent|> predicts what is said first.
      labels: [...new Array<number>(1 + latents).fill(X), ...said],
    };
  }

  it('asks in the words of the question, then <|start-latent|>', () => {
    expect(marked.prompt).toEqual([...text(ASKED), START]);
    expect(bare.prompt).toEqual(text(ASKED));
  });

  it('coconut, every stage', () => {
    expect([0, 1, 2, 3].map((stage) => sequence(marked, 'coconut', stage))).toEqual([
      official(0, 0),
      official(1, 1),
      official(2, 2),
      official(2, 3),
    ]);
    expect(sequence(marked, 'coconut', 1, { thoughtsPerStep: 2 })).toEqual(official(1, 2));
    // A step is several tokens in English: there is no label for a thought.
    expect(sequence(marked, 'coconut', 2, { everyThought: true })).toEqual(official(2, 2));
  });

  it('cot and no-cot, without markers', () => {
    const said = [...STEPS.flat(), ...ANSWER];
    expect(sequence(bare, 'cot', 0)).toEqual({ opening: [], latents: 0, suffix: said.slice(0, -1), labels: said });
    const answer = { opening: [], latents: 0, suffix: ANSWER.slice(0, -1), labels: ANSWER };
    expect(sequence(bare, 'no-cot', 0)).toEqual(answer);
  });

  it('coconut-bfs needs nodes that are tokens', () => {
    expect(() => sequence(marked, 'coconut-bfs', 1)).toThrow(
      'method coconut-bfs: labels a thought with a single token, and nodes have several in English; use the symbolic wording',
    );
  });
});
