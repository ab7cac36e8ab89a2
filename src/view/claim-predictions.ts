import {
  findingForest,
  findingMatrix,
  ROLE_DESCRIPTIONS,
  type ClaimFinding,
  type ClaimResult,
} from '../claim/index.js';
import { estimateNumber, fixed } from '../drawing/index.js';
import { figureBlock } from './claim-figure-block.js';
import { verdictMarkup } from './claim-verdicts.js';
import { estimateTable } from './estimate-table.js';
import { markup, type Markup } from './markup.js';

function pText(p: number | null): string {
  if (p === null) return 'none: nothing to flip';
  return p < 0.001 ? '<.001' : fixed(p);
}

/** Everything that was measured beside the criteria. */
function measuresTable(id: string, { id: test, measures }: ClaimFinding, name: string): Markup {
  if (measures.length === 0) return markup``;
  const table = estimateTable({
    id,
    caption: `${test} of ${name}: measured beside the criteria; no verdict rests on these.`,
    rowName: 'measure',
    columns: [{ heading: 'estimate' }],
    rows: measures.map(({ name, estimate, reference }) => ({
      heading: name,
      cells: [
        { estimate, ...(reference !== null && { reference: `without the effect ${estimateNumber(reference, 3)}` }) },
      ],
    })),
  });
  return markup`<details><summary>${measures.length} other ${measures.length === 1 ? 'measure' : 'measures'}</summary>
${table}</details>`;
}

/** One result's test: verdict, reason, p, what it was compared with, criteria, and what else was measured. */
function tested(result: ClaimResult, finding: ClaimFinding, name: string, prefix: string): Markup {
  const { verdict, reason, p, correctedP, criteria, role } = finding;
  const references = criteria.flatMap(({ name, reference }) =>
    reference === null ? [] : [`${name}: ${estimateNumber(reference, 3)}`],
  );
  const controls = role === 'control' ? result.controls.map(({ name }) => name) : [];
  const matrix = findingMatrix(finding, { id: `${prefix}-matrix` });
  return markup`<p>${verdictMarkup(verdict)}: ${reason}.</p>
<dl class="facts-of-test">
<dt>without the effect</dt><dd>${references.length === 0 ? 'no number' : references.join('; ')}</dd>
${controls.length === 0 ? '' : markup`<dt>controls</dt><dd>${controls.join(', ')}</dd>`}
<dt>p, corrected</dt><dd>${pText(correctedP)} (Holm over the tests of this battery, the necessary ones as one where all support; uncorrected ${pText(p)}; one-sided, against the threshold)</dd>
</dl>
${criteria.length === 0 ? '' : figureBlock(`${prefix}-criteria`, findingForest(finding, { id: `${prefix}-criteria` }))}
${matrix === undefined ? '' : figureBlock(`${prefix}-matrix`, matrix)}
${measuresTable(`${prefix}-measures`, finding, name)}
`;
}

/** Every prediction that was tested: what it says, what falsifies it, each result's test, and what it does not show. */
export function claimPredictions(results: readonly ClaimResult[], names: readonly string[]): Markup {
  const firsts = new Map<ClaimFinding['id'], ClaimFinding>();
  for (const finding of results.flatMap(({ findings }) => findings))
    if (!firsts.has(finding.id)) firsts.set(finding.id, finding);
  const sorted = [...firsts.values()].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
  const sections = sorted.map(({ id, title, predicts, falsifiedBy, doesNotShow, role }) => {
    const parts = results.flatMap((result, i) => {
      const finding = result.findings.find((one) => one.id === id);
      if (finding === undefined) return [];
      const heading = results.length === 1 ? markup`` : markup`<h4>${names[i]}</h4>`;
      return [markup`${heading}${tested(result, finding, names[i], `${id}-${i + 1}`)}`];
    });
    return markup`<section class="prediction" aria-labelledby="${id}-heading">
<h3 id="${id}-heading">${id} ${title}</h3>
<dl class="facts-of-test">
<dt>predicts</dt><dd>${predicts}</dd>
<dt>falsified by</dt><dd>${falsifiedBy}</dd>
<dt>its role</dt><dd>${ROLE_DESCRIPTIONS[role]}</dd>
</dl>
${parts}<p><strong>What this does not show.</strong> ${doesNotShow}</p>
</section>
`;
  });
  return markup`<section aria-labelledby="predictions-heading">
<h2 id="predictions-heading">The predictions</h2>
${sections}</section>
`;
}
