import type { Gpt2Config } from '../checkpoint/index.js';
import { createCoconut } from '../model/index.js';
import type { HostTensor } from '../tensor/index.js';
import { followingOf, SYMBOLIC_NODES, type Wording } from '../tokenizer/index.js';
import { edgeRecallPrompt } from './edge-recall.js';
import type { Question } from './training-example.js';
import { drawTrainingQuestions, GRAPH_ATTEMPTS, scatterNodes } from './training-questions.js';
import { LensError } from '../errors.js';
import type { Random } from '../random.js';
import { methodOf, type PhaseConfig, type TrainingConfig } from './config.js';
import type { TrainingData } from './batches.js';

/** Questions go through the model so many at once. */
const BATCH = 50;

/** The model that is asked, and how. */
export interface Asked {
  readonly wording: Wording;
  /** Positions that it has. */
  readonly positions: number;
}

/**
 * The questions that a phase is validated on: those of the validation items, or as many random graphs' as the
 * configuration says, which training never sees but by chance. None where there is neither. A graph that is too large
 * for the model is drawn anew, as in training.
 *
 * @param random not the training's own
 * @throws LensError if the model has no room for an item, or for any graph of the phase
 */
export function validationQuestions(
  config: TrainingConfig,
  phase: PhaseConfig,
  { validation = [] }: TrainingData,
  asked: Asked,
  random: Random,
): Question[] {
  const { graphs } = phase;
  const { questions } = config.validation;
  const lengthOf = (question: Question): number => positionsOf(question, config, phase, asked.wording);
  const drawn =
    graphs === undefined
      ? validation.slice(0, questions).map((item) => {
          const length = lengthOf(item);
          if (length <= asked.positions) return item;
          throw tooLong(`validation item ${item.id}`, length, asked, 'leave it out, or give the model more positions');
        })
      : Array.from({ length: questions }, (_, i) => {
          const own = random.fork(`graph ${i}`);
          for (let attempt = 1; ; attempt++) {
            const [question] = drawTrainingQuestions(own, graphs, 1);
            const length = lengthOf(question);
            if (length <= asked.positions) return question;
            if (attempt < GRAPH_ATTEMPTS) continue;
            throw tooLong(`phase ${phase.name}`, length, asked, 'give the model more positions, or fewer nodes');
          }
        });
  if (config.ids === 'item' || config.wording === 'english') return drawn;
  return drawn.map((question, i) => scatterNodes(random.fork(`nodes ${i}`), [question], SYMBOLIC_NODES)[0]);
}

/** Positions that a question takes with its thoughts and all of the answer that is read. */
function positionsOf(question: Question, config: TrainingConfig, phase: PhaseConfig, wording: Wording): number {
  if (phase.task === 'recall') return edgeRecallPrompt(question, question.root).length;
  return wording.prompt(question).length + latentsOf(config, phase) + followingOf(wording);
}

function tooLong(subject: string, length: number, { positions }: Asked, remedy: string): LensError {
  const found = `a question takes ${length} positions with thoughts and answer (the model has ${positions})`;
  return new LensError(subject, found, remedy, 'usage');
}

/** What a model said to a question. */
export interface Outcome {
  readonly question: Question;
  /** The node that it named; undefined: none. In a phase of recall the token after the source. */
  readonly answer: number | undefined;
  readonly right: boolean;
}

/**
 * What a model answers, with nothing to choose from: right is the greedy answer, after as many thoughts as its phase
 * teaches, if it is the target. In a phase of recall edges are asked for: right is the most probable token after the
 * statements and a source, if it is one of its targets.
 */
export async function outcomesOf(
  tensors: Readonly<Record<string, HostTensor>>,
  gpt2: Gpt2Config,
  config: TrainingConfig,
  phase: PhaseConfig,
  questions: readonly Question[],
  wording: Wording,
  random: Random,
): Promise<Outcome[]> {
  const model = createCoconut({
    config: gpt2,
    tensors: Object.fromEntries(
      Object.entries(tensors).map(([name, { data, shape }]) => [name, { data: data as Float32Array, shape }]),
    ),
  });
  const outcomes: Outcome[] = [];
  try {
    for (let from = 0; from < questions.length; from += BATCH) {
      const some = questions.slice(from, from + BATCH);
      const said =
        phase.task === 'recall'
          ? await recalled(model, some, random.fork(`recall ${from}`))
          : await answered(model, some, latentsOf(config, phase), wording);
      outcomes.push(...said);
    }
  } finally {
    model.dispose();
  }
  return outcomes;
}

type Model = ReturnType<typeof createCoconut>;

async function answered(
  model: Model,
  questions: readonly Question[],
  thoughts: number,
  wording: Wording,
): Promise<Outcome[]> {
  const { suffix, eos, answering, isSettled } = wording;
  const maxNewTokens = answering.kind === 'text' ? answering.maxNewTokens : 1;
  const prompts = questions.map((question) => wording.prompt(question));
  const { ids } = await model.generate(prompts, { thoughts, suffix, eos, maxNewTokens, isSettled });
  return questions.map((question, i) => {
    const answer = wording.answerOf(ids[i], question);
    return { question, answer, right: answer === question.target };
  });
}

async function recalled(model: Model, questions: readonly Question[], random: Random): Promise<Outcome[]> {
  const asked = questions.map(({ edges }) => edges[random.integer(edges.length)][0]);
  const prompts = questions.map((question, i) => edgeRecallPrompt(question, asked[i]));
  const { ids } = await model.generate(prompts, { thoughts: 0, maxNewTokens: 1 });
  return questions.map((question, i) => {
    const [answer] = ids[i];
    const right = question.edges.some(([source, target]) => source === asked[i] && target === answer);
    return { question, answer, right };
  });
}

/** The latent positions that a phase gives a question of the most steps. */
export function latentsOf(config: TrainingConfig, phase: PhaseConfig): number {
  const method = methodOf(config);
  if (method.input === undefined) return 0;
  const { perStep, stages } = config.thoughts;
  return perStep * (method.curriculum ? phase.stage : stages);
}
