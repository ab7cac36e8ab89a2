import { formatFraction, formatMagnitude, formatProbability } from '../../drawing/index.js';
import { MINIMUM_CLUSTERS, type Estimate } from '../../statistics/index.js';
import { alignColumns } from '../../align-columns.js';
import { intervalCell, isExact, valueCell } from '../kit/text-table.js';
import { CLASS_WORDS, CONTRAST_WORDS, PUBLISHED_WORDS, ranksOnly, SCORER_WORDS } from '../kit/words.js';
import type { FrontierReadout, MassReadout, ThoughtReadout } from './schema.js';

const fraction = (estimate: Estimate): string => intervalCell(estimate, formatFraction);
const magnitude = (estimate: Estimate): string => intervalCell(estimate, formatMagnitude);

/**
 * The readout as plain-text tables for a terminal, at most 100 columns: where the probability lies, how many nodes a
 * thought holds, the top-1 rates, and the disjoint classes node by node. Every row shows its n.
 */
export function formatFrontierTable(readout: FrontierReadout): string {
  const { perThought, scorer } = readout;
  const { breadth } = SCORER_WORDS[scorer];
  if (perThought.length === 0) return `${readout.items} items without thoughts: there is nothing to read.\n`;
  const shown = perThought.flatMap(({ classes, mass, breadth, topOne: { inFrontier, reachesTarget } }) => [
    ...classes.flatMap((group) => [group.probability, group.logit, group.mass]),
    ...massCells(mass),
    breadth.entropyBits,
    breadth.effectiveNodes,
    inFrontier.rate,
    reachesTarget.rate,
  ]);
  return [
    header(readout),
    section(
      'Where the probability lies, mean over items (a row sums to 1; never: not reachable from the root)',
      massTable(perThought),
    ),
    section(`${breadth}, and what uniform over R_c or F_c would give`, breadthTable(perThought)),
    section(
      'Top-1: highest node is in F_c; highest of F_c leads to the target, if that is at depth >= c',
      `${topOneTable(perThought)}\n${ranksOnly(scorer)}`,
    ),
    section(
      'Disjoint classes: means per node (of different graphs: compare by AUC); mass per item, with its n',
      classTable(readout),
    ),
    notes(shown),
  ].join('\n');
}

/** Every contrast at every thought: AUC and logit gap inside each graph, pooled AUC. Text of at most 100 columns. */
export function formatAucTable({ perThought, scorer }: FrontierReadout): string {
  const { score, short } = SCORER_WORDS[scorer];
  const names = perThought[0]?.auc.map(({ contrast }) => contrast) ?? [];
  const entries = names.flatMap((name) =>
    perThought.flatMap(({ thought, auc }) =>
      auc.filter(({ contrast }) => contrast === name).map((entry) => ({ thought, ...entry })),
    ),
  );
  const rows = entries.map(({ contrast, thought, withinGraph, logitGap, pooled }) => [
    `${CONTRAST_WORDS[contrast].positive.short} vs ${CONTRAST_WORDS[contrast].negative.short}`,
    String(thought),
    String(withinGraph.n),
    fraction(withinGraph),
    magnitude(logitGap),
    String(pooled.n),
    fraction(pooled),
  ]);
  return [
    section(
      `AUC of ${score} (chance .500) and mean ${short} gap inside each graph; AUC over all graphs`,
      alignColumns([['contrast', 'c', 'n', 'AUC', `${short} gap`, 'n', 'pooled AUC'], ...rows], 1),
    ),
    'beyond: not within c hops of the root. never: not reachable from the root.',
    ranksOnly(scorer),
    notes(entries.flatMap(({ withinGraph, logitGap, pooled }) => [withinGraph, logitGap, pooled])),
  ].join('\n');
}

/** The groups as published: nested, so not independent of each other. Plain text, at most 100 columns. */
export function formatPublishedTable(readout: FrontierReadout): string {
  return section(
    'Published groups (arXiv 2505.12514), nested: each mean contains the groups inside it',
    groupTable(readout, ({ published }) =>
      published.map((group) => ({ ...group, label: PUBLISHED_WORDS[group.name].short })),
    ),
  );
}

function header({ items, graphs, thoughts, bootstrap, scorer, prefix, collisions }: FrontierReadout): string {
  const { level, resamples, seed } = bootstrap;
  return [
    `${SCORER_WORDS[scorer].title}: ${items} items, ${graphs} graphs, ${thoughts} thoughts.`,
    `Scorer: ${scorer}. Read: ${prefix}.`,
    ...(scorer === 'sequence' ? ["V: the product of the probabilities of all tokens of a node's name."] : []),
    ...(collisions.length === 0 ? [] : collisionLines(collisions)),
    'R_c: nodes within c hops of the root. F_c: the frontier, nodes at depth c.',
    `[low high]: ${Number((level * 100).toFixed(2))} % bootstrap interval over graphs, ${resamples} resamples, seed ${seed}.`,
    '',
  ].join('\n');
}

