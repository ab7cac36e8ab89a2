import type { Figure } from '../../drawing/index.js';
import type { ClaimResult } from '../result.js';
import { findingMatrix } from './finding-figures.js';
import { claimForest, findingForest } from './forest.js';

/** All figures of a verdict by name: the forest of all tests first, then each test's criteria and its matrix. */
export function claimFigures(result: ClaimResult): Map<string, Figure> {
  const figures = new Map([['forest', claimForest(result)]]);
  for (const finding of result.findings) {
    if (finding.criteria.length > 0) figures.set(`criteria-${finding.id}`, findingForest(finding));
    const matrix = findingMatrix(finding);
    if (matrix !== undefined) figures.set(`matrix-${finding.id}`, matrix);
  }
  return figures;
}
