import cliProgress from 'cli-progress';
import type { CommandContext } from './command.js';

/** Shows how far a command is. */
export interface Progress {
  update(completed: number): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/**
 * A progress bar on stderr with rate and time left; nothing where stderr is no terminal or with --quiet.
 *
 * @param unit what is counted: `items`
 */
export function progressBar({ io, quiet }: CommandContext, total: number, unit: string): Progress {
  if (quiet || io.stderr !== process.stderr || !process.stderr.isTTY) return SILENT;
  const bar = new cliProgress.SingleBar(
    {
      format: `{bar} {value}/{total} ${unit} · {rate} ${unit}/s · {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 20,
    },
    cliProgress.Presets.shades_classic,
  );
  const started = performance.now();
  let first: number | undefined;
  return {
    update(completed) {
      if (first === undefined) {
        // A resumed recording begins where the last one stopped; the rate is this run's own.
        first = completed;
        bar.start(total, completed, { rate: '–' });
      }
      const seconds = (performance.now() - started) / 1000;
      bar.update(completed, { rate: ((completed - first) / seconds).toFixed(1) });
    },
    stop() {
      bar.stop();
    },
  };
}
