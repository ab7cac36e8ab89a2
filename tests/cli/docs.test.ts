import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { flagName } from '../../src/cli/flags.js';
import { cli } from './support.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const reference = read('docs/cli.md');
const readme = read('README.md');

describe('docs/cli.md', () => {
  it.each(COMMANDS.map((spec) => [spec.name, spec] as const))('has every flag of %s', (name, { flags, positional }) => {
    // "as for `record`" covers what evaluate shares with it, so the flag's name is all that is asked for.
    const section = reference.split('\n### ').find((part) => part.startsWith(`${name}\n`));
    const named = Object.keys(flags).filter((key) => key !== positional);
    for (const key of named) expect(section, key).toContain(flagName(key));
  });
});

describe('README.md', () => {
  const lines = [...readme.matchAll(/^npx coconut-lens (.+)$/gm)].map((match) => match[1]);

  it('shows every command but the demo, which npm run demo is', () => {
    const shown = COMMANDS.filter(({ name }) => lines.some((line) => line.startsWith(name)));
    expect(shown.map(({ name }) => name).sort()).toEqual(
      COMMANDS.map(({ name }) => name)
        .filter((name) => name !== 'demo')
        .sort(),
    );
  });

  it.each(lines)('shows a command line that parses: %s', async (line) => {
    const { code, stderr } = await cli([...line.split(' '), '--no-such-flag']);
    expect(code).toBe(2);
    expect(stderr).toContain("unknown option '--no-such-flag'");
  });
});
