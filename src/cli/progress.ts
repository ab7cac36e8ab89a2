import cliProgress from 'cli-progress';
import { escapeControls, terminalText } from '../terminal.js';
import type { CommandContext } from './command.js';

/** Shows how far a command is. */
export interface Progress {
  /** Whether it is a bar, beside which nothing else should be printed. */
  readonly isBar: boolean;
  /** @param words what else there is to say of how it goes */
  update(completed: number, words?: string): void;
  stop(): void;
}

const SILENT: Progress = { isBar: false, update: () => undefined, stop: () => undefined };

/** Milliseconds between two lines: a log of a night has a thousand. */
const EVERY = 30_000;

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
 * Shows on stderr how far a command is, with rate and time left: a bar, or a line at the start and every 30 seconds, or
 * nothing, as the context says.
 *
 * @param unit what is counted: `items`
 */
export function startProgress({ io, progress }: CommandContext, total: number, unit: string): Progress {
  switch (progress) {
    case 'none':
      return SILENT;
    case 'bar':
      return progressBar(total, escapeControls(unit));
    case 'plain': {
      const lines = progressLines((line) => io.stderr.write(`${terminalText(line)}\n`), total, unit);
      // After an interrupt what is still on its way is told by nobody.
      const silence = (): void => lines.stop();
      io.signal.addEventListener('abort', silence, { once: true });
      return {
        ...lines,
        stop() {
          io.signal.removeEventListener('abort', silence);
          lines.stop();
        },
      };
    }
  }
}

function progressBar(total: number, unit: string): Progress {
  const bar = new cliProgress.SingleBar(
    {
      format: `{bar} {value}/{total} ${unit} · {rate} ${unit}/s · {left} left{words}`,
      stream: process.stderr,
      hideCursor: true,
    },
    cliProgress.Presets.shades_classic,
  );
  const pace = new Pace(total);
  return {
    isBar: true,
    update(completed, told = '') {
      const words = escapeControls(told);
      if (pace.see(completed)) bar.start(total, completed, { rate: '–', left: '–', words });
      else bar.update(completed, { rate: pace.rate.toFixed(1), left: duration(pace.left), words });
    },
    stop: () => bar.stop(),
  };
}

/**
 * Progress as lines, for logs. Between updates it says where things stand, so that a log shows that work goes on.
 *
 * @param every milliseconds
 */
export function progressLines(print: (line: string) => void, total: number, unit: string, every = EVERY): Progress {
  const pace = new Pace(total);
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const line = (): void => {
    if (stopped) return;
    const left = Number.isFinite(pace.left) ? ` · ${pace.rate.toPrecision(2)}/s · ${duration(pace.left)} left` : '';
    print(`${pace.completed}/${total} ${unit}${left}${told}`);
  };
  return {
    isBar: false,
    update(completed, words = '') {
      told = words;
      if (!pace.see(completed)) return;
      line();
      // Nobody waits for it: the process ends when the work does.
      timer = setInterval(line, every).unref();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** How fast work goes. Of a resumed recording, which begins where the last run stopped, only what this run does counts. */
class Pace {
  completed = 0;
  /** A second. */
  rate = 0;
  #start: { readonly time: number; readonly completed: number } | undefined;

  constructor(private readonly total: number) {}

  /** Seconds; not finite while nothing is known. */
  get left(): number {
    return (this.total - this.completed) / this.rate;
  }

  /** @returns whether it is the first time */
  see(completed: number): boolean {
    this.completed = completed;
    const now = performance.now();
    if (this.#start !== undefined) {
      this.rate = ((completed - this.#start.completed) * 1000) / (now - this.#start.time);
      return false;
    }
    this.#start = { time: now, completed };
    return true;
  }
}
