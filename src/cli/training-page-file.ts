import { basename, join, resolve } from 'node:path';
import type { Measurement, PreparedRun } from '../training/index.js';
import { VERSION } from '../version.js';
import { writeFileWhole } from '../write-file.js';
import type { CommandContext } from './command.js';

/** training.html in the folder of a training: written at its end and, where somebody watches, at every measurement. */
export class TrainingPageFile {
  #last: Measurement | undefined;

  constructor(
    private readonly folder: string,
    private readonly run: Pick<PreparedRun, 'config' | 'seed'>,
    private readonly watched: boolean,
    private readonly context: Pick<CommandContext, 'commandLine'>,
  ) {}

  async measured(measurement: Measurement): Promise<void> {
    this.#last = measurement;
    if (this.watched) await this.#write(measurement, true);
  }

  /** The page as it stays; none where nothing was measured. */
  async finish(): Promise<void> {
    if (this.#last !== undefined) await this.#write(this.#last, false);
  }

  async #write(measurement: Measurement, running: boolean): Promise<void> {
    const [{ trainingPageHtml }, { gpt2TensorShapes }] = await Promise.all([
      import('../view/index.js'),
      import('../checkpoint/index.js'),
    ]);
    const shapes = [...gpt2TensorShapes(measurement.model).values()];
    const html = trainingPageHtml({
      ...measurement,
      name: basename(resolve(this.folder)),
      config: this.run.config,
      seed: this.run.seed,
      parameters: shapes.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0),
      bytes: process.resourceUsage().maxRSS * 1024,
      running,
      command: this.context.commandLine,
      version: VERSION,
    });
    await writeFileWhole(join(this.folder, 'training.html'), html);
  }
}
