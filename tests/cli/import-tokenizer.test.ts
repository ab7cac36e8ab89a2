import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGpt2, writeGpt2, type Gpt2Config } from '../../src/checkpoint/index.js';
import { open } from '../../src/lens/index.js';
import { randomTensors } from '../checkpoint/tiny-gpt2.js';
import { smallFiles, tokenizerJson } from '../tokenizer/gpt2-files.js';
import { cli, temporaryFolder } from './support.js';

const small = smallFiles();
const END = { id: 258, content: '<|endoftext|>', special: true };

const config: Gpt2Config = {
  vocabSize: 264,
  nPositions: 400,
  nEmbd: 4,
  nLayer: 1,
  nHead: 2,
  nInner: 4,
  layerNormEpsilon: 1e-5,
  tieWordEmbeddings: true,
};

/** A checkpoint whose tokenizer has these tokens after the 259 of the small vocabulary. */
async function checkpoint(added: Readonly<Record<string, number>>): Promise<string> {
  const folder = join(temporaryFolder(), 'from');
  await writeGpt2(folder, { config, tensors: randomTensors(config) });
  const added_tokens = [END, ...Object.entries(added).map(([content, id]) => ({ id, content, special: true }))];
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizerJson(small, { added_tokens })));
  return folder;
}

/** The prompt's last token and the suffix, as texts, of an imported model. */
async function markersAsked(folder: string): Promise<readonly (string | undefined)[]> {
  const lens = await open(folder);
  const { wording } = lens;
  lens.dispose();
  const names = ['Tom', 'ab'];
  const item = { id: '0', names, edges: [[0, 1]], root: 0, target: 1, decoy: 1, candidates: [1, 1], path: [0, 1] };
  const prompt = wording.prompt(item as never);
  return [prompt.slice(-1), wording.suffix, [wording.latent]].map((ids) => wording.tokenizer.decode(ids));
}

describe('marker tokens', () => {
  it('are taken from tokenizer.json wherever they stand there', async () => {
    const from = await checkpoint({ '[PAD]': 259, '<|latent|>': 260, '<|start-latent|>': 263, '<|end-latent|>': 262 });
    const out = join(temporaryFolder(), 'out');
    const { stdout, stderr, code } = await cli(['import', from, '--out', out]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/coconut\.latent_tokens +\{"start":263,"end":262,"latent":260\} +tokenizer\.json\n/);
    expect(await markersAsked(out)).toEqual(['<|start-latent|>', '<|end-latent|>', '<|latent|>']);
  });

  it('of other names are given, by a flag that the folder keeps', async () => {
    const from = await checkpoint({ '<pad>': 259, '<bot>': 260, '<eot>': 261, '<thought>': 262 });
    const out = join(temporaryFolder(), 'out');
    const argv = ['import', from, '--out', out];
    const flags = ['--markers', '<bot>,<thought>,<eot>'];
    expect((await cli([...argv, ...flags])).code).toBe(0);
    const { config: read } = await readGpt2(out);
    expect(read.coconut).toMatchObject({
      latentTokens: { start: 260, latent: 262, end: 261 },
      latentNames: { start: '<bot>', latent: '<thought>', end: '<eot>' },
    });
    expect(await markersAsked(out)).toEqual(['<bot>', '<eot>', '<thought>']);
    // And again: the block alone says it.
    const again = join(temporaryFolder(), 'again');
    expect((await cli(['import', out, '--out', again])).stderr).not.toMatch(/latent/);
    expect(await markersAsked(again)).toEqual(['<bot>', '<eot>', '<thought>']);

    const wrong = await cli(['import', from, '--out', join(temporaryFolder(), 'x'), '--markers', '<bot>,<end>,<eot>']);
    expect(wrong.stderr).toMatch(
      /tokenizer\.json: has no token "<end>"; give the names that stand in its added_tokens/,
    );
  });

  it('a block whose ids are those of other tokens is refused with a way out', async () => {
    const from = await checkpoint({ '<bot>': 260, '<eot>': 261, '<thought>': 262 });
    const block = {
      format: 'english',
      method: 'coconut',
      thoughts: 6,
      latent_tokens: { start: 260, latent: 262, end: 261 },
    };
    const file = join(from, 'config.json');
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), coconut: block }));
    const { stderr, code } = await cli(['import', from, '--out', join(temporaryFolder(), 'out')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /the id asked for <\|start-latent\|> \(260\) is that of "<bot>"; .*--markers, or coconut\.latent_names/,
    );
  });
});

describe('symbolic links among the files of a tokenizer', () => {
  it('are copied where they stay in the folder, and out of it only if that is asked for', async () => {
    const from = await checkpoint({ '<|latent|>': 260, '<|start-latent|>': 263, '<|end-latent|>': 262 });
    const secret = join(temporaryFolder(), 'secret');
    writeFileSync(secret, '{"private": true}');
    writeFileSync(join(from, 'inside.json'), '{}');
    symlinkSync('inside.json', join(from, 'tokenizer_config.json'));
    symlinkSync(secret, join(from, 'special_tokens_map.json'));
    const base = temporaryFolder();
    const [out, asked] = [join(base, 'out'), join(base, 'asked')];
    const refused = await cli(['import', from, '--out', out]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /special_tokens_map\.json: a symbolic link to a file outside the folder \(.*secret\); pass --follow-links if/,
    );
    expect(readdirSync(base)).toEqual([]);
    expect((await cli(['import', from, '--out', asked, '--follow-links'])).code).toBe(0);
    expect(readFileSync(join(asked, 'special_tokens_map.json'), 'utf8')).toBe('{"private": true}');
    expect(readFileSync(join(asked, 'tokenizer_config.json'), 'utf8')).toBe('{}');
  });

  it('that lead nowhere or to no file are refused', async () => {
    for (const target of ['nothing', '.']) {
      const from = await checkpoint({ '<|latent|>': 260 });
      symlinkSync(target, join(from, 'merges.txt'));
      const { stderr, code } = await cli(['import', from, '--out', join(temporaryFolder(), 'out'), '--follow-links']);
      expect(code).toBe(1);
      expect(stderr).toMatch(/merges\.txt: is no plain file \(a pipe or a device\); name a file/);
    }
  });
});
