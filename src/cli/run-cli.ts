import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { InterruptedError, LensError } from '../errors.js';
import type { JsonValue } from '../recording/index.js';
import { escapeControls, messageLine, terminalText } from '../terminal.js';
import { VERSION } from '../version.js';
import { abandonAt } from './abandon.js';
import type { CommandContext, CommandResult, CommandSpec } from './command.js';
import { COMMANDS } from './commands/index.js';
import { EXIT, exitCodeOf, type ExitCode } from './exit-codes.js';
import { addArgument, addFlags, commonFlags, parseFlags } from './flags.js';
import type { CliIo } from './io.js';
import { withFileLimit } from './open-files.js';

const PROGRAM = 'coconut-lens';

/** A word as a shell would need it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * Runs one command line.
 *
 * @param argv the words after the program's name
 * @returns the exit code: 0 done, 1 failure, 2 usage, 3 a check did not hold, 130 interrupted
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const commandLine = [PROGRAM, ...argv].map(quote).join(' ');
  const program = new Command(PROGRAM)
    .description(
      'Records the continuous thoughts of Coconut language models and reads them: is it breadth-first search?',
    )
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(`${PROGRAM}: ${messageLine(text.replace(/^error: /, '').trimEnd())}\n`),
    });
  const asksForHelp = argv.some((word) => word === '-h' || word === '--help');
  for (const spec of COMMANDS) {
    const command = addCommand(program, spec, io, commandLine, (result) => {
      code = result;
    });
    if (spec.details !== undefined && asksForHelp && argv[0] === spec.name)
      command.addHelpText('after', `\n${await spec.details()}`);
    command.addHelpText('after', `\nExamples:\n${examples(spec.examples)}`);
  }
  program.addHelpText('after', `\nExamples:\n${examples(COMMANDS.flatMap((spec) => spec.examples.slice(0, 1)))}`);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const reason = withFileLimit(error);
    report(reason, io, argv.includes('--debug'));
    return exitCodeOf(reason);
  }
}

function examples(lines: readonly string[]): string {
  return lines.map((line) => `  $ ${PROGRAM} ${line}`).join('\n');
}

/** The first words of commands of two. */
const GROUPS: Readonly<Record<string, string>> = {
  data: 'make items, and look at them',
  probe: 'ask what thoughts encode, with controls',
};

/** The parent of a command of several words, made where it is missing. */
function groupFor(program: Command, words: readonly string[]): Command {
  return words.reduce(
    (parent, word) =>
      parent.commands.find((command) => command.name() === word) ??
      parent.command(word).description(GROUPS[word]).helpCommand(false),
    program,
  );
}

function addCommand(
  program: Command,
  spec: CommandSpec,
  io: CliIo,
  commandLine: string,
  done: (code: ExitCode) => void,
): Command {
  const words = spec.name.split(' ');
  const command = groupFor(program, words.slice(0, -1))
    .command(words[words.length - 1])
    .summary(spec.summary)
    .description(spec.summary)
    .allowExcessArguments(false);
  const { positional } = spec;
  const named = Object.entries(spec.flags).filter(([name]) => name !== positional);
  addFlags(command, { ...Object.fromEntries(named), ...commonFlags });
  if (positional !== undefined) addArgument(command, spec.flags[positional]);
  command.action(async () => {
    const raw = { ...command.opts(), ...(positional === undefined ? {} : { [positional]: command.args[0] }) };
    const flags = parseFlags(z.strictObject({ ...spec.flags, ...commonFlags }), raw);
    const { quiet, json, progress } = flags;
    const values = flags as Readonly<Record<string, JsonValue | undefined>>;
    let printed = false;
    const print = (text: string): boolean => {
      if (json || text === '') return false;
      io.stdout.write(`${printed ? '\n' : ''}${terminalText(text)}\n`);
      printed = true;
      return true;
    };
    const context: CommandContext = {
      io,
      commandLine,
      config: Object.fromEntries(Object.keys(spec.flags).map((name) => [name, values[name] ?? null])),
      progress: quiet ? 'none' : progress === 'auto' ? (io.stderr.isTTY === true ? 'bar' : 'plain') : progress,
      print,
      note: (line) => {
        if (!quiet) io.stderr.write(`${terminalText(line)}\n`);
      },
    };
    const run = (): Promise<CommandResult> => spec.run(flags, context);
    const result = await (spec.abandoned === true
      ? abandonAt(io.signal, `interrupted: ${spec.name} keeps nothing`, run)
      : run());
    if (json) io.stdout.write(`${escapeControls(JSON.stringify(result.json))}\n`);
    else print(result.text);
    if (result.failedCheck === undefined) return;
    io.stderr.write(`${PROGRAM}: ${messageLine(result.failedCheck)}\n`);
    done(EXIT.check);
  });
  return command;
}

/** One line about an error; the stack only of a defect, and only when asked for. */
function report(error: unknown, io: CliIo, debug: boolean): void {
  if (error instanceof LensError || error instanceof InterruptedError) {
    io.stderr.write(`${PROGRAM}: ${messageLine(error.message)}\n`);
    return;
  }
  const showStack = debug || (io.env['DEBUG'] ?? '') !== '';
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const hint = showStack ? '' : '; this is a defect of coconut-lens, --debug shows where';
  io.stderr.write(`${PROGRAM}: ${messageLine(message)}${hint}\n`);
  if (showStack && error instanceof Error) io.stderr.write(`${terminalText(error.stack ?? '')}\n`);
}
