// Parts of docs/cli.md: what a command does and its flags, from the schemas that the command line itself parses with.
import { COMMANDS } from '../../dist/cli/commands/index.js';
import { commonFlags, describeFlag } from '../../dist/cli/flags.js';

/** `<file>.json` in a text would be taken for HTML. */
const quoteNames = (text) => text.replaceAll(/<[^>]+>[^\s,;]*/g, (name) => `\`${name}\``);
const list = (flags) => flags.map(({ flags: typed, description }) => `- \`${typed}\`: ${quoteNames(description)}`);

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

/** `run a model ...` -> `Run a model ...`, with a full stop where nothing else ends it. */
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[?!.]$/.test(text) ? '' : '.'}`;

function commandFlags({ summary, ...command }) {
  const flags = flagsOf(command);
  const shared = flags.filter(isShared).map(({ flags: typed }) => `\`${typed.split(' ')[0]}\``);
  return [
    sentence(summary),
    '',
    ...list(flags.filter((flag) => !isShared(flag))),
    ...(shared.length > 0 ? [`- [shared](#shared-flags): ${shared.join(', ')}`] : []),
  ].join('\n');
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
  return list([...common, ...shared.values()]).join('\n');
}

/** The markdown for `shared`, or the summary and flags of the command of that name. */
export function cli(words) {
  if (words === 'shared') return sharedFlags();
  const command = COMMANDS.find(({ name }) => name === words);
  if (command === undefined) throw new Error(`docs: no command "${words}"`);
  return commandFlags(command);
}
