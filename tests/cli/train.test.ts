import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatItems } from '../../src/dataset/index.js';
import { METHODS, PRESETS } from '../../src/training/index.js';
import { METHOD_NAMES, PRESET_NAMES } from '../../src/cli/training-names.js';
import { TINY, TINY_PHASE } from '../training/tiny-training.js';
import { cli, temporaryFolder, testItems, type CliResult } from './support.js';

/** Every file under a folder with its content, to see that a failed command changed nothing. */
function contents(folder: string): [string, string][] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).sort();
  return names.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]);
}

/** A configuration file, TINY unless changed. */
function configFile(changes: object | string = {}): string {
  const path = join(temporaryFolder(), 'config.json');
  writeFileSync(path, typeof changes === 'string' ? changes : JSON.stringify({ ...TINY, ...changes }));
  return path;
}

const arguments_ = (config: string, out: string, ...more: string[]): string[] => [
  'train',
  '--config',
  config,
  '--out',
  out,
  '--quiet',
  ...more,
];

/** Expects one line, an exit code, and that `out` is as it was. */
async function refuses(argv: readonly string[], out: string, code: number, message: RegExp): Promise<void> {
  const before = contents(out);
  const result = await cli(argv);
  expect(result.stderr).toMatch(message);
  expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(result.stderr).not.toContain('defect');
  expect([result.code, result.stdout]).toEqual([code, '']);
  expect(contents(out)).toEqual(before);
}

/** A folder name in a folder of its own, not yet made. */
const newOut = (): string => join(temporaryFolder(), 'out');

/** Interrupts after the first step. */
function interrupted(argv: readonly string[]): Promise<CliResult> {
  return cli(argv, { signal: AbortSignal.abort() });
}

it('knows the names of all methods and presets without loading them', () => {
  expect(METHOD_NAMES).toEqual(METHODS.map(({ name }) => name));
  expect(PRESET_NAMES).toEqual(Object.keys(PRESETS));
});

describe('train', () => {
  it('makes a model that evaluate can ask, and says so', async () => {
    const [out, items] = [newOut(), join(temporaryFolder(), 'items.json')];
    writeFileSync(items, formatItems(testItems(4)));
    const config = configFile({ model: { ...TINY.model, positions: 200 } });
    const { code, stdout, stderr } = await cli(['train', '--config', config, '--out', out, '--json']);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(
        /^engine: .*\n1\/6 steps · questions · loss .*\nquestions, step 4: loss \d\.\d+, accuracy [01]\.\d+, \d+ ms a step\nquestions, step 6: .*\n$/,
      ),
    ]);
    const json = JSON.parse(stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ kind: 'train', folder: out, steps: 6, resumedFrom: 0, seed: 0 });
    expect(json['accuracy']).toBeTypeOf('number');
    expect((await cli(['evaluate', '--model', out, '--items', items, '--quiet'])).code).toBe(0);
  });

  it.each(['cot', 'pause'])('makes %s models, whose answers evaluate reads', async (method) => {
    const [out, items] = [newOut(), join(temporaryFolder(), 'items.json')];
    writeFileSync(items, formatItems(testItems(3)));
    const config = configFile({ model: { ...TINY.model, positions: 200 } });
    expect((await cli(arguments_(config, out, '--method', method))).code).toBe(0);
    const { stdout, code } = await cli(['evaluate', '--model', out, '--items', items, '--quiet']);
    expect(code).toBe(0);
    // Language is judged by the text that is said, the others by one token.
    expect(stdout).toContain(method === 'cot' ? 'right answer' : 'of all tokens');
  });

  it('detaches thoughts on request', async () => {
    const [attached, detached] = [newOut(), newOut()];
    const config = configFile();
    await cli(arguments_(config, attached));
    await cli(arguments_(config, detached, '--detach-thoughts'));
    expect(readFileSync(join(detached, 'training.json'), 'utf8')).toContain('"detach": true');
    const model = (folder: string): Buffer => readFileSync(join(folder, 'model.safetensors'));
    expect(model(detached).equals(model(attached))).toBe(false);
  });

  it('writes a page at the end, and at every measurement where it is watched', async () => {
    const out = newOut();
    await cli(arguments_(configFile(), out));
    const page = readFileSync(join(out, 'training.html'), 'utf8');
    expect(page).toContain('After 6 steps, in phase questions,');
    expect(page).not.toContain('http-equiv="refresh"');
    const watched = newOut();
    // Interrupted after the first measurement, whose page says that it goes on; the last one says that it does not.
    const stop = new AbortController();
    const pages: string[] = [];
    const config = configFile({ validation: { questions: 4, every: 1 } });
    const seen = (): void => {
      const path = join(watched, 'training.html');
      if (!existsSync(path)) return;
      pages.push(readFileSync(path, 'utf8'));
      stop.abort();
    };
    const timer = setInterval(seen, 1);
    const { code } = await cli(arguments_(config, watched, '--watch'), { signal: stop.signal });
    clearInterval(timer);
    expect(code).toBe(130);
    expect(pages[0]).toContain('http-equiv="refresh"');
    expect(readFileSync(join(watched, 'training.html'), 'utf8')).not.toContain('http-equiv="refresh"');
  });

  it('stops at an interrupt with 130, and says how to go on', async () => {
    const [out, config] = [newOut(), configFile()];
    const { code, stderr, stdout } = await interrupted(arguments_(config, out));
    expect(stderr).toBe(
      `coconut-lens: interrupted after step 1, which is kept; go on with: ` +
        `coconut-lens train --config ${config} --out ${out} --quiet --resume\n`,
    );
    expect([code, stdout]).toEqual([130, '']);
    const again = await interrupted(arguments_(config, out, '--resume'));
    expect(again.stderr).toMatch(/interrupted after step 2, .* --quiet --resume\n$/);
    expect((await cli(arguments_(config, out, '--resume'))).code).toBe(0);
  });
});

