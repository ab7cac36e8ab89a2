/** Levels of brackets that are read. What this project reads has a dozen. */
const DEEPEST = 200;

/**
 * JSON from outside. `JSON.parse` takes any number of brackets inside brackets, and whatever walks the value afterwards
 * (schemas, comparisons, `JSON.stringify`) then runs out of stack.
 *
 * @throws SyntaxError where the text is no JSON, or nests deeper than 200 levels
 */
export function parseJsonDocument(text: string): unknown {
  const value: unknown = JSON.parse(text);
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') for (i++; text[i] !== '"'; i++) i += text[i] === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > DEEPEST) throw new SyntaxError(`brackets are nested more than ${DEEPEST} deep`);
  }
  return value;
}

/** Why a text could not be parsed, on one line. */
export function jsonProblem(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}
