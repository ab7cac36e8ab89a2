import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { page, ROOT } from './pages.js';

const { prose } = page('docs/errors.md');

/** Messages of the list: what an entry begins with. */
const messages = [...prose.matchAll(/^- `(.+?)`: /gm)]
  .map(([, message]) => message)
  .filter((text) => text.includes(' '));

/** Sources with their literals in one line each, as a message is. */
const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8').replaceAll(/\s+/g, ' '));

/** What a message says whatever its values are; problem and remedy are arguments of their own in the sources. */
function fixedParts(message: string): string[] {
  return message
    .split(/<[a-z ]+>|; /)
    .map((part) => part.trim())
    .filter((part) => /[a-z]{2}/.test(part));
}

/** Whether a source has all parts, one after the other. */
function hasInOrder(source: string, parts: readonly string[]): boolean {
  let at = 0;
  return parts.every((part) => {
    const found = source.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
}

const isInSources = (message: string): boolean => sources.some((source) => hasInOrder(source, fixedParts(message)));

describe('docs/errors.md', () => {
  it('has the five messages that need a word more', () => expect(messages).toHaveLength(5));

  it.each(messages)('has from the sources: %s', (message) => {
    expect(isInSources(message)).toBe(true);
  });

  it('would not have a message that nothing prints', () => {
    expect(isInSources('is truncated (<n> of <n> bytes); copy it again')).toBe(true);
    expect(isInSources('is shortened (<n> of <n> bytes); copy it again')).toBe(false);
    expect(isInSources('copy it again; is truncated (<n> of <n> bytes)')).toBe(false);
  });

  it('has every exit code', () => {
    const codes = [...prose.matchAll(/^- (\d+)(?: \(`\w+`\))?: /gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(EXIT));
  });
});
