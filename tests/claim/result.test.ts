import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeModel } from '../../src/claim/battery.js';
import { PREDICTIONS } from '../../src/claim/predictions/index.js';
import { CLAIM_VERSION, claimFindings, readClaimResult } from '../../src/claim/result.js';
import { LensError } from '../../src/errors.js';

const old = (): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL('data/claim-v1.json', import.meta.url), 'utf8')) as Record<string, unknown>;

/** What version 2 called otherwise. */
interface Version2 {
  readonly version: number;
  readonly asked: { readonly words: string; readonly items: number; readonly graphs: number };
  readonly competence: { readonly words: string };
  readonly findings: readonly {
    readonly criteria: readonly { readonly words: string; readonly ceiling: boolean }[];
    readonly measures: readonly { readonly words: string }[];
  }[];
}

const messageOf = (value: unknown): string => {
  try {
    readClaimResult('claim.json', value);
  } catch (error) {
    if (error instanceof LensError) return error.message;
    throw error;
  }
  return 'read';
};

describe('readClaimResult', () => {
  it('reads a result of version 1, whose predictions get their words', () => {
    expect(old()['version']).toBe(1);
    const { version, findings, conclusion } = readClaimResult('claim.json', old());
    expect(version).toBe(CLAIM_VERSION);
    expect(findings.map(({ id, title, verdict }) => [id, title, verdict])).toEqual([
      ['F3', 'Where shortcuts are silent or wrong', 'undetermined'],
      ['F10', 'Depth-budget scaling', 'supports'],
      ['F12', 'Thoughts as a value function', 'undetermined'],
    ]);
    expect(findings.every(({ predicts, doesNotShow }) => predicts.length > 0 && doesNotShow.length > 0)).toBe(true);
    expect(conclusion.verdict).toBe('undetermined');
  });

  it('reads a result of version 2, whose descriptions, directions and sample had other names', () => {
    const file = new URL('data/claim-v2.json', import.meta.url);
    const two = JSON.parse(readFileSync(file, 'utf8')) as Version2;
    expect(two.version).toBe(2);
    const read = readClaimResult('claim.json', two);
    expect(read.version).toBe(CLAIM_VERSION);
    const { asked, competence, findings } = two;
    expect(read.sample).toEqual({ description: asked.words, items: asked.items, graphs: asked.graphs });
    expect(read.competence.description).toBe(competence.words);
    for (const [i, { criteria, measures }] of findings.entries()) {
      expect(read.findings[i].measures.map(({ description }) => description)).toEqual(measures.map((one) => one.words));
      expect(read.findings[i].criteria.map(({ direction }) => direction)).toEqual(
        criteria.map(({ ceiling }) => (ceiling ? 'below' : 'above')),
      );
    }
    const [necessity] = read.findings;
    expect(necessity.criteria[0]).toMatchObject({ direction: 'below', support: 0.5, contradict: 0.5 });
    expect(JSON.stringify(read)).not.toMatch(/"(?:words|ceiling|asked)":/);
  });

  it('reads what it has read again', () => {
    const once = readClaimResult('claim.json', old());
    expect(readClaimResult('claim.json', JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  it('keeps the words that a result has, whatever this program says today', () => {
    const [first, ...rest] = readClaimResult('claim.json', old()).findings;
    const said = { ...readClaimResult('claim.json', old()), findings: [{ ...first, title: 'as it was' }, ...rest] };
    expect(readClaimResult('claim.json', said).findings[0].title).toBe('as it was');
  });

  it('refuses what is none, newer, or damaged, in one line', () => {
    expect(messageOf({ kind: 'frontier', version: 1 })).toBe(
      'claim.json: is no result of claim (no kind "claim" with a version); give what claim --out wrote',
    );
    expect(messageOf({ ...old(), version: 99 })).toContain('written by a newer coconut-lens (version 99');
    expect(messageOf({ ...old(), conclusion: { verdict: 'perhaps' } })).toMatch(
      /^claim\.json: is damaged \(conclusion\.verdict: .*\); run claim again$/,
    );
    expect(messageOf({ ...old(), findings: 'none' })).toContain('is damaged (findings');
  });
});

describe('claimFindings', () => {
  it('fits the schema where nothing could be observed', () => {
    const nothing = {
      subject: { wording: 'symbolic', thoughts: 6 },
      competence: [],
      byPrediction: new Map(),
      alignment: { turned: [], kept: [] },
    } as const;
    const result = judgeModel(nothing, [], PREDICTIONS);
    const { findings, conclusion } = claimFindings(result);
    expect(findings).toHaveLength(PREDICTIONS.length);
    expect(conclusion.verdict).toBe('undetermined');
  });
});