describe('train --dry-run', () => {
  it('says what it would take, a line for each phase, and writes nothing', async () => {
    const out = newOut();
    const { code, stdout } = await cli([...arguments_(configFile(), out), '--dry-run']);
    expect(code).toBe(0);
    const [head, phase, , total] = stdout.split('\n');
    expect(head).toMatch(/^phase +steps +questions a step +tokens a step +ms a step +time$/);
    expect(phase).toMatch(/^questions +6 +4 +\d+ +\d+ +1 s$/);
    expect(total).toMatch(/^\d+ parameters, \d+ MiB of memory, 1 s in all, without validation; phases may end sooner$/);
    expect(existsSync(out)).toBe(false);
    const json = JSON.parse((await cli(['train', '--config', configFile(), '--dry-run', '--json'])).stdout) as object;
    expect(json).toMatchObject({ kind: 'train-plan', phases: [{ name: 'questions', steps: 6, questions: 4 }] });
  });
});

describe('train refuses, in one line and without touching anything', () => {
  it('neither or both of --preset and --config', async () => {
    const out = newOut();
    const message = /^coconut-lens: train: needs either --preset or --config; give one of them\n$/;
    await refuses(['train', '--out', out, '--quiet'], out, 2, message);
    await refuses([...arguments_(configFile(), out), '--preset', 'small'], out, 2, message);
  });

  it('to train where no folder is named', async () => {
    const message = /^coconut-lens: --out: is missing; name a folder, or pass --dry-run\n$/;
    await refuses(['train', '--config', configFile(), '--quiet'], newOut(), 2, message);
  });

  it('a method or preset that it does not have, naming those it has', async () => {
    const out = newOut();
    await refuses(
      arguments_(configFile(), out, '--method', 'coconot'),
      out,
      2,
      /^coconut-lens: --method: expected one of coconut, coconut-bfs, .* \("coconot"\); see --help, did you mean coconut\?\n$/,
    );
    await refuses(
      ['train', '--preset', 'smal', '--out', out],
      out,
      2,
      /^coconut-lens: --preset: expected one of small, full, .* \("smal"\); see --help, did you mean small\?\n$/,
    );
    await refuses(
      arguments_(configFile({ method: 'coconot' }), out),
      out,
      2,
      /config\.json: not a training configuration \(method: .*"coconut".*\); correct it\n$/,
    );
  });

  it.each([
    ['{"method": "coconut",', /config\.json: not JSON \(.*\); correct it\n$/],
    ['[]', /config\.json: not a training configuration \(file: .*\); correct it\n$/],
  ])('a configuration that is %s', async (text, message) => {
    const out = newOut();
    await refuses(arguments_(configFile(text), out), out, 2, message);
  });

  it('a configuration that is not there', async () => {
    const out = newOut();
    await refuses(arguments_('/nowhere/config.json', out), out, 1, /\/nowhere\/config\.json: no such file; check/);
  });

  it('a stage beyond the schedule', async () => {
    const out = newOut();
    await refuses(
      arguments_(configFile({ phases: [{ ...TINY_PHASE, stage: 3 }] }), out),
      out,
      2,
      /phase questions is at stage 3, beyond the last \(thoughts\.stages is 2\); correct it\n$/,
    );
  });

  it('more thoughts than positions', async () => {
    const out = newOut();
    const changes = { thoughts: { stages: 40 }, phases: [{ ...TINY_PHASE, stage: 40 }] };
    await refuses(
      arguments_(configFile(changes), out),
      out,
      2,
      /phase questions: a sequence of \d+ tokens and thoughts does not fit \(the model has 48 positions\); give the model/,
    );
  });

  it('items without steps, and no items at all', async () => {
    const [out, items] = [newOut(), join(temporaryFolder(), 'items.json')];
    const written = JSON.parse(formatItems(testItems(2))) as Record<string, unknown>[];
    written[1]['steps'] = [];
    writeFileSync(items, JSON.stringify(written));
    const phases = [{ ...TINY_PHASE, graphs: undefined, batchQuestions: 1 }];
    const config = configFile({ phases });
    const cot = arguments_(config, out, '--method', 'cot');
    await refuses([...cot, '--items', items], out, 2, /^coconut-lens: item 1: has no steps to learn from; give/);
    await refuses(cot, out, 2, /phase questions: draws no graphs and has no items; give items\n$/);
  });

  it('a folder that holds anything else, or another training', async () => {
    const [config, foreign] = [configFile(), temporaryFolder()];
    writeFileSync(join(foreign, 'thesis.tex'), 'years of work');
    await refuses(
      arguments_(config, foreign, '--resume'),
      foreign,
      2,
      /: holds other files \(thesis\.tex\); choose a new folder for --out\n$/,
    );
    const out = newOut();
    await interrupted(arguments_(config, out));
    await refuses(
      arguments_(config, out),
      out,
      2,
      /: holds a training; go on with --resume, or choose another --out\n$/,
    );
    await refuses(
      arguments_(config, out, '--resume', '--seed', '5'),
      out,
      2,
      /: holds a training of another kind \(seed\); resume it with what it was begun with, or choose another --out\n$/,
    );
    await refuses(
      arguments_(configFile({ checkpointEvery: 4 }), out, '--resume'),
      out,
      2,
      /: holds a training of another kind \(config\.checkpointEvery\); resume it/,
    );
  });

  it('a place that cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const out = join(folder, 'file', 'out');
    await refuses(arguments_(configFile(), out), folder, 1, /file.out: could not be made \(ENOTDIR.*\); choose/);
    await refuses(arguments_(configFile(), join(folder, 'file')), folder, 2, /file: is a file; choose another folder/);
  });

  it('a checkpoint that is damaged', async () => {
    const [config, out] = [configFile(), newOut()];
    await interrupted(arguments_(config, out));
    const path = join(out, 'checkpoint.safetensors');
    writeFileSync(path, readFileSync(path).subarray(0, 3000));
    mkdirSync(out, { recursive: true });
    await refuses(arguments_(config, out, '--resume'), out, 1, /checkpoint\.safetensors: .*cut short/);
  });
});
