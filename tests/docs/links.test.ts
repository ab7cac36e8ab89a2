import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf, page, PAGES, ROOT, type DocsPage } from './pages.js';

/** Path of a link's target from the root, and its anchor. */
function resolve({ path }: DocsPage, link: string): { target: string; anchor: string | undefined } {
  const [file, anchor] = link.split('#');
  return { target: file === '' ? path : normalize(join(dirname(path), file)), anchor };
}

const isRelative = (link: string): boolean => !/^[a-z]+:/.test(link);

describe('the pages', () => {
  it.each(PAGES.map((one) => [one.path, one] as const))(
    '%s: every link within the project leads somewhere',
    (_, one) => {
      const dead = linksOf(one)
        .filter(isRelative)
        .filter((link) => {
          const { target, anchor } = resolve(one, link);
          if (target.startsWith('..') || !existsSync(join(ROOT, target))) return true;
          if (anchor === undefined) return false;
          const there = PAGES.find(({ path }) => path === target);
          return there === undefined || !anchorsOf(there).includes(anchor);
        });
      expect(dead).toEqual([]);
    },
  );

  it.each(PAGES.map((one) => [one.path, one] as const))('%s: links out of the project are encrypted', (_, one) => {
    expect(linksOf(one).filter((link) => !isRelative(link) && !link.startsWith('https://'))).toEqual([]);
  });

  it('are reached from the README, those of docs/ by a link in it', () => {
    const named = linksOf(page('README.md')).map((link) => resolve(page('README.md'), link).target);
    expect(PAGES.map(({ path }) => path).filter((path) => path !== 'README.md' && !named.includes(path))).toEqual([]);
  });
});

describe('what finds links and headings', () => {
  const text = {
    path: 'docs/x.md',
    text: '',
    blocks: [],
    prose: '# A `code`, and: a [link](y.md#z)!\n\n## F1 – Was ist’s\n\n[a](b.md) `[no](link)` ![p](img/p.png)',
  };

  it('gives the anchors that GitHub gives', () => {
    expect(anchorsOf(text)).toEqual(['a-code-and-a-link', 'f1--was-ists']);
  });

  it('takes links and pictures, but none out of code', () => {
    expect(linksOf(text)).toEqual(['y.md#z', 'b.md', 'img/p.png']);
  });
});
