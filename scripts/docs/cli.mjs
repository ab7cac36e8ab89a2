// What docs/cli.md takes from src/cli: what each command does and its flags, from the schemas that the command line parses with.

/** A flag that so many commands have in the same words is described once. */
const SHARED_FROM = 3;

/** `<file>.json` in a text would be taken for HTML. */
const quoteNames = (text) => text.replaceAll(/<[^>]+>[^\s,;]*/g, (name) => `\`${name}\``);
const list = (flags) => flags.map(({ flags: typed, description }) => `- \`${typed}\`: ${quoteNames(description)}`);

/** `run a model ...` -> `Run a model ...`, with a full stop where nothing else ends it. */
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[?!.]$/.test(text) ? '' : '.'}`;

const keyOf = ({ flags, description }) => `${flags} ${description}`;

/**
 * The summary and flags of a command; for `shared` the flags that every command has, or several in the same words.
 *
 * @param cli `COMMANDS`, `commonFlags` and `describeFlag` of src/cli
 * @param words the command's name, or `shared`
 */
export function commandMarkdown({ COMMANDS, commonFlags, describeFlag }, words) {
  const flagsOf = ({ flags, positional }) =>
    Object.entries(flags).map(([key, schema]) => {
      const described = describeFlag(key, schema);
      return key === positional ? { ...described, flags: described.flags.replace(/^\S+ /, '') } : described;
    });
  const counts = new Map();
  for (const flag of COMMANDS.flatMap(flagsOf)) counts.set(keyOf(flag), (counts.get(keyOf(flag)) ?? 0) + 1);
  const isShared = (flag) => counts.get(keyOf(flag)) >= SHARED_FROM;

  if (words === 'shared') {
    const common = flagsOf({ flags: commonFlags });
    const shared = COMMANDS.flatMap(flagsOf).filter(isShared);
    return list([...common, ...new Map(shared.map((flag) => [keyOf(flag), flag])).values()]).join('\n');
  }
  const command = COMMANDS.find(({ name }) => name === words);
  if (command === undefined) throw new Error(`docs: no command "${words}"`);
  const flags = flagsOf(command);
  // The command before may have most of them, in the same words.
  const before = flagsOf(COMMANDS[Math.max(0, COMMANDS.indexOf(command) - 1)]).map(keyOf);
  const asBefore =
    command === COMMANDS[0] ? [] : flags.filter((flag) => !isShared(flag) && before.includes(keyOf(flag)));
  const repeated = asBefore.length >= SHARED_FROM ? asBefore : [];
  const own = flags.filter((flag) => !isShared(flag) && !repeated.includes(flag));
  const others = [
    ['[shared](#shared-flags)', flags.filter(isShared)],
    ['as above', repeated],
  ]
    .filter(([, named]) => named.length > 0)
    .map(([place, named]) => `${place}: ${named.map(({ flags: typed }) => `\`${typed.split(' ')[0]}\``).join(', ')}`);
  return [sentence(command.summary), '', ...list(own), ...(others.length > 0 ? [`- ${others.join('; ')}`] : [])].join(
    '\n',
  );
}
