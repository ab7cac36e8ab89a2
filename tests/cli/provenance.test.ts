import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readGpt2, writeSafetensors } from '../../src/checkpoint/index.js';
import { installedVersion, NUMERIC_PACKAGES, VERSION, versions } from '../../src/version.js';
import { cli, readJson, temporaryFolder, workbench } from './support.js';

const ITEMS = 3;
let bench: Awaited<ReturnType<typeof workbench>>;
let recording: string;
let recorded: Record<string, unknown>;

beforeAll(async () => {
  bench = await workbench(ITEMS);
  recording = join(bench.folder, 'recording');
  recorded = await run('record', '--model', bench.model, '--items', bench.items, '--out', recording);
});

async function run(...argv: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await cli([...argv, '--json']);
  expect(stderr).not.toContain('coconut-lens:');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

function modelSource(): unknown {
  return {
    path: bench.model,
    sha256: hash(join(bench.model, 'model.safetensors')),
    config: {
      layerNormEpsilon: expect.any(Number) as number,
      tieWordEmbeddings: expect.any(Boolean) as boolean,
      nInner: expect.any(Number) as number,
      coconut: { format: 'symbolic', method: 'constructed', thoughts: 6 },
    },
    tokenizer: { name: 'symbolic', package: 'coconut-lens', version: VERSION },
  };
}

const itemsSource = (): unknown => ({ path: bench.items, sha256: hash(bench.items), count: ITEMS });

function recordingSource(): unknown {
  const summary = (name: string): unknown => ({ sha256: hash(join(recording, name)) });
  return {
    folder: recording,
    files: { 'items.arrow': summary('items.arrow'), 'thoughts.arrow': summary('thoughts.arrow') },
  };
}

describe('versions', () => {
  it('names every package that numbers depend on', () => {
    expect(Object.keys(versions())).toEqual(['coconut-lens', 'node', ...NUMERIC_PACKAGES]);
    for (const version of Object.values(versions())) expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('finds a package whose exports hide its package.json, and none that is not there', () => {
    // gpt-tokenizer has another package.json with its name and no version on the way.
    for (const name of ['apache-arrow', 'gpt-tokenizer']) {
      const manifest = readJson(`node_modules/${name}/package.json`) as { version: string };
      expect(installedVersion(name)).toBe(manifest.version);
    }
    expect(installedVersion('coconut-lens')).toBe(VERSION);
    expect(installedVersion('no-such-package-of-ours')).toBeUndefined();
  });
});

describe('--json says where the result comes from', () => {
  const common = { versions: { 'coconut-lens': VERSION, node: process.versions.node }, warnings: [] };

  it('record', () => {
    expect(recorded).toMatchObject({
      ...common,
      command: `coconut-lens record --model ${bench.model} --items ${bench.items} --out ${recording} --json`,
      config: { batchSize: 16, thoughts: 6, limit: null },
      seed: 0,
      engine: { threads: expect.any(Number) as number },
      dtype: 'float32',
      model: modelSource(),
      items: itemsSource(),
      recording: recordingSource(),
    });
  });

  it('evaluate', async () => {
    const found = await run('evaluate', '--model', bench.model, '--items', bench.items, '--thoughts', '2,1');
    expect(found).toMatchObject({
      ...common,
      command: `coconut-lens evaluate --model ${bench.model} --items ${bench.items} --thoughts 2,1 --json`,
      config: { thoughts: [1, 2], batchSize: 16, limit: null, failUnder: null, wording: 'symbolic' },
      engine: { name: expect.any(String) as string },
      dtype: 'float32',
      model: modelSource(),
      items: { path: bench.items, sha256: hash(bench.items), count: ITEMS, graphs: ITEMS },
      interval: 'Wilson 95 %',
      answering: { kind: 'token', suffix: [37] },
    });
    // How to print is no part of what was computed.
    expect(found['config']).not.toHaveProperty('json');
  });

  it('frontier, and beside its CSV', async () => {
    const csv = join(temporaryFolder(), 'numbers.csv');
    const found = await run('frontier', '--recording', recording, '--resamples', '100', '--csv', csv);
    const source = { ...common, config: { resamples: 100, seed: 0, csv }, seed: 0, recording: recordingSource() };
    expect(found).toMatchObject({ kind: 'frontier', ...source, metadata: { model: modelSource() } });
    expect(readJson(`${csv}.json`)).toMatchObject({
      kind: 'frontier-csv',
      csv: { file: 'numbers.csv', sha256: hash(csv) },
      ...source,
      metadata: { model: modelSource() },
    });
  });

  it('report', async () => {
    const out = join(temporaryFolder(), 'report.html');
    const found = await run('report', '--recording', recording, '--out', out, '--resamples', '100');
    const source = { ...common, config: { resamples: 100, item: null }, recording: recordingSource() };
    expect(found).toMatchObject({ kind: 'report', out, ...source, metadata: { items: itemsSource() } });
    expect(readFileSync(out, 'utf8')).toContain(hash(join(recording, 'thoughts.arrow')));
  });

  it('import', async () => {
    const folder = temporaryFolder();
    const [from, out] = [join(folder, 'w.safetensors'), join(folder, 'model')];
    // Other bytes than import writes.
    await writeSafetensors(from, new Map(Object.entries((await readGpt2(bench.model)).tensors)));
    const config = join(bench.model, 'config.json');
    const found = await run('import', from, '--config', config, '--out', out, '--tokenizer', 'symbols');
    expect(found).toMatchObject({
      ...common,
      command: `coconut-lens import ${from} --config ${config} --out ${out} --tokenizer symbols --json`,
      config: { from, out, tokenizer: 'symbols', uniformProb: null, thoughts: 6, method: 'constructed' },
      model: {
        path: out,
        sha256: hash(join(out, 'model.safetensors')),
        config: { coconut: { tokenizer: 'symbols' } },
        tokenizer: { name: 'symbolic' },
      },
      from: { path: from, sha256: hash(from) },
    });
  });

  it('verify', async () => {
    const golden = 'fixtures/golden/symbolic';
    const found = await run('verify', '--model', golden, '--reference', `${golden}/reference`);
    expect(found).toMatchObject({
      ...common,
      command: `coconut-lens verify --model ${golden} --reference ${golden}/reference --json`,
      config: { model: golden, tolerance: 1e-4, engine: 'onnxruntime' },
      engine: { name: 'onnxruntime', threads: expect.any(Number) as number },
      dtype: 'float32',
      model: { path: golden, sha256: hash(`${golden}/model.safetensors`), config: { nHead: 2 } },
      reference: { path: `${golden}/reference` },
    });
  });

  it('data inspect and doctor', async () => {
    expect(await run('data', 'inspect', '--items', bench.items)).toMatchObject({
      ...common,
      command: `coconut-lens data inspect --items ${bench.items} --json`,
      items: itemsSource(),
    });
    expect(await run('doctor')).toMatchObject({ ...common, command: 'coconut-lens doctor --json', config: {} });
  });
});

describe('record --resume', () => {
  it('refuses to join what another configuration of the same weights records, and names the difference', async () => {
    const model = join(temporaryFolder(), 'model');
    mkdirSync(model);
    for (const name of ['config.json', 'model.safetensors']) copyFileSync(join(bench.model, name), join(model, name));
    const out = join(temporaryFolder(), 'r');
    const argv = ['record', '--model', model, '--items', bench.items, '--out', out, '--batch-size', '1'];
    const { signal } = new AbortController();
    let looks = 0;
    Object.defineProperty(signal, 'aborted', { get: () => ++looks >= 2 });
    expect((await cli(argv, { signal })).code).toBe(130);

    const path = join(model, 'config.json');
    const config = readJson(path) as { layer_norm_epsilon: number };
    writeFileSync(path, JSON.stringify({ ...config, layer_norm_epsilon: 0.5 }));
    const { code, stderr } = await cli([...argv, '--resume']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `was begun with other settings (model.config.layerNormEpsilon was ${config.layer_norm_epsilon}, now 0.5)`,
    );
  });
});
