import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { availableParallelism, homedir } from 'node:os';

/** What the doctor may ask of the machine it runs on; tests bring one of their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Of Node, without the `v`. */
  readonly nodeVersion: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Processors that this process may use. */
  readonly processors: number;
  /** A file's text, or undefined where it cannot be read. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** The names in a folder; none where it cannot be read. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** Where a path leads once its links are followed, or undefined where it leads nowhere. */
  readonly realPath: (path: string) => Promise<string | undefined>;
  /** What a program prints, or undefined where it is not there, fails or does not end in time. */
  readonly run: (program: string, words: readonly string[]) => Promise<string | undefined>;
}

const TIME_LIMIT_MS = 20_000;

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const { platform } = process;
  return {
    platform,
    arch: process.arch,
    nodeVersion: process.versions.node,
    env: process.env,
    home: homedir(),
    processors: availableParallelism(),
    readText: (path) => readFile(path, 'utf8').catch(() => undefined),
    list: (folder) => readdir(folder).catch(() => []),
    realPath: (path) => realpath(path).catch(() => undefined),
    run: (program, words) =>
      new Promise((resolve) => {
        // On Windows npm is a script, which only a shell runs; programs and words are this project's own.
        const options = { timeout: TIME_LIMIT_MS, windowsHide: true, shell: platform === 'win32' };
        execFile(program, [...words], options, (error, stdout) => resolve(error === null ? stdout : undefined));
      }),
  };
}
