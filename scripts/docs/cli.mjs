// Tables of docs/cli.md: the commands and their flags, from the schemas that the command line itself parses with.
import { COMMANDS } from '../../dist/cli/commands/index.js';
import { commonFlags, describeFlag } from '../../dist/cli/flags.js';

const row = (...cells) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
/** `<file>.json` in a text would be taken for HTML. */
const quoteNames = (text) => text.replaceAll(/<[^>]+>[^\s,;]*/g, (name) => `\`${name}\``);

/** A command's flags without those of every command: what is typed, and what it means. */
function flagsOf({ flags, positional }) {
  return Object.entries(flags).map(([key, schema]) => {
    const described = describeFlag(key, schema);
    return key === positional ? { ...described, flags: described.flags.replace(/^\S+ /, '') } : described;
  });
}

const keyOf = ({ flags, description }) => `${flags} ${description}`;

/** A flag that so many commands have in the same words is described once. */
const SHARED_FROM = 3;

/** How many commands have a flag in the same words. */
const counts = new Map();
for (const flag of COMMANDS.flatMap(flagsOf)) counts.set(keyOf(flag), (counts.get(keyOf(flag)) ?? 0) + 1);
const isShared = (flag) => counts.get(keyOf(flag)) >= SHARED_FROM;

const table = (flags) =>
  [
    row('flag', 'meaning'),
    row('---', '---'),
    ...flags.map(({ flags: typed, description }) => row(`\`${typed}\``, quoteNames(description))),
  ].join('\n');

function commandFlags(command) {
  const flags = flagsOf(command);
  const own = flags.filter((flag) => !isShared(flag));
  const others = flags.filter(isShared).map(({ flags: typed }) => `\`${typed.split(' ')[0]}\``);
  const parts = [];
  if (own.length > 0) parts.push(table(own));
  if (others.length > 0) parts.push(`[Shared flags](#shared-flags): ${others.join(', ')}.`);
  return parts.join('\n\n');
}

function sharedFlags() {
  const common = Object.entries(commonFlags).map(([key, schema]) => {
    const { flags, description } = describeFlag(key, schema);
    return { flags, description: `${description} (every command)` };
  });
  const shared = new Map(
    COMMANDS.flatMap(flagsOf)
      .filter(isShared)
      .map((flag) => [keyOf(flag), flag]),
  );
  return table([...common, ...shared.values()]);
}

function commands() {
  return [
    row('command', 'what it does'),
    row('---', '---'),
    ...COMMANDS.map(({ name, summary }) => row(`\`${name}\``, summary)),
  ].join('\n');
}

/** The markdown for `commands`, `shared`, or the flags of the command of that name. */
export function cli(words) {
  if (words === 'commands') return commands();
  if (words === 'shared') return sharedFlags();
  const command = COMMANDS.find(({ name }) => name === words);
  if (command === undefined) throw new Error(`docs: no command "${words}"`);
  return commandFlags(command);
}