/** Which names the first token cannot tell apart, at most 100 columns wide. */
function collisionLines(collisions: FrontierReadout['collisions']): string[] {
  const lines = ['Not told apart by their first token (equal parts each; --scorer sequence does):'];
  for (const group of collisions) {
    const text = group.join('/');
    const last = lines[lines.length - 1];
    if (lines.length > 1 && last.length + text.length < 98) lines[lines.length - 1] = `${last}, ${text}`;
    else lines.push(`  ${text}`);
  }
  return lines;
}

function section(title: string, table: string): string {
  return `${title}\n${table}\n`;
}

function massCells({ frontier, expanded, later, never, offGraph }: MassReadout): Estimate[] {
  return [frontier, expanded, later, never, offGraph];
}

function massTable(thoughts: readonly ThoughtReadout[]): string {
  const rows = thoughts.map(({ thought, items, mass }) => [
    String(thought),
    String(items),
    ...massCells(mass).map(fraction),
  ]);
  return alignColumns([['c', 'n', 'frontier', 'expanded', 'later', 'never', 'off graph'], ...rows]);
}

function breadthTable(thoughts: readonly ThoughtReadout[]): string {
  const rows = thoughts.map(({ thought, items, breadth }) => [
    String(thought),
    String(items),
    magnitude(breadth.entropyBits),
    magnitude(breadth.effectiveNodes),
    valueCell(breadth.uniformWithin.entropyBits, formatMagnitude),
    valueCell(breadth.uniformWithin.nodes, formatMagnitude),
    valueCell(breadth.uniformFrontier.entropyBits, formatMagnitude),
    valueCell(breadth.uniformFrontier.nodes, formatMagnitude),
    String(breadth.uniformFrontier.nodes.n),
  ]);
  const heading = ['c', 'n', 'entropy, bits', 'effective nodes', 'R_c bits', '|R_c|', 'F_c bits', '|F_c|', 'n(F_c)'];
  return alignColumns([heading, ...rows]);
}

function topOneTable(thoughts: readonly ThoughtReadout[]): string {
  const rows = thoughts.map(({ thought, topOne: { inFrontier, reachesTarget } }) => [
    String(thought),
    String(inFrontier.rate.n),
    fraction(inFrontier.rate),
    valueCell(inFrontier.chance, formatFraction),
    String(reachesTarget.rate.n),
    fraction(reachesTarget.rate),
    valueCell(reachesTarget.chance, formatFraction),
    valueCell(reachesTarget.lowestDegree, formatFraction),
  ]);
  const heading = ['c', 'n', 'in frontier', 'chance', 'n', 'reaches target', 'chance', 'lowest degree'];
  return alignColumns([heading, ...rows]);
}

function classTable(readout: FrontierReadout): string {
  return groupTable(readout, ({ classes }) =>
    classes.map((group) => ({ ...group, label: CLASS_WORDS[group.name].short })),
  );
}

type LabelledGroup = ThoughtReadout['classes'][number] | ThoughtReadout['published'][number];

function groupTable(
  { perThought, scorer }: FrontierReadout,
  groupsOf: (thought: ThoughtReadout) => readonly (LabelledGroup & { readonly label: string })[],
): string {
  const rows = perThought.flatMap((thought) =>
    groupsOf(thought).map(({ label, nodes, probability, mass, logit }) => [
      label,
      String(thought.thought),
      String(probability.n),
      String(nodes),
      intervalCell(probability, formatProbability),
      magnitude(logit),
      String(mass.n),
      fraction(mass),
    ]),
  );
  return alignColumns(
    [['class', 'c', 'n', 'nodes', 'probability', SCORER_WORDS[scorer].short, 'n', 'mass'], ...rows],
    1,
  );
}

/** What a reader could misread, said only where it applies. */
function notes(shown: readonly Estimate[]): string {
  const few = shown.some(({ value, low }) => value !== null && low === null);
  const flat = shown.some(isExact);
  return [
    'n: items that contribute; - where none do.',
    ...(few ? [`[-]: fewer than ${MINIMUM_CLUSTERS} graphs contribute, too few for a bootstrap interval.`] : []),
    ...(flat
      ? ['[=]: zero width, all resamples agree. Up to 3/n of the graphs deviating is not excluded at 95 %.']
      : []),
    '',
  ].join('\n');
}
