import { LensError } from './errors.js';
import { jsonProblem, parseJsonDocument } from './json-text.js';
import { readInput } from './read-input.js';

/**
 * The text of a file that a user names.
 *
 * @throws LensError naming the file and the reason
 */
export async function readTextFile(path: string): Promise<string> {
  try {
    return (await readInput(path)).toString('utf8');
  } catch (error) {
    if (error instanceof LensError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'it is a folder' : (code ?? String(error));
    throw new LensError(path, `cannot be read (${reason})`, 'name a result file', 'failure', error);
  }
}

/** @throws LensError if the text is no JSON */
export function parseJsonText(path: string, text: string): unknown {
  try {
    return parseJsonDocument(text);
  } catch (error) {
    throw new LensError(
      path,
      `is no JSON (${jsonProblem(error)})`,
      'give what a command wrote with --out or --json',
      'failure',
      error,
    );
  }
}
