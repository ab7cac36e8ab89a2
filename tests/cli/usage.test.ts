import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { flagName, parseFlags, wholeNumber } from '../../src/cli/flags.js';
import { VERSION } from '../../src/version.js';
import { z } from 'zod';
import { cli } from './support.js';

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
  ])('%s: one line on stderr, exit code 2', async (_, argv, message) => {
    const { code, stdout, stderr } = await cli(argv);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`coconut-lens: ${message}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync('o')).toBe(false);
  });
});

describe('flags', () => {
  it('are spelt with hyphens', () => {
    expect([flagName('model'), flagName('batchSize')]).toEqual(['--model', '--batch-size']);
  });

  it('refuse numbers that only look whole', () => {
    const schema = z.object({ n: wholeNumber() });
    expect(parseFlags(schema, { n: '12' })).toEqual({ n: 12 });
    for (const n of ['1.5', '1e3', '0x10', '', ' 1', '+1', '9'.repeat(16)]) {
      expect(() => parseFlags(schema, { n }), n).toThrow('--n: expected a whole number');
    }
  });
});
