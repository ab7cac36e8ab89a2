import cliProgress from 'cli-progress';
import type { CommandContext } from './command.js';

/** Shows how far a command is. */
export interface Progress {
  /** Whether anything is to be seen. */
  readonly shown: boolean;
  /** @param words what else there is to say of how it goes */
  update(completed: number, words?: string): void;
  stop(): void;
}

const SILENT: Progress = { shown: false, update: () => undefined, stop: () => undefined };

/** A duration as a person says it: `12 s`, `3 min`, `1 h 20 min`; a dash where it is unknown. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * A progress bar on stderr with rate and time left; nothing where stderr is no terminal or with --quiet.
 *
 * @param unit what is counted: `items`
 */
export function progressBar({ io, quiet }: CommandContext, total: number, unit: string): Progress {
  if (quiet || io.stderr !== process.stderr || !process.stderr.isTTY) return SILENT;
  const bar = new cliProgress.SingleBar(
    {
      format: `{bar} {value}/{total} ${unit} · {rate} ${unit}/s · {left} left{words}`,
      stream: process.stderr,
      hideCursor: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let started: { readonly time: number; readonly completed: number } | undefined;
  return {
    shown: true,
    update(completed, words = '') {
      if (started === undefined) {
        // A resumed recording begins where the last run stopped; rate and time left are this run's own.
        started = { time: performance.now(), completed };
        bar.start(total, completed, { rate: '–', left: '–', words });
        return;
      }
      const rate = ((completed - started.completed) * 1000) / (performance.now() - started.time);
      bar.update(completed, { rate: rate.toFixed(1), left: duration((total - completed) / rate), words });
    },
    stop() {
      bar.stop();
    },
  };
}
