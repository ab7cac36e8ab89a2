import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { LensError } from '../errors.js';
import { jsonProblem, parseJsonDocument } from '../json-text.js';
import { readInput } from '../read-input.js';
import { fromPythonJson } from '../python-json.js';

/** The text files of one folder, each hashed as it is read, so that what was read can be told apart later. */
export class HashedFiles {
  readonly #hashes = new Map<string, string>();

  /** @param remedy what to do about a file that is damaged, for messages */
  constructor(
    readonly folder: string,
    private readonly remedy: string,
  ) {}

  /** SHA-256 in hexadecimal of every file that was read so far, by name. */
  get hashes(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** @returns undefined if there is no such file. @throws LensError if it cannot be read or is not UTF-8 */
  async text(name: string): Promise<string | undefined> {
    const path = this.path(name);
    let bytes: Uint8Array;
    try {
      bytes = await readInput(path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      if (error.code === 'ENOENT') return undefined;
      throw new LensError(
        path,
        `cannot be read (${error.message})`,
        'check the path and the permissions',
        'failure',
        error,
      );
    }
    this.#hashes.set(name, createHash('sha256').update(bytes).digest('hex'));
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (error) {
      throw new LensError(path, 'not text in UTF-8', this.remedy, 'failure', error);
    }
  }

  /** @returns undefined if there is no such file. @throws LensError if it cannot be read or is not JSON */
  async json(name: string): Promise<unknown> {
    const text = await this.text(name);
    if (text === undefined) return undefined;
    try {
      return parseJsonDocument(fromPythonJson(text));
    } catch (error) {
      throw new LensError(this.path(name), `not valid JSON (${jsonProblem(error)})`, this.remedy, 'failure', error);
    }
  }
}
