import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import type { CoconutConfig, Gpt2Config } from '../../src/checkpoint/index.js';
import { formatGpt2Config, parseGpt2Config } from '../../src/checkpoint/gpt2-config.js';
import { flagName } from '../../src/cli/flags.js';
import { officialItem } from '../../src/dataset/official-schema.js';
import { commandsOf, page, PAGES } from '../docs/pages.js';
import { cli } from './support.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const reference = read('docs/cli.md');

describe('docs/cli.md', () => {
  it('lists every command, in the order of the help', () => {
    const listed = [...reference.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(listed).toEqual(COMMANDS.map(({ name }) => name));
  });

  it.each(COMMANDS.map((spec) => [spec.name, spec] as const))('has every flag of %s', (name, { flags, positional }) => {
    const section = reference.split('\n### ').find((part) => part.startsWith(`${name}\n`));
    const named = Object.keys(flags).filter((key) => key !== positional);
    for (const key of named) expect(section, key).toContain(flagName(key));
  });
});

describe('docs/files.md', () => {
  const files = read('docs/files.md');

  it('has every field of an item', () => {
    const section = files.split('\n## ').find((part) => part.startsWith('Items\n')) ?? '';
    const fields = [...section.matchAll(/^- `(\w+)`: /gm)].map(([, field]) => field);
    expect(fields).toEqual(Object.keys(officialItem.shape));
  });

  it('has every key of the coconut block, and an example that is one', () => {
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
        latentNames: { start: '<bot>', latent: '<thought>', end: '<eot>' },
        constructed: 'bfs',
        uniformProb: 0.1,
        stage: 6,
        cThought: 1,
        padLatentToMax: true,
        tokenizer: 'gpt2',
      },
    } satisfies Gpt2Config & { coconut: Required<CoconutConfig> };
    const file = JSON.parse(formatGpt2Config('config.json', config)) as { coconut: object };
    for (const key of Object.keys(file.coconut)) expect(files).toContain(`\n- \`${key}\` (`);
    const example = JSON.parse(/```json\n([\s\S]+?)```/.exec(files)?.[1] ?? '') as object;
    expect(parseGpt2Config('example', { ...file, ...example }).coconut).toMatchObject({
      format: 'english',
      thoughts: 6,
    });
  });
});

describe('README.md', () => {
  it('shows every command', () => {
    const lines = commandsOf(page('README.md')).map(({ line }) => line);
    const shown = COMMANDS.filter(({ name }) => lines.some((line) => line.startsWith(name)));
    expect(shown.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
  });
});

describe('the command lines of all pages', () => {
  const lines = PAGES.flatMap(commandsOf);
  const shown = [...new Map(lines.map(({ line, path }) => [line, path]))].filter(([line]) => line !== '...');

  afterEach(() => vi.restoreAllMocks());

  /** Runs a command line up to where its command would begin: words, flags and values have been accepted. */
  async function accepted(line: string): Promise<string> {
    const runs = COMMANDS.map((spec) => vi.spyOn(spec, 'run').mockResolvedValue({ json: {}, text: '' }));
    const { code, stdout, stderr } = await cli(shellWords(line));
    const isHelp = code === 0 && stdout.startsWith('Usage: coconut-lens ');
    return isHelp || runs.some((run) => run.mock.calls.length === 1) ? '' : stderr;
  }

  /** As a shell takes it: quotes keep blanks, what is piped or redirected is not the command's. */
  function shellWords(line: string): string[] {
    const [command] = line.split(/ (?:[|>]|2>|&&) ?/);
    return [...command.matchAll(/'[^']*'|"[^"]*"|\S+/g)].map(([word]) => word.replace(/^(['"])(.*)\1$/, '$2'));
  }

  it.each(shown)('are accepted: %s (%s)', async (line, path) => {
    // Pages of errors show what is refused; those lines are run, and their messages compared, by tests/docs.
    if (path === 'docs/errors.md') return;
    expect(await accepted(line)).toBe('');
  });

  it('would be refused with a flag that is unknown, a value that is malformed, or without what is required', async () => {
    expect(await accepted('doctor --no-such-flag')).toContain("unknown option '--no-such-flag'");
    expect(await accepted('claim --model x --n many')).toContain('--n: expected a whole number');
    expect(await accepted('frontier')).toContain('--recording');
    expect(await accepted('frontier --recording x')).toBe('');
  });
});
