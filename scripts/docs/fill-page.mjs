import { format, resolveConfig } from 'prettier';

const OPENING = /^<!--generated: (\S+) ?(.*)-->$/m;
const CLOSING = '<!--end-->';

/**
 * A page of Markdown with its marked blocks generated anew, as prettier formats it; the same text where it has none.
 *
 * @param path of the page, for messages and for prettier's settings
 * @param generators by name, as in generators.mjs
 * @param library what they are given, before the mark's further words
 */
export async function fillPage(path, text, generators, library) {
  if (!OPENING.test(text)) return text;
  const filled = [];
  let open;
  for (const line of text.split('\n')) {
    const [, name, words] = OPENING.exec(line) ?? [];
    if (open === undefined) filled.push(line);
    if (name !== undefined) {
      if (open !== undefined) throw new Error(`${path}: ${open} is not closed before ${name}; write ${CLOSING}`);
      if (!Object.hasOwn(generators, name)) throw new Error(`${path}: nothing generates ${name}; see generators.mjs`);
      open = name;
      filled.push('', generators[name](library, words), '');
    } else if (line === CLOSING && open !== undefined) {
      filled.push(line);
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${path}: ${open} is not closed; write ${CLOSING}`);
  return format(filled.join('\n'), { ...(await resolveConfig(path)), parser: 'markdown' });
}
