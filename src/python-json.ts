/** Strings, which stay, and the numbers that Python writes and JSON does not have. */
const STRING_OR_CONSTANT = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/gs;

/**
 * JSON as Python's `json` module may write it: `NaN`, `Infinity` and `-Infinity` stand for numbers. `NaN` becomes null, so
 * that a setting that needs it is found out where it is validated, and one that nobody reads does no harm.
 *
 * @param text what a file holds, without a byte-order mark
 * @returns JSON that `JSON.parse` reads
 * @throws SyntaxError if it is not JSON even so
 */
export function fromPythonJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    const json = text.replace(STRING_OR_CONSTANT, (token) =>
      token === 'NaN' ? 'null' : token.startsWith('"') ? token : token.replace('Infinity', '1e999'),
    );
    if (json === text) throw error;
    JSON.parse(json);
    return json;
  }
}
