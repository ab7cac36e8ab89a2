import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import type { CoconutConfig, Gpt2Config } from '../../src/checkpoint/index.js';
import { formatGpt2Config, parseGpt2Config } from '../../src/checkpoint/gpt2-config.js';
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

describe('docs/models.md', () => {
  it('has every key of the coconut block, and an example that is one', () => {
    const page = read('docs/models.md');
    const config = {
      vocabSize: 50260,
      nPositions: 8,
      nEmbd: 4,
      nLayer: 1,
      nHead: 2,
      nInner: 16,
      layerNormEpsilon: 1e-5,
      tieWordEmbeddings: true,
      coconut: {
        format: 'english',
        method: 'coconut',
        thoughts: 6,
        latentTokens: { start: 50257, latent: 50259, end: 50258 },
        constructed: 'bfs',
        uniformProb: 0.1,
        stage: 6,
        cThought: 1,
        padLatentToMax: true,
        tokenizer: 'gpt2',
      },
    } satisfies Gpt2Config & { coconut: Required<CoconutConfig> };
    const file = JSON.parse(formatGpt2Config('config.json', config)) as { coconut: object };
    for (const key of Object.keys(file.coconut)) expect(page).toContain(`\n| \`${key}\` `);
    const example = JSON.parse(/```json\n([\s\S]+?)```/.exec(page)?.[1] ?? '') as object;
    expect(parseGpt2Config('example', { ...file, ...example }).coconut).toMatchObject({
      format: 'english',
      thoughts: 6,
    });
  });
});

describe('README.md', () => {
  const lines = [...readme.matchAll(/^npx coconut-lens (.+)$/gm)].map((match) => match[1]);

  it('shows every command', () => {
    const shown = COMMANDS.filter(({ name }) => lines.some((line) => line.startsWith(name)));
    expect(shown.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
  });

  it.each(lines)('shows a command line that parses: %s', async (line) => {
    const { code, stderr } = await cli([...line.split(' '), '--no-such-flag']);
    expect(code).toBe(2);
    expect(stderr).toContain("unknown option '--no-such-flag'");
  });
});
