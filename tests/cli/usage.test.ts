import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { flagName, parseFlags, paths, wholeNumber } from '../../src/cli/flags.js';
import { VERSION } from '../../src/version.js';
import { z } from 'zod';
import { cli, temporaryFolder } from './support.js';

const RECORD = ['record', '--model', 'm', '--items', 'i', '--out', 'o'];

describe('help', () => {
  it('is printed on stdout when asked for, and names every command', async () => {
    const { code, stdout, stderr } = await cli(['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const { name } of COMMANDS) expect(stdout).toContain(name.split(' ')[0]);
  });

  it('is printed on stderr, as an error, when no command is given', async () => {
    const { code, stdout, stderr } = await cli([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: coconut-lens');
  });

  it.each(COMMANDS.map(({ name }) => [name]))('of %s has its flags, their defaults and examples', async (name) => {
    const { code, stdout } = await cli([...name.split(' '), '--help']);
    expect(code).toBe(0);
    for (const flag of ['--json', '--quiet', '--debug', '--help']) expect(stdout).toContain(flag);
    expect(stdout).toContain(`$ coconut-lens ${name}`);
  });

  it('says which flags are required and what the others default to', async () => {
    const { stdout } = await cli(['record', '--help']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '--batch-size <n> items that go through the model at once (default: 16)',
    );
    expect(stdout.replace(/\s+/g, ' ')).toContain('--out <dir> folder to make (required)');
  });
});

describe('examples', () => {
  const lines = COMMANDS.flatMap(({ name, examples }) => examples.map((example) => [name, example] as const));

  it.each(lines)('of %s parse: %s', async (name, example) => {
    expect(example.startsWith(name)).toBe(true);
    // With --help behind them nothing runs, but a flag that does not exist is still refused.
    const { stderr } = await cli([...example.split(' '), '--no-such-flag']);
    expect(stderr).toContain("unknown option '--no-such-flag'");
    expect(stderr).not.toContain('missing');
  });
});

describe('--version', () => {
  it('prints the version of package.json', async () => {
    expect(await cli(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
    expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('usage errors', () => {
  it.each([
    ['an unknown command', ['recrod'], "unknown command 'recrod' (Did you mean record?)"],
    ['an unknown subcommand', ['data', 'inspct'], "unknown command 'inspct' (Did you mean inspect?)"],
    ['an unknown flag', ['record', '--modle', 'm'], "unknown option '--modle' (Did you mean --model?)"],
    ['a missing flag', ['record', '--model', 'm'], '--items: is missing; see --help'],
    ['a flag without its value', ['record', '--model'], "option '--model <dir>' argument missing"],
    ['a word too many', [...RECORD, 'extra'], "too many arguments for 'record'. Expected 0 arguments but got 1."],
    ['a number that is none', [...RECORD, '--limit', 'ten'], '--limit: expected a whole number of at least 1 ("ten")'],
    [
      'a number too small',
      [...RECORD, '--batch-size', '0'],
      '--batch-size: expected a whole number of at least 1 ("0")',
    ],
    [
      'a negative seed',
      [...RECORD, '--seed', '-1'],
      '--seed: expected a whole number from 0 to 999999999999999 ("-1")',
    ],
    [
      'a seed too large',
      [...RECORD, '--seed', '9'.repeat(16)],
      '--seed: expected a whole number of at most 999999999999999 ("9999999999999999")',
    ],
    ['an empty path', ['record', '--model', '', '--items', 'i', '--out', 'o'], '--model: is empty; see --help'],
    ['an empty path with a default', ['demo', '--out', ''], '--out: is empty; see --help'],
    [
      'too few resamples',
      ['frontier', '--recording', 'r', '--resamples', '99'],
      '--resamples: expected a whole number of at least 100 ("99")',
    ],
    [
      'an unknown engine',
      [...RECORD, '--engine', 'cuda'],
      '--engine: expected one of onnxruntime, tfjs-gpu, tfjs-node, cpu ("cuda")',
    ],
    [
      'a list that is none',
      ['evaluate', '--model', 'm', '--items', 'i', '--thoughts', '0-6'],
      '--thoughts: expected whole numbers with commas between ("0-6")',
    ],
    [
      'a share above 1',
      ['evaluate', '--model', 'm', '--items', 'i', '--fail-under', '95'],
      '--fail-under: expected a number from 0 to 1 ("95")',
    ],
    [
      'a readout misspelt',
      ['readout', 'tre', '--model', 'm', '--items', 'i'],
      '("tre"); see --help, did you mean tree?',
    ],
    ['a method misspelt', ['train', '--method', 'Coconutt', '--out', 'o'], '; see --help, did you mean coconut?'],
    ['a preset misspelt', ['train', '--preset', 'smal', '--out', 'o'], '; see --help, did you mean small?'],
    ['an engine misspelt', [...RECORD, '--engine', 'tfjs-gup'], '; see --help, did you mean tfjs-gpu?'],
    ['one of several models misspelt', ['calibrate', '--models', 'bfs,gredy'], '; see --help, did you mean greedy?'],
    ['nothing near', ['train', '--method', 'xyz', '--out', 'o'], '("xyz"); see --help\n'],
    [
      'a number of items of a file',
      ['claim', '--model', 'm', '--items', 'i', '--n', '30'],
      '--n: is the number of fresh items, and --items names a file (30); give one of them',
    ],
    [
      'a limit on fresh items',
      ['claim', '--model', 'm', '--limit', '30'],
      '--limit: is for the items of a file (30); give --items',
    ],
    [
      'node numbers of fresh items',
      ['claim', '--model', 'm', '--permute-ids', '0'],
      '--permute-ids: is for the items of a file (0); give --items',
    ],
  ])('%s: one line on stderr, exit code 2', async (_, argv, message) => {
    const { code, stdout, stderr } = await cli(argv);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^coconut-lens: [^\n]+\n$/);
    expect(existsSync('o')).toBe(false);
  });
});

describe('flags', () => {
  it('are spelt with hyphens', () => {
    expect([flagName('model'), flagName('batchSize')]).toEqual(['--model', '--batch-size']);
  });

  it('take paths with commas between, and with a comma in them', () => {
    const schema = z.object({ models: paths });
    expect(parseFlags(schema, { models: 'a,b\\,c' })).toEqual({ models: ['a', 'b,c'] });
    const folder = join(temporaryFolder(), 'one,two');
    mkdirSync(folder);
    expect(() => parseFlags(schema, { models: folder })).toThrow(
      "--models: is one path with a comma, which is written '\\,'",
    );
    expect(parseFlags(schema, { models: folder.replace(',', '\\,') })).toEqual({ models: [folder] });
  });

  it('refuse numbers that only look whole', () => {
    const schema = z.object({ n: wholeNumber() });
    expect(parseFlags(schema, { n: '12' })).toEqual({ n: 12 });
    for (const n of ['1.5', '1e3', '0x10', '', ' 1', '+1', '9'.repeat(16)]) {
      expect(() => parseFlags(schema, { n }), n).toThrow('--n: expected a whole number');
    }
  });
});
