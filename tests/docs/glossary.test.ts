import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { page, ROOT } from './pages.js';

const api = readdirSync(join(ROOT, 'src', 'api')).map((file) => readFileSync(join(ROOT, 'src', 'api', file), 'utf8'));

/** Whether it is a file or folder of the sources, or a name of the public API. */
function isThere(name: string): boolean {
  return existsSync(join(ROOT, 'src', name)) || api.some((text) => new RegExp(`^ {2}${name},$`, 'm').test(text));
}

describe('docs/glossary.md', () => {
  const places = page('docs/glossary.md').prose.matchAll(/^- \*\*.+?\*\* \(`([^`]+)`\): /gm);
  const names = [...places].map(([, name]) => name);

  it('says where each term is computed', () => expect(names.length).toBeGreaterThan(25));

  it.each(names)('names a place that is there: %s', (name) => {
    expect(isThere(name)).toBe(true);
  });

  it('would not name one that is not', () => {
    expect(isThere('claim/threshold.ts')).toBe(false);
    expect(isThere('transplant')).toBe(false);
  });
});
