import type { z } from 'zod';
import type { JsonValue } from '../recording/index.js';
import type { commonFlags, FlagShape } from './flags.js';
import type { CliIo } from './io.js';

/** What a command leaves for the user. */
export interface CommandResult {
  /** What `--json` prints: one object. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What is printed otherwise, without the last line end; what `CommandContext.print` has printed is not in it. */
  readonly text: string;
  /** A check that did not hold: the result is printed all the same, this on stderr, and the exit code is 3. */
  readonly failedCheck?: string;
}

/** What a command may use besides its flags. */
export interface CommandContext {
  readonly io: CliIo;
  /** The command line as typed, for provenance: `coconut-lens record --model ...`. */
  readonly commandLine: string;
  /** Every flag of the command with its value, null where it has neither value nor default; without the common flags. */
  readonly config: Readonly<Record<string, JsonValue>>;
  /** Prints a part of the result as soon as it is ready, and an empty line between parts. @returns false with --json */
  print(text: string): boolean;
  /** Prints a line on stderr unless --quiet. */
  note(line: string): void;
  /** How far work is, and how that is shown. */
  readonly progress: 'bar' | 'plain' | 'none';
}

export type FlagValues<S extends FlagShape> = z.output<z.ZodObject<S & typeof commonFlags>>;

/** One command: its flags, and what it does. Heavy parts of the project are imported when it runs, not before. */
export interface CommandSpec<S extends FlagShape = FlagShape> {
  /** Words separated by blanks: `record`, `data inspect`. */
  readonly name: string;
  readonly summary: string;
  readonly flags: S;
  /** The flag that is given as a word of its own, without its name. */
  readonly positional?: string;
  /** Command lines that work as they stand in a checkout, without the program's name. */
  readonly examples: readonly string[];
  /** What its own help says beside its flags; made only when it is asked for. */
  readonly details?: () => Promise<string>;
  /** Whether an interrupt ends it wherever it is: it takes seconds, and keeps nothing. Others look at `io.signal`. */
  readonly abandoned?: boolean;
  run(flags: FlagValues<S>, context: CommandContext): Promise<CommandResult>;
}

/** Ties the types of a command's flags and of its `run` together. */
export function defineCommand<const S extends FlagShape>(spec: CommandSpec<S>): CommandSpec<S> {
  return spec;
}
