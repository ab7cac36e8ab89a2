import { latentsOf, type Metrics, type TrainingConfig } from '../training/index.js';

/** What a phase of a training took, as far as it has come. */
export interface TrainingPhase {
  readonly name: string;
  readonly task: string;
  /** Latent positions of a question. */
  readonly thoughts: number;
  readonly steps: number;
  /** Questions, or sequences of recall, that were trained on. */
  readonly questions: number;
  /** Wall time of its steps. */
  readonly seconds: number;
  /** Mean over the steps before the last measurement, in nats. */
  readonly loss: number;
  readonly accuracy: number | undefined;
}

/** Wall time of all steps, by the mean times of metrics.jsonl. */
export function secondsOf(metrics: readonly Metrics[]): number {
  return metrics.reduce((sum, { total, msPerStep }, i) => {
    const before = metrics.at(i - 1)?.total ?? 0;
    return sum + ((total - (i === 0 ? 0 : before)) * msPerStep) / 1000;
  }, 0);
}

/** The phases that have been begun and measured, in their order. */
export function trainingPhases(config: TrainingConfig, metrics: readonly Metrics[]): TrainingPhase[] {
  return config.phases.flatMap((settings) => {
    const { name, task, batchGraphs, batchQuestions, accumulate } = settings;
    const first = metrics.findIndex(({ phase }) => phase === name);
    const own = metrics.filter(({ phase }) => phase === name);
    const last = own.at(-1);
    if (last === undefined) return [];
    const before = first === 0 ? [] : metrics.slice(0, first);
    const steps = last.total - (before.at(-1)?.total ?? 0);
    return [
      {
        name,
        task,
        thoughts: task === 'recall' ? 0 : latentsOf(config, settings),
        steps,
        questions: steps * batchGraphs * batchQuestions * accumulate,
        seconds: secondsOf([...before, ...own]) - secondsOf(before),
        loss: last.loss,
        accuracy: last.accuracy,
      },
    ];
  });
}
