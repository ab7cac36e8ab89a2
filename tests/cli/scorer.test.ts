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

  it('is not silently replaced by the other scorer', async () => {
    const { code, stderr } = await cli(['frontier', '--recording', recording, '--scorer', 'firstToken']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `--scorer: ${recording} holds values of the scorer sequence, not firstToken; record again with --scorer firstToken`,
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
