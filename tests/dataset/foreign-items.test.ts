import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parseItems, readItems } from '../../src/dataset/index.js';
import { tinyOfficial } from './tiny-item.js';

const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
afterAll(() => rmSync(folder, { recursive: true }));

const item = tinyOfficial();
const line = JSON.stringify(item);
const GSM = { question: 'Natalia sold 48', steps: ['<<48/2=24>>'], answer: '72' };
const PRONTO = { question: 'Every cat is an animal.', query: 'True or false?', chain_of_thought: [], answer: 'True' };
const READ = 'items of ProsQA with their graphs are read (idx_to_symbol, edges, root, target, neg_target)';

describe('items of another form', () => {
  it.each<[string, unknown, string]>([
    ['a list in an object', { version: 1, data: [item] }, `x: is an object and not a list; it holds one (data); give the list alone: jq '.["data"]' FILE > items.json`], // prettier-ignore
    ['splits', { train: [item], test: [item] }, 'x: is an object and not a list; it holds some (train, test); give'],
    ['GSM8k as Coconut has it', [GSM], `x item 0: is of GSM8k: arithmetic, no graph; ${READ}`],
    ['GSM8k as published', [{ question: 'q', answer: 'so\n#### 72' }], 'x item 0: is of GSM8k: '],
    ['ProntoQA as published', { example1: { test_example: PRONTO } }, `x: is of ProntoQA: true or false, no two candidates in a graph; ${READ}`], // prettier-ignore
    ['ProntoQA as Coconut has it', [{ question: 'q', steps: ['s'], answer: 'True' }], 'x item 0: is of ProntoQA: '],
    ['questions without graphs', [{ question: 'q', answer: 'a' }], `x item 0: is a question without a graph; ${READ}`],
    ['one item', item, 'x: expected a JSON list of items (found an object); wrap the items in [ ]'],
    ['an item that is only damaged', [{ ...item, edges: 3 }], 'x item 0: edges: expected a list'],
  ])('%s is named', (_, value, message) => {
    expect(() => parseItems(JSON.stringify(value), 'x')).toThrow(message);
  });

  it.each([
    ['JSON Lines', `${line}\n${line}\n`, 'x: is JSON Lines, an object a line; make one list of its lines: jq -s'],
    ['JSON Lines of GSM8k', `${JSON.stringify(GSM)}\n${JSON.stringify(GSM)}\n`, 'x: is of GSM8k: '],
    ['brackets', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}\n{}`, 'x: not JSON ('],
  ])('%s are named', (_, text, message) => {
    expect(() => parseItems(text, 'x')).toThrow(message);
  });

  it.each([
    [
      'gzip',
      gzipSync(`[${line}]`),
      'is compressed or binary (gzip); unpack it with gunzip: a JSON list of items is read',
    ],
    [
      'Parquet',
      Buffer.from('PAR1\xff\xfe', 'latin1'),
      'is compressed or binary (Parquet); write its rows as a JSON list',
    ],
    ['other bytes', Buffer.of(0xff, 0xfe, 0x00), 'not UTF-8 text; give a file'],
  ])('%s is named', async (name, bytes, message) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    await expect(readItems(path)).rejects.toThrow(`${path}: ${message}`);
  });
});
