import type { Metrics, StepReport } from '../training/index.js';
import type { CommandContext } from './command.js';
import { startProgress, type Progress } from './progress.js';

/** Says on stderr how a training goes: on a terminal a bar for each phase, elsewhere a line for each measurement. */
export class TrainingWatch {
  #bar: Progress | undefined;
  #phase: string | undefined;
  #accuracy = '';

  constructor(private readonly context: CommandContext) {}

  step({ phase, step, phaseSteps, loss }: StepReport): void {
    if (phase !== this.#phase) {
      this.stop();
      this.#phase = phase;
      this.#accuracy = '';
      this.#bar = startProgress(this.context, phaseSteps, 'steps');
    }
    this.#bar?.update(step, ` · ${phase} · loss ${loss.toFixed(3)}${this.#accuracy}`);
  }

  metrics({ phase, step, loss, accuracy, msPerStep }: Metrics): void {
    this.#accuracy = accuracy === undefined ? '' : ` · accuracy ${accuracy.toFixed(3)}`;
    if (this.#bar?.isBar === true) return;
    const measured = accuracy === undefined ? '' : `, accuracy ${accuracy.toFixed(3)}`;
    this.context.note(`${phase}, step ${step}: loss ${loss.toFixed(4)}${measured}, ${msPerStep.toFixed(0)} ms a step`);
  }

  stop(): void {
    this.#bar?.stop();
  }
}
