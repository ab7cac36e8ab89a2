import type { Gpt2Config } from '../checkpoint/index.js';
import { createCoconut } from '../model/index.js';
import type { Random } from '../random.js';
import type { HostTensor } from '../tensor/index.js';
import { SYMBOLIC_NODES, symbolicStatements, type Wording } from '../tokenizer/index.js';
import { methodOf, type PhaseConfig, type TrainingConfig } from './config.js';
import type { TrainingData } from './batches.js';
import { randomLesson, scatterNodes } from './lesson.js';
import { recallSequence } from './recall.js';
import type { Question } from './script.js';

/** Questions go through the model so many at once. */
const BATCH = 50;

/**
 * The questions that a phase is validated on: those of the validation items, or as many random graphs' as the
 * configuration says, which training never sees but by chance. None where there is neither.
 *
 * @param random not the training's own
 */
export function validationQuestions(
  config: TrainingConfig,
  phase: PhaseConfig,
  { validation }: TrainingData,
  random: Random,
): Question[] {
  const { questions } = config.validation;
  const drawn =
    phase.graphs === undefined
      ? (validation ?? []).slice(0, questions)
      : Array.from({ length: questions }, (_, i) => {
          const { graphs } = phase;
          return graphs === undefined ? [] : randomLesson(random.fork(`graph ${i}`), graphs, 1);
        }).flat();
  if (config.ids === 'item' || config.wording === 'english') return drawn;
  return drawn.map((question, i) => scatterNodes(random.fork(`nodes ${i}`), [question], SYMBOLIC_NODES)[0]);
}

/**
 * The share of questions that a model answers right, with nothing to choose from: after as many thoughts as its phase
 * teaches, the greedy answer is the target. In a phase of recall, the share of edges recalled: after the statements and
 * a source, the most probable token is one of its targets.
 */
export async function accuracyOf(
  tensors: Readonly<Record<string, HostTensor>>,
  gpt2: Gpt2Config,
  config: TrainingConfig,
  phase: PhaseConfig,
  questions: readonly Question[],
  wording: Wording,
  random: Random,
): Promise<number> {
  const model = createCoconut({
    config: gpt2,
    tensors: Object.fromEntries(
      Object.entries(tensors).map(([name, { data, shape }]) => [name, { data: data as Float32Array, shape }]),
    ),
  });
  let right = 0;
  try {
    for (let from = 0; from < questions.length; from += BATCH) {
      const some = questions.slice(from, from + BATCH);
      right +=
        phase.task === 'recall'
          ? await recalled(model, some, random.fork(`recall ${from}`))
          : await answered(model, some, latentsOf(config, phase), wording);
    }
  } finally {
    model.dispose();
  }
  return right / questions.length;
}

type Model = ReturnType<typeof createCoconut>;

async function answered(
  model: Model,
  questions: readonly Question[],
  thoughts: number,
  wording: Wording,
): Promise<number> {
  const { suffix, eos, answering } = wording;
  const maxNewTokens = answering.kind === 'text' ? answering.maxNewTokens : 1;
  const prompts = questions.map((question) => wording.prompt(question));
  const { ids } = await model.generate(prompts, { thoughts, suffix, eos, maxNewTokens });
  return questions.filter((question, i) => wording.answerOf(ids[i], question) === question.target).length;
}

async function recalled(model: Model, questions: readonly Question[], random: Random): Promise<number> {
  const asked = questions.map(({ edges }) => edges[random.integer(edges.length)][0]);
  const prompts = questions.map((question, i) => {
    const { opening } = recallSequence(random, question.edges);
    return [...symbolicStatements(question), ...opening, asked[i]];
  });
  const { ids } = await model.generate(prompts, { thoughts: 0, maxNewTokens: 1 });
  return questions.filter(({ edges }, i) =>
    edges.some(([source, target]) => source === asked[i] && target === ids[i][0]),
  ).length;
}

/** The latent positions that a phase gives a question of the most steps. */
export function latentsOf(config: TrainingConfig, phase: PhaseConfig): number {
  const method = methodOf(config);
  if (method.input === undefined) return 0;
  const { perStep, stages } = config.thoughts;
  return perStep * (method.curriculum ? phase.stage : stages);
}
