import {
  claimForest,
  ROLE_DESCRIPTIONS,
  VERDICT_SIGNS,
  VERDICT_WORDS,
  type ClaimResult,
  type Role,
  type Verdict,
} from '../claim/index.js';
import { figureBlock } from './claim-figure-block.js';
import { markup, type Markup } from './markup.js';

/** A verdict as sign and word. */
export function verdictMarkup(verdict: Verdict): Markup {
  return markup`<span class="verdict"><span aria-hidden="true">${VERDICT_SIGNS[verdict]}</span> ${VERDICT_WORDS[verdict]}</span>`;
}

/** Soft hyphens, so that the columns of all predictions fit beside each other. */
function breakable(word: string): string {
  return word
    .replace('undetermined', 'undeter\u00admined')
    .replace('contradicts', 'contra\u00addicts')
    .replace('supports', 'sup\u00adports');
}

function verdictCell(verdict: Verdict | undefined): Markup {
  if (verdict === undefined) return markup`<td><small>not run</small></td>`;
  return markup`<td><b aria-hidden="true">${VERDICT_SIGNS[verdict]}</b><small>${breakable(VERDICT_WORDS[verdict])}</small></td>`;
}

/** `F11, F12: tells kinds of search apart; ...`, for each role that is not the search's own. */
function roleNotes(results: readonly ClaimResult[]): string[] {
  const findings = results.flatMap((result) => result.findings);
  const noteOf = (role: Role): string[] => {
    const ids = [...new Set(findings.filter((finding) => finding.role === role).map(({ id }) => id))];
    return ids.length === 0 ? [] : [`${ids.join(', ')}: ${ROLE_DESCRIPTIONS[role]}.`];
  };
  return [...noteOf('control'), ...noteOf('character')];
}

/** Models by predictions. */
function verdictTable(results: readonly ClaimResult[], names: readonly string[]): Markup {
  const ids = [...new Set(results.flatMap(({ findings }) => findings.map(({ id }) => id)))];
  ids.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  const rows = results.map(
    ({ conclusion, findings }, i) =>
      markup`<tr><th scope="row">${names[i]}</th>${verdictCell(conclusion.verdict)}${ids.map((id) => verdictCell(findings.find((one) => one.id === id)?.verdict))}</tr>
`,
  );
  return markup`<div class="scroll" role="region" aria-labelledby="verdict-table" tabindex="0"><table class="verdicts">
<caption><span id="verdict-table">Verdicts: ${VERDICT_SIGNS.supports} supports breadth-first search, ${VERDICT_SIGNS.contradicts} contradicts it, ${VERDICT_SIGNS.undetermined} decides nothing, ${VERDICT_SIGNS.notApplicable} could not be run. ${roleNotes(results).join(' ')}</span></caption>
<thead><tr><th scope="col">model</th><th scope="col">overall</th>${ids.map((id) => markup`<th scope="col"><a href="#${id}-heading">${id}</a></th>`)}</tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}

/** What the batteries come to: the sentence of each result, and all verdicts in one table. */
export function claimVerdicts(results: readonly ClaimResult[], names: readonly string[]): Markup {
  const sentences = results.map(
    ({ conclusion }, i) => markup`<p class="sentence"><strong>${names[i]}.</strong> ${conclusion.sentence}</p>
`,
  );
  return markup`<section aria-labelledby="verdict-heading">
<h2 id="verdict-heading">Verdicts</h2>
${sentences}${verdictTable(results, names)}</section>
`;
}

/** Every criterion of each result against its thresholds. */
export function claimCriteria(results: readonly ClaimResult[], names: readonly string[]): Markup {
  const forests = results.map((result, i) => {
    const id = `forest-${i + 1}`;
    return markup`${results.length === 1 ? '' : markup`<h3>${names[i]}</h3>`}${figureBlock(id, claimForest(result, { id }))}`;
  });
  return markup`<section aria-labelledby="criteria-heading">
<h2 id="criteria-heading">Criteria against their thresholds</h2>
${forests}</section>
`;
}
