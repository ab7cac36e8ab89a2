import { describe, expect, it } from 'vitest';
import {
  calibrationVerdictsFigure,
  choosePredictions,
  claimFindings,
  claimForest,
  findingForest,
  formatBattery,
  judgeModel,
  readClaimResult,
  type BatteryResult,
  type Observations,
} from '../../../src/claim/index.js';
import { claim } from '../../../src/cli/commands/claim.js';
import { claimReportHtml } from '../../../src/view/index.js';
import { CALIBRATION, CLAIM } from '../figures/claim-example.js';
import { REGISTRY } from './index.js';

/** What F99 saw of 60 graphs, so many of them odd; every answer is correct. */
function observed(odd: number): Observations {
  const graphs = Array.from({ length: 60 }, (_, i) => ({ graph: `graph ${i}`, odd: Number(i < odd), correct: 1 }));
  return {
    subject: { wording: 'symbolic', thoughts: 6 },
    competence: graphs,
    byPrediction: new Map([['F99', graphs]]),
    alignment: { turned: [], kept: [] },
  };
}

/** The battery, F99 alone tested. */
function battery(odd: number): BatteryResult {
  return judgeModel(observed(odd), [], choosePredictions(['F99'], REGISTRY), REGISTRY);
}

const result = readClaimResult('claim.json', { ...CLAIM, ...claimFindings(battery(6)) });
const [finding] = result.findings;

describe('a prediction that is a file and a line of the list', () => {
  it('is judged by its thresholds, on the side where they say that the search lies', () => {
    const { findings } = battery(6);
    expect(findings).toMatchObject([{ id: 'F99', verdict: 'supports', reason: 'few thoughts are odd' }]);
    expect(battery(54).findings[0].verdict).toBe('contradicts');
    expect(battery(30).findings[0].verdict).toBe('undetermined');
  });

  it('takes part in the conclusion as its role and its flags say', () => {
    // A control contradicts no search.
    expect(battery(54).conclusion.verdict).toBe('undetermined');
    // As one that is necessary it is missed where it does not support.
    const all = REGISTRY.map((one) => ({ ...one, necessary: one.id === 'F1' || one.id === 'F99' }));
    const because = (odd: number): readonly string[] =>
      judgeModel(observed(odd), [], choosePredictions(['F99'], all), all).conclusion.because;
    expect(because(6)).toEqual(['F1']);
    expect(because(30)).toEqual(['F1', 'F99']);
    // The only necessary one: nothing else is asked for, and nothing bounds the share or the beams.
    const alone = all.map((one) => ({ ...one, necessary: one.id === 'F99' }));
    expect(judgeModel(observed(6), [], choosePredictions(['F99'], alone), alone).conclusion).toMatchObject({
      verdict: 'supports',
      because: ['F99'],
      kind: { memory: 'unclear', alignment: null, share: null, widerThan: null, readByHead: null },
    });
  });

  it('has a row in the table and a sentence below it', () => {
    const text = formatBattery(battery(6));
    expect(text).toMatch(/^F99 +Parity of the thoughts +supports +odd thoughts +\.100 .* +< \.400 \(\.600\)/m);
    expect(text).toContain('\nF99 supports: few thoughts are odd\n');
  });

  it('is drawn', () => {
    expect(claimForest(result).svg()).toContain('>F99 Parity of the thoughts<');
    expect(findingForest(finding).data()[0]).toMatchObject({ supports: 'below 0.4', contradicts: 'above 0.6' });
    const [cell] = CALIBRATION.cells;
    const verdicts = calibrationVerdictsFigure({ ...CALIBRATION, cells: [{ ...cell, findings: result.findings }] });
    expect(verdicts.svg()).toContain('>F99<');
  });

  it('has its section in the report, with what its role asks for', () => {
    const page = claimReportHtml([result], { command: 'report', config: {}, versions: {}, warnings: [] });
    const section = page.slice(page.indexOf('<section class="prediction" aria-labelledby="F99-heading">'));
    expect(section).toContain('<dd>Few thoughts are odd.</dd>');
    expect(section).toContain('<dt>controls</dt><dd>models/pause</dd>');
    expect(page).toContain('F99: compares with control models');
  });

  it('can be asked for by a flag', () => {
    const ids = claim.flags.tests.parse('F1,F99');
    expect(choosePredictions(ids, REGISTRY).map(({ id }) => id)).toEqual(['F1', 'F99']);
    expect(() => choosePredictions(ids)).toThrow('F99: is no prediction of the battery; choose among F1, F2,');
  });
});
