import {
  CLAIM_VERSION,
  claimFigures,
  claimFindings,
  formatBattery,
  judgeModel,
  readClaimResult,
  type ClaimResult,
  type Prediction,
} from '../claim/index.js';
import type { Item } from '../dataset/index.js';
import type { Figure } from '../drawing/index.js';
import { LensError } from '../errors.js';
import { plural } from '../plural.js';
import { provenance, type Invocation } from '../provenance.js';
import { claimReportHtml } from '../view/index.js';
import { writeFileWhole } from '../write-file.js';
import type { ExaminedModel } from './examine.js';

/** Items of a battery, and where they come from. */
export interface BatterySample {
  readonly items: readonly Item[];
  /** A file, or what was drawn, in words. */
  readonly path: string;
  /** Of the file. */
  readonly sha256?: string;
}

/** A verdict with everything that it rests on. */
export interface Claim {
  /** What `claim --json` prints, provenance included. */
  readonly result: ClaimResult;
  /** The verdict in a sentence. */
  readonly sentence: string;
  /** The battery as tables. */
  readonly text: string;
  /** By name, the forest first. */
  readonly figures: ReadonlyMap<string, Figure>;
  /** Writes the report of this verdict as one HTML page. @throws LensError naming the file that cannot be written */
  report(path: string): Promise<void>;
}

/**
 * Judges an examined model; a pure function of what was observed.
 *
 * @param controls other models, examined on the same items by the predictions that compare
 * @throws LensError if a control is asked in another wording
 */
export function claimOf(
  own: ExaminedModel,
  controls: readonly ExaminedModel[],
  sample: BatterySample,
  predictions: readonly Prediction[],
  { seed, invocation }: { readonly seed: number; readonly invocation: Invocation },
): Claim {
  for (const { name, wording } of controls) {
    if (wording === own.wording) continue;
    throw new LensError(
      name,
      `is asked in another wording (${wording}; ${own.name} in ${own.wording})`,
      'compare models of one wording',
      'usage',
    );
  }
  const judged = judgeModel(own.observations, controls, predictions);
  const { path, sha256, items } = sample;
  const graphs = judged.competence.estimate.clusters;
  const value = {
    kind: 'claim',
    version: CLAIM_VERSION,
    ...provenance(invocation, {
      seed,
      engine: own.engine,
      model: own.provenance,
      ...(sha256 !== undefined && { items: { path, sha256, count: items.length, graphs } }),
      // A doubt about a control is one about the verdict.
      warnings: [
        ...own.warnings,
        ...controls.flatMap(({ name, warnings }) => warnings.map((text) => `${name}: ${text}`)),
      ],
    }),
    wording: own.wording,
    method: own.method,
    thoughts: own.thoughts,
    sample: { description: path, items: items.length, graphs },
    controls: controls.map(({ name, method, thoughts, provenance: origin }) => ({ name, method, thoughts, ...origin })),
    settings: { seed, batchSize: own.batchSize },
    ...claimFindings(judged),
  };
  const result = readClaimResult(own.name, value);
  return {
    result,
    sentence: judged.conclusion.sentence,
    text: [
      `Does ${own.name} (${own.method}, ${plural(own.thoughts, 'thought')}) search breadth-first? ${plural(items.length, 'item')} (${plural(graphs, 'graph')}): ${path}`,
      '',
      formatBattery(judged),
    ].join('\n'),
    figures: claimFigures(result),
    report: (file) => writeFileWhole(file, claimReportHtml([result], provenance(invocation, {}))),
  };
}
