import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readGpt2, type Gpt2Config } from '../../src/checkpoint/index.js';
import { randomItems } from '../../src/dataset/index.js';
import { useEngine, type HostTensor } from '../../src/tensor/index.js';
import {
  spokenSymbolicWording,
  SYMBOLIC_TOKENS,
  symbolicStatements,
  symbolicWording,
} from '../../src/tokenizer/index.js';
import { initialWeights, modelConfigOf, parseTrainingConfig } from '../../src/training/index.js';
import type { Question } from '../../src/training/training-example.js';
import { createRandom } from '../../src/random.js';
import { latentsOf, outcomesOf, validationQuestions, type Outcome } from '../../src/training/validate.js';
import { TINY, TINY_GRAPHS, TINY_PHASE } from './tiny-training.js';

beforeAll(async () => {
  await useEngine('onnxruntime');
});

const config = parseTrainingConfig('test', TINY);
const gpt2 = modelConfigOf(config);

const asked = (positions: number) => ({ wording: symbolicWording, positions });

/** A model that says one token always, whatever it reads. */
function saying(token: number): Record<string, HostTensor> {
  const tensors = initialWeights(createRandom(1), gpt2, { deviation: 0.3, previousTokenHeads: 0 });
  const { nEmbd } = gpt2;
  tensors['ln_f.weight'].data.fill(0);
  // The hidden state is the token's own embedding, longer than its others by far.
  const embeddings = tensors['wte.weight'].data;
  for (let i = 0; i < nEmbd; i++) embeddings[token * nEmbd + i] = 10;
  tensors['ln_f.bias'].data.fill(1);
  return tensors;
}

/** A question whose edges all end at the target. */
function question(target: number): Question {
  return {
    id: 'star',
    names: new Array<string>(9).fill(''),
    edges: [
      [0, target],
      [1, target],
      [2, target],
    ],
    root: 0,
    target,
    decoy: 8,
    candidates: [target, 8],
    path: [0, target],
  };
}

const outcomes = (changes: object, questions: readonly Question[], token: number, spoken = false) => {
  const own = parseTrainingConfig('test', { ...TINY, ...changes });
  const wording = spoken ? spokenSymbolicWording : symbolicWording;
  return outcomesOf(saying(token), gpt2, own, own.phases[0], questions, wording, createRandom(2));
};
const shareRight = (all: readonly Outcome[]): number => all.filter(({ right }) => right).length / all.length;
const share = async (...asked: Parameters<typeof outcomes>): Promise<number> => shareRight(await outcomes(...asked));

describe('outcomesOf', () => {
  const questions = [3, 4, 3, 3].map(question);

  it('are the answers, in the order of the questions', async () => {
    expect(await outcomes({}, questions, 3)).toEqual(
      questions.map((question) => ({ question, answer: 3, right: question.target === 3 })),
    );
    // Neither candidate is named: there is no answer.
    expect((await outcomes({}, questions, SYMBOLIC_TOKENS['[Q]']))[0]).toMatchObject({ right: false });
  });

  it('are right where the target is said right after [A]', async () => {
    expect([await share({}, questions, 3), await share({}, questions, 4), await share({}, questions, 8)]).toEqual([
      0.75, 0.25, 0,
    ]);
  });

  it('needs [A] first of a model that reasons in language', async () => {
    expect(await share({ method: 'cot' }, questions, 3, true)).toBe(0);
  });

  it('goes through more questions than fit a batch', async () => {
    const many = Array.from({ length: 60 }, (_, i) => question(i < 51 ? 3 : 4));
    expect(await share({}, many, 3)).toBe(51 / 60);
  });

  it('are of edges recalled in a phase of recall', async () => {
    const recall = { phases: [{ ...TINY_PHASE, task: 'recall' }] };
    expect([await share(recall, questions, 3), await share(recall, questions, 8)]).toEqual([0.75, 0]);
  });
});

const fixture = fileURLToPath(new URL('../../fixtures/models/constructed-bfs', import.meta.url));

