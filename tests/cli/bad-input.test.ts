import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeGpt2 } from '../../src/checkpoint/index.js';
import { formatItems, type Item } from '../../src/dataset/index.js';
import { symbolicPrompt } from '../../src/tokenizer/index.js';
import { constructedBfs } from '../../src/model/constructed/index.js';
import { cli, readJson, temporaryFolder, testItems, workbench } from './support.js';

let bench: Awaited<ReturnType<typeof workbench>>;

beforeAll(async () => {
  bench = await workbench(2);
});

/** Everything under a folder, to see that a failed command left nothing behind. */
function listing(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

/** A copy of the good model with one file replaced. */
function spoiltModel(file: 'config.json' | 'model.safetensors', content: Buffer | string): string {
  const folder = temporaryFolder();
  for (const name of ['config.json', 'model.safetensors']) copyFileSync(join(bench.model, name), join(folder, name));
  writeFileSync(join(folder, file), content);
  return folder;
}

/** Records, expects one line and exit code 1, and expects that nothing was written. */
async function refuses(model: string, items: string, message: RegExp): Promise<void> {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await cli([
    'record',
    '--model',
    model,
    '--items',
    items,
    '--out',
    join(folder, 'out'),
    '--quiet',
  ]);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('    at ');
  expect(stdout).toBe('');
  expect(code).toBe(1);
  expect(listing(folder)).toEqual([]);
}

const weights = (): Buffer => readFileSync(join(bench.model, 'model.safetensors'));

/** The good weights with another header of the same tensors' data. */
function withHeader(change: (header: Record<string, { data_offsets: [number, number] }>) => void): Buffer {
  const bytes = weights();
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  change(header);
  const text = Buffer.from(JSON.stringify(header));
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([field, text, bytes.subarray(8 + length)]);
}

describe('a model that is not right', () => {
  it('missing folder', async () => {
    await refuses(join(bench.folder, 'nowhere'), bench.items, /nowhere: no such folder; pass a folder with/);
  });

  it('truncated weights', async () => {
    const model = spoiltModel('model.safetensors', weights().subarray(0, 100_000));
    await refuses(model, bench.items, /model\.safetensors: .*the file was cut short/);
  });

  it('a header larger than the file', async () => {
    const bytes = weights();
    bytes.writeBigUInt64LE(2n ** 40n, 0);
    await refuses(
      spoiltModel('model.safetensors', bytes),
      bench.items,
      /model\.safetensors: the header length is above/,
    );
  });

  it('overlapping tensors', async () => {
    const bytes = withHeader((header) => {
      const [first, second] = Object.keys(header).filter((name) => name !== '__metadata__');
      const size = header[second].data_offsets[1] - header[second].data_offsets[0];
      const start = header[first].data_offsets[0];
      header[second].data_offsets = [start, start + size];
    });
    await refuses(spoiltModel('model.safetensors', bytes), bench.items, /model\.safetensors: .* overlap /);
  });

  it('a config that does not match the weights', async () => {
    const config = { ...(readJson(join(bench.model, 'config.json')) as object), n_layer: 3 };
    await refuses(
      spoiltModel('config.json', JSON.stringify(config)),
      bench.items,
      /do not match config\.json \(n_layer is 3/,
    );
  });

  it('a config that says nothing of Coconut', async () => {
    const config = readJson(join(bench.model, 'config.json')) as Record<string, unknown>;
    delete config['coconut'];
    await refuses(
      spoiltModel('config.json', JSON.stringify(config)),
      bench.items,
      /config\.json: does not say what kind of Coconut model this is \(no "coconut" block\); add one/,
    );
  });
});

describe('items that are not right', () => {
  function spoiltItems(change: (items: Record<string, unknown>[]) => void): string {
    const items = readJson(bench.items) as Record<string, unknown>[];
    change(items);
    const path = join(temporaryFolder(), 'items.json');
    writeFileSync(path, JSON.stringify(items));
    return path;
  }

  it('an edge that names a missing node', async () => {
    const items = spoiltItems(([, second]) => {
      second['edges'] = [...(second['edges'] as unknown[]), [0, 99]];
    });
    await refuses(bench.model, items, /items\.json item 1: .*99/);
    const { code, stderr } = await cli(['data', 'inspect', '--items', items]);
    expect([code, stderr.includes('item 1')]).toEqual([1, true]);
  });

  it('no list', async () => {
    const path = join(temporaryFolder(), 'items.json');
    writeFileSync(path, '{}');
    await refuses(bench.model, path, /items\.json: expected a JSON list of items/);
  });

  it('no file', async () => {
    await refuses(bench.model, join(bench.folder, 'nowhere.json'), /nowhere\.json: no such file/);
  });
});

describe('items that do not fit the model', () => {
  /** Item 2 of three does not; the first two have 6 tokens fewer, or none too many. */
  async function narrow(nPositions: number): Promise<string> {
    const { config, tensors } = constructedBfs();
    const model = join(temporaryFolder(), 'model');
    const wpe = tensors['wpe.weight'];
    await writeGpt2(model, {
      config: { ...config, nPositions },
      tensors: {
        ...tensors,
        'wpe.weight': { shape: [nPositions, config.nEmbd], data: wpe.data.slice(0, nPositions * config.nEmbd) },
      },
    });
    return model;
  }

  const lengths = testItems(2).map((item) => symbolicPrompt(item).length);
  const [most, least] = [Math.max(...lengths), Math.min(...lengths)];

  async function run(command: string, model: string, ...more: string[]) {
    const folder = temporaryFolder();
    const out = command === 'record' ? ['--out', join(folder, 'out')] : [];
    const result = await cli([command, '--model', model, '--items', bench.items, ...out, ...more, '--quiet']);
    expect(listing(folder)).toEqual([]);
    expect(result.stdout).toBe('');
    return result;
  }

  it('one that is too long is named by its place in the file, before anything is written', async () => {
    expect(least).toBeLessThan(most);
    const index = lengths.indexOf(most);
    // The model's own 6 thoughts; evaluate reads [A] behind them.
    for (const [command, positions, following] of [
      ['record', most + 5, 0],
      ['evaluate', most + 6, 1],
    ] as const) {
      const { code, stderr } = await run(command, await narrow(positions));
      expect(stderr).toBe(
        `coconut-lens: ${bench.items} item ${index}: does not fit the model (${most} tokens, 6 thoughts and ${following} ` +
          `positions after them; the model reads ${positions}); leave it out, or ask for fewer thoughts\n`,
      );
      expect(code).toBe(1);
    }
  });

  it('for --thoughts alone are a usage error that says how many would do', async () => {
    const model = await narrow(most + 10);
    const record = await run('record', model, '--thoughts', '11');
    expect(record.stderr).toMatch(
      /^coconut-lens: --thoughts: so many do not fit the model \(11; .*; ask for at most 10\n$/,
    );
    expect(record.code).toBe(2);
    const evaluate = await run('evaluate', model, '--thoughts', '1,10');
    expect(evaluate.stderr).toMatch(/^coconut-lens: --thoughts: so many .* \(10; .*; ask for at most 9\n$/);
    expect(evaluate.code).toBe(2);
    expect((await cli(['evaluate', '--model', model, '--items', bench.items, '--thoughts', '9'])).code).toBe(0);
  });

  it('one with too many nodes for the wording is named likewise', async () => {
    const nodes = Array.from({ length: 33 }, (_, node) => `n${node}`);
    const [first] = readJson(bench.items) as Record<string, unknown>[];
    const path = join(temporaryFolder(), 'items.json');
    const large = { ...testItems(1)[0], id: 'large' };
    const grown: Item = { ...large, names: [...large.names, ...nodes.slice(large.names.length)] };
    writeFileSync(path, JSON.stringify([first, ...(JSON.parse(formatItems([grown])) as unknown[])]));
    await refuses(bench.model, path, /items\.json item 1: has 33 nodes, the symbolic vocabulary 31/);
  });
});

describe('a folder that is no recording', () => {
  it.each([
    ['frontier', []],
    ['report', ['--out', 'never.html']],
  ])('%s says so', async (command, more) => {
    const folder = temporaryFolder();
    const { code, stderr } = await cli([command, '--recording', folder, ...more]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `coconut-lens: ${folder}: is not a recording (it has no metadata.json); name a folder made by record\n`,
    );
    expect(existsSync('never.html')).toBe(false);
  });
});

describe('a place that cannot be written', () => {
  it('record names it', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const out = join(file, 'out');
    const { code, stderr } = await cli([
      'record',
      '--model',
      bench.model,
      '--items',
      bench.items,
      '--out',
      out,
      '--quiet',
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^coconut-lens: .*ENOTDIR.*\n$/);
    expect(statSync(file).size).toBe(0);
  });

  it('report and --csv name it, and leave no draft', async () => {
    const folder = temporaryFolder();
    const recording = join(folder, 'recording');
    await cli(['record', '--model', bench.model, '--items', bench.items, '--out', recording]);
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    const read = ['--recording', recording, '--resamples', '100'];
    for (const argv of [
      ['report', ...read, '--out', taken],
      ['frontier', ...read, '--csv', taken],
    ]) {
      expect(await cli(argv)).toEqual({
        code: 2,
        stdout: '',
        stderr: `coconut-lens: ${taken}: is a folder; name a file\n`,
      });
    }
    // Here the writing itself fails: the file's folder would be a file.
    const file = join(recording, 'metadata.json', 'file');
    for (const argv of [
      ['report', ...read, '--out', file],
      ['frontier', ...read, '--csv', file],
    ]) {
      const { code, stdout, stderr } = await cli(argv);
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^coconut-lens: .*file: cannot be written \(.*\); choose a folder .*\n$/);
    }
    expect(readdirSync(folder).sort()).toEqual(['recording', 'taken']);
  });

  it.skipIf(!existsSync('/proc/self'))('import does not wait for ever (skipped where there is no /proc)', async () => {
    const { code, stderr } = await cli(['import', bench.model, '--out', '/proc/coconut-lens/deep', '--quiet']);
    expect(stderr).toMatch(
      /^coconut-lens: \/proc\/coconut-lens\/deep: cannot be written \(ENOENT.*\); choose another folder\n$/,
    );
    expect(code).toBe(1);
  });

  it('record says that --out is a file', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const argv = ['record', '--model', bench.model, '--items', bench.items, '--out', file, '--quiet'];
    expect(await cli(argv)).toEqual({
      code: 2,
      stdout: '',
      stderr: `coconut-lens: ${file}: is a file; choose another folder\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});

describe('a defect', () => {
  it('is one line that asks for --debug, and shows the stack with it', async () => {
    const env = { DEBUG: '1' };
    const run = (argv: string[]) => cli(argv, { signal: brokenSignal() });
    const argv = ['evaluate', '--model', bench.model, '--items', bench.items, '--quiet'];
    const plain = await run(argv);
    expect(plain.code).toBe(1);
    expect(plain.stderr).toBe(
      'coconut-lens: TypeError: broken on purpose; this is a defect of coconut-lens, --debug shows where\n',
    );
    for (const result of [await run([...argv, '--debug']), await cli(argv, { signal: brokenSignal(), env })]) {
      expect(result.stderr).toContain('coconut-lens: TypeError: broken on purpose\n');
      expect(result.stderr).toMatch(/\n {4}at .*forEachBatch/);
    }
  });
});

/** A signal that breaks whoever looks at it: the only way into the commands for an error that nobody foresaw. */
function brokenSignal(): AbortSignal {
  const { signal } = new AbortController();
  Object.defineProperty(signal, 'aborted', {
    get: () => {
      throw new TypeError('broken on purpose');
    },
  });
  return signal;
}
