import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, readJson, workbench } from './support.js';

let bench: Awaited<ReturnType<typeof workbench>>;
let recording: string;

beforeAll(async () => {
  bench = await workbench(4);
  recording = join(bench.folder, 'recording');
});

const record = (out: string, ...more: string[]): string[] => [
  ...['record', '--model', bench.model, '--items', bench.items, '--out', out, '--thoughts', '2'],
  ...more,
];

describe('--scorer sequence', () => {
  it('records the value of every name after the thoughts, and what was read before it', async () => {
    const { code, stderr } = await cli(record(recording, '--scorer', 'sequence'));
    expect(stderr).not.toMatch(/error|warning/i);
    expect(code).toBe(0);
    expect(readJson(join(recording, 'metadata.json'))).toMatchObject({
      scorer: 'sequence',
      readoutPoint: 'language',
      prefix: { text: '[A]', tokens: [37] },
      config: { scorer: 'sequence', prefix: '[A]' },
    });
    const read = await cli(['frontier', '--recording', recording, '--resamples', '100', '--scorer', 'sequence']);
    expect(read.code).toBe(0);
    expect(read.stdout).toContain('Scorer: sequence. Read: the question, c thoughts and "[A]".');
  });

  it('can be read with either scorer: by first token it gives what a recording of firstToken gives', async () => {
    const other = join(bench.folder, 'first');
    expect((await cli(record(other))).code).toBe(0);
    const read = async (folder: string, scorer: string): Promise<unknown> => {
      const argv = ['frontier', '--recording', folder, '--resamples', '100', '--scorer', scorer, '--json'];
      const { code, stdout } = await cli(argv);
      expect(code).toBe(0);
      const { config, readout } = JSON.parse(stdout) as { config: unknown; readout: unknown };
      expect(config).toMatchObject({ scorer });
      return readout;
    };
    const byFirstToken = await read(recording, 'firstToken');
    expect(byFirstToken).toEqual(await read(other, 'firstToken'));
    const whole = await read(recording, 'sequence');
    expect(whole).toMatchObject({ scorer: 'sequence' });
    expect((whole as { perThought: unknown }).perThought).not.toEqual(
      (byFirstToken as { perThought: unknown }).perThought,
    );
  });

  it('is not read into a recording that has no values of it', async () => {
    const other = join(bench.folder, 'first');
    const { code, stdout, stderr } = await cli(['frontier', '--recording', other, '--scorer', 'sequence']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      `coconut-lens: ${other}: holds no values of the scorer sequence (it was recorded with firstToken); record again with --scorer sequence\n`,
    );
  });

  it('has the prefix to itself', async () => {
    const { code, stderr } = await cli(record(join(bench.folder, 'no'), '--prefix', 'Every'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('--prefix: means nothing to the scorer firstToken')]);
    const other = join(bench.folder, 'prefixed');
    expect((await cli(record(other, '--scorer', 'sequence', '--prefix', '3 |'))).code).toBe(0);
    expect(readJson(join(other, 'metadata.json'))).toMatchObject({ prefix: { text: '[A] 3 |', tokens: [37, 3, 34] } });
  });
});