it.skipIf(!existsSync(join(fixture, 'config.json')))(
  'outcomesOf: the model that searches breadth-first is always right with its thoughts, and not without (skipped where npm run fixtures has not written it)',
  async () => {
    const { config: own, tensors } = await readGpt2(fixture);
    const host = Object.fromEntries(
      Object.entries(tensors).map(([name, { data, shape }]) => [name, { data, shape, dtype: 'float32' as const }]),
    );
    const accuracy = async (stage: number, gpt2: Gpt2Config = own): Promise<number> => {
      const training = parseTrainingConfig('test', {
        ...TINY,
        thoughts: { stages: 6 },
        phases: [{ ...TINY_PHASE, stage, graphs: { nodes: 20 } }],
        validation: { questions: 24 },
      });
      const [phase] = training.phases;
      const questions = validationQuestions(training, phase, {}, asked(own.nPositions), createRandom(3));
      return shareRight(await outcomesOf(host, gpt2, training, phase, questions, symbolicWording, createRandom(4)));
    };
    expect(await accuracy(6)).toBe(1);
    expect(await accuracy(0)).toBeLessThan(0.9);
  },
);

describe('validationQuestions', () => {
  it('are drawn anew for a phase that draws graphs, the same ones every time', () => {
    const draw = (seed: number): Question[] =>
      validationQuestions(config, config.phases[0], {}, asked(48), createRandom(seed));
    expect(draw(1)).toHaveLength(4);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
    expect(new Set(draw(1).map(({ edges }) => edges.join(' '))).size).toBe(4);
    // Under numbers of their own, which the item's own numbers would not be.
    expect(draw(1)[0].names).toHaveLength(31);
  });

  it('are the first of the items elsewhere, as many as asked for', () => {
    const validation = randomItems(createRandom(1), 6);
    const phases = [{ ...TINY_PHASE, graphs: undefined, batchQuestions: 1 }];
    const own = parseTrainingConfig('test', { ...TINY, ids: 'item', phases });
    const first = (data: object, positions = 200): Question[] =>
      validationQuestions(own, own.phases[0], data, asked(positions), createRandom(1));
    expect(first({ validation })).toEqual(validation.slice(0, 4));
    expect(first({ validation: validation.slice(0, 2) })).toHaveLength(2);
    expect(first({})).toEqual([]);
    // One thought and `[A]` after the prompt.
    const lengths = validation.map((item) => symbolicWording.prompt(item).length + 2);
    const longest = Math.max(...lengths.slice(0, 4));
    expect(first({ validation }, longest)).toHaveLength(4);
    expect(() => first({ validation }, longest - 1)).toThrow(
      `validation item ${validation[lengths.indexOf(longest)].id}: a question takes ${longest} positions with thoughts ` +
        `and answer (the model has ${longest - 1}); leave it out, or give the model more positions`,
    );
  });

  it.each(['question', 'recall'])(
    'draws graphs anew that are too large (%s), and leaves the others as they are',
    (task) => {
      const phases = [{ ...TINY_PHASE, task, graphs: { ...TINY_GRAPHS, nodes: 12, minNodes: 5 } }];
      const own = parseTrainingConfig('test', { ...TINY, phases, validation: { questions: 40 } });
      const draw = (positions: number): Question[] =>
        validationQuestions(own, own.phases[0], {}, asked(positions), createRandom(1));
      // A thought and `[A]` after the prompt; `[R]` and a source after the statements.
      const length = (question: Question): number =>
        (task === 'recall' ? symbolicStatements(question) : symbolicWording.prompt(question)).length + 2;
      const all = draw(200);
      const sorted = all.map(length).sort((a, b) => a - b);
      const limit = sorted[19];
      const small = draw(limit);
      expect(small.every((question) => length(question) <= limit)).toBe(true);
      expect(small.filter((question, i) => length(all[i]) <= limit && question.root !== all[i].root)).toEqual([]);
      expect(() => draw(9)).toThrow(
        /^phase questions: a question takes \d+ positions .* \(the model has 9\); give the model/,
      );
    },
  );
});

it('latentsOf: what a phase gives a question of the most steps', () => {
  const latents = (method: string): number => {
    const thoughts = { perStep: 2, stages: 3 };
    const own = parseTrainingConfig('test', { ...TINY, method, thoughts, phases: [{ ...TINY_PHASE, stage: 1 }] });
    return latentsOf(own, own.phases[0]);
  };
  expect(
    ['coconut', 'pause', 'pause-no-curriculum', 'coconut-no-curriculum', 'cot', 'no-thoughts'].map(latents),
  ).toEqual([2, 2, 6, 6, 0, 0]);
  expect(SYMBOLIC_TOKENS['[A]']).toBe(symbolicWording.suffix[0]);
});
