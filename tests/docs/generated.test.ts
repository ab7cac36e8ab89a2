import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as claim from '../../src/claim/index.js';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { commonFlags, describeFlag } from '../../src/cli/flags.js';
import * as drawing from '../../src/drawing/index.js';
import { PAGES, ROOT } from './pages.js';

type Library = Readonly<Record<string, unknown>>;
type Generators = Readonly<Record<string, (library: Library, words: string) => string>>;

const load = async (file: string): Promise<unknown> =>
  import(new URL(`../../scripts/docs/${file}`, import.meta.url).href);

const { fillPage } = (await load('fill-page.mjs')) as {
  readonly fillPage: (path: string, text: string, generators: Generators, library: Library) => Promise<string>;
};
const { GENERATORS } = (await load('generators.mjs')) as { readonly GENERATORS: Generators };

const { POWER_PICTURE, powerSvg } = (await load('power.mjs')) as {
  readonly POWER_PICTURE: string;
  readonly powerSvg: (library: Library) => string;
};

const library = { claim, cli: { COMMANDS, commonFlags, describeFlag } };

describe('the generated blocks of the documentation', () => {
  it.each(PAGES.map(({ path, text }) => [path, text] as const))(
    'of %s are what its source gives today (else: npm run docs)',
    async (path, text) => {
      expect(await fillPage(join(ROOT, path), text, GENERATORS, library)).toBe(text);
    },
  );

  it('have a drawing that its source gives today (else: npm run docs)', () => {
    expect(powerSvg({ drawing })).toBe(readFileSync(join(ROOT, 'docs', POWER_PICTURE), 'utf8'));
  });

  it('are each in a page', () => {
    const all = PAGES.map(({ text }) => text).join('\n');
    for (const name of Object.keys(GENERATORS))
      expect(all).toMatch(new RegExp(`^<!--generated: ${name}( .*)?-->$`, 'm'));
  });
});

describe('fillPage', () => {
  const generators = { one: (_: Library, words: string) => `| a |\n| - |\n| ${words || 1} |` };
  const fill = (text: string): Promise<string> => fillPage(join(ROOT, 'docs/page.md'), text, generators, {});

  it('puts what is generated in the place of what was, formatted, and leaves the rest', async () => {
    expect(await fill('Before.\n\n<!--generated: one-->\nold\n<!--end-->\n\nAfter.\n')).toBe(
      'Before.\n\n<!--generated: one-->\n\n| a   |\n| --- |\n| 1   |\n\n<!--end-->\n\nAfter.\n',
    );
    expect(await fill('<!--generated: one b c-->\n<!--end-->\n')).toContain('| b c |');
    expect(await fill('No  block.')).toBe('No  block.');
  });

  it('refuses names that nothing generates and blocks that are left open', async () => {
    await expect(fill('<!--generated: two-->\n<!--end-->\n')).rejects.toThrow('nothing generates two');
    await expect(fill('<!--generated: one-->\n')).rejects.toThrow('one is not closed');
    await expect(fill('<!--generated: one-->\n<!--generated: one-->\n')).rejects.toThrow('one is not closed before');
  });
});
