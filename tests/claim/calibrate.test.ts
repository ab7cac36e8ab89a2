import { describe, expect, it } from 'vitest';
import {
  calibrate,
  formatCalibration,
  PREDICTION_IDS,
  type CalibrateOptions,
  type CalibrationCell,
  type SearchKind,
} from '../../src/claim/index.js';
import { InterruptedError } from '../../src/errors.js';
import '../typescript-threads.js';

const options: CalibrateOptions = { models: ['random-init', 'degree'], seeds: [4], n: 4, batchSize: 4 };

/** A cell as far as the table shows it. */
function cell(
  model: string,
  seed: number,
  verdict: string,
  rule: string,
  memory: string | null,
  alignment: SearchKind['alignment'],
  contradicted: readonly string[],
): CalibrationCell {
  return {
    model,
    truth: `what ${model} does`,
    seed,
    expected: {
      verdicts: model === 'noise-90' ? ['supports', 'undetermined'] : [model === 'bfs' ? 'supports' : 'contradicts'],
    },
    conclusion: { verdict, rule, kind: memory === null ? null : { memory, alignment } },
    findings: ['F1', 'F2', 'F3'].map((id) => ({ id, verdict: contradicted.includes(id) ? 'contradicts' : 'supports' })),
    wrong: model === 'degree' && verdict === 'undetermined' ? ['undetermined, not contradicts'] : [],
  } as unknown as CalibrationCell;
}

describe('calibrate', () => {
  it('gives the same cells in one thread as in two, in the order of the models', { timeout: 300_000 }, async () => {
    const told: [number, string][] = [];
    const one = await calibrate({ ...options, workers: 1, onProgress: (done, model) => told.push([done, model]) });
    const two = await calibrate({ ...options, workers: 2 });
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    expect(one.map(({ model, seed }) => [model, seed])).toEqual([
      ['random-init', 4],
      ['degree', 4],
    ]);
    expect(one.map(({ findings }) => findings.length)).toEqual([PREDICTION_IDS.length, PREDICTION_IDS.length]);
    expect(told).toEqual([
      [0, 'random-init'],
      [4, 'random-init'],
      [4, 'degree'],
      [8, 'degree'],
    ]);
  });

  it.each([0, 1])('stops when it is interrupted, %i threads', { timeout: 300_000 }, async (workers) => {
    const stop = new AbortController();
    let told = 0;
    const onProgress = (): void => {
      told++;
      stop.abort();
    };
    await expect(
      calibrate({ ...options, n: 400, batchSize: 4, workers, signal: stop.signal, onProgress }),
    ).rejects.toThrow(new InterruptedError('interrupted: a calibration keeps nothing'));
    // Of a hundred batches for each model.
    expect(told).toBeLessThan(5);
  });
});

describe('formatCalibration', () => {
  it('sets truth against verdict', () => {
    const plain = { stride: 1, offset: 0, lastSteps: 0 };
    const cells = [
      cell('bfs', 0, 'supports', 'search', 'cumulative', plain, []),
      cell('degree', 0, 'contradicts', 'thoughtsUnused', null, null, ['F1', 'F3']),
      cell('noise-90', 0, 'undetermined', 'open', null, null, []),
      cell('bfs', 1, 'supports', 'search', 'cumulative', { stride: 2, offset: -1, lastSteps: 0 }, []),
      cell('degree', 1, 'undetermined', 'open', null, null, ['F1']),
      cell('noise-90', 1, 'supports', 'search', 'unclear', null, []),
    ];
    expect(formatCalibration(cells, 30)).toBe(
      [
        'The battery on models of known algorithm, 30 fresh items for each of 2 seeds',
        '',
        'model     should be                 seed 0                       seed 1                        contradicted',
        'bfs       supports                  supports, cumulative, t      supports, cumulative, 2t - 1',
        'degree    contradicts               contradicts, thoughtsUnused  undetermined, open WRONG      F1 F3',
        'noise-90  supports or undetermined  undetermined, open           supports, unclear',
        '',
        // 1 - .05^(1/2) is .776.
        'searches not supported: 0 of 2 runs of 1 model; at most 0.776 (one-sided 95 %, runs as unit)',
        'others supported: 0 of 2 runs of 1 model; at most 0.776 (one-sided 95 %, runs as unit)',
        'searches with noise contradicted: 0 of 2 runs of 1 model; at most 0.776 (one-sided 95 %, runs as unit)',
        '',
        'bfs: what bfs does',
        'degree: what degree does',
        'noise-90: what noise-90 does',
      ].join('\n'),
    );
  });
});
