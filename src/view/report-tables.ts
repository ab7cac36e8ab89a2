import { fixed } from '../drawing/index.js';
import {
  CLASS_WORDS,
  CONTRAST_WORDS,
  PUBLISHED_WORDS,
  ranksOnly,
  SCORER_WORDS,
  type DisjointGroup,
  type FrontierReadout,
  type GroupReadout,
  type GroupWords,
  type MassReadout,
  type ScorerWords,
  type ThoughtReadout,
} from '../readout/index.js';
import { estimateTable, type EstimateCell, type EstimateRow } from './estimate-table.js';
import { markup, type Markup } from './markup.js';

type CellsOf = (thought: ThoughtReadout) => readonly EstimateCell[];

function rows(readout: FrontierReadout, cells: CellsOf): EstimateRow[] {
  return readout.perThought.map((thought) => ({ heading: String(thought.thought), cells: cells(thought) }));
}

const MASS_CLASSES: Readonly<Record<Exclude<keyof MassReadout, 'offGraph'>, readonly DisjointGroup[]>> = {
  frontier: ['frontierOptimal', 'frontierOther'],
  expanded: ['expanded'],
  later: ['reachableLater'],
  never: ['otherRoot', 'unreachable'],
};

/**
 * The mass that these classes would have if every token of the vocabulary had the same probability: a token that several
 * nodes share has it once.
 */
function uniformMass(thought: ThoughtReadout, classes: readonly DisjointGroup[], vocabulary: number): number {
  const groups = thought.classes.filter(({ name }) => classes.includes(name));
  return groups.reduce((sum, { tokens }) => sum + (tokens.value ?? 0), 0) / vocabulary;
}

/** Where the probability lies after each thought, beside what knowing nothing would give where nodes are single tokens. */
export function massTable(readout: FrontierReadout, vocabulary: number): Markup {
  const ofTokens = readout.scorer === 'firstToken';
  const cells: CellsOf = (thought) => {
    const parts = (Object.keys(MASS_CLASSES) as (keyof typeof MASS_CLASSES)[]).map((part) => ({
      estimate: thought.mass[part],
      uniform: uniformMass(thought, MASS_CLASSES[part], vocabulary),
    }));
    const off = { estimate: thought.mass.offGraph, uniform: 1 - parts.reduce((sum, { uniform }) => sum + uniform, 0) };
    return [...parts, off].map(({ estimate, uniform }) =>
      ofTokens ? { estimate, reference: `uniform ${fixed(uniform)}` } : { estimate },
    );
  };
  return estimateTable({
    id: 'mass',
    caption: markup`Where the probability lies. Mean over items; the five columns add up to 1.${ofTokens ? markup` <i>uniform</i> is what equal probability for all ${vocabulary} tokens of the vocabulary would give.` : ''}`,
    rowName: 'thought c',
    columns: [
      { heading: 'frontier', note: 'depth = c' },
      { heading: 'expanded', note: 'depth < c' },
      { heading: 'reachable later', note: 'depth > c' },
      { heading: 'never reachable', note: 'no path from the root' },
      { heading: 'off the graph', note: SCORER_WORDS[readout.scorer].offGraph },
    ],
    rows: rows(readout, cells),
  });
}

type ContrastQuantity = 'withinGraph' | 'pooled' | 'logitGap';

function contrastCaption(quantity: ContrastQuantity, { score, short }: ScorerWords): string {
  switch (quantity) {
    case 'withinGraph':
      return `AUC of ${score} inside each graph: the probability that a node of the first group has a higher ${short} than a node of the second. Mean over the items that have both. Chance is 0.500 in every cell.`;
    case 'pooled':
      return 'The same with all nodes of all graphs ranked together. Differences between graphs enter it, and node numbers alone reach .66 to .83 on the official items. Chance is 0.500.';
    case 'logitGap':
      return `Mean ${short} of the first group minus that of the second inside each graph, in nats: the mean log ratio of their probabilities. Without a difference it is 0.`;
  }
}

/** How well the scores of two groups of nodes are told apart, contrast by contrast. */
export function contrastTable(readout: FrontierReadout, quantity: ContrastQuantity): Markup {
  const contrasts = readout.perThought.at(0)?.auc.map(({ contrast }) => contrast) ?? [];
  return estimateTable({
    id: `contrast-${quantity}`,
    caption: contrastCaption(quantity, SCORER_WORDS[readout.scorer]),
    rowName: 'thought c',
    columns: contrasts.map((contrast) => {
      const { positive, negative } = CONTRAST_WORDS[contrast];
      return { heading: positive.name, note: `against ${negative.name}`, decimals: quantity === 'logitGap' ? 2 : 3 };
    }),
    rows: rows(readout, ({ auc }) => auc.map((contrast) => ({ estimate: contrast[quantity] }))),
  });
}

/** The highest node against chance and against a heuristic that never sees the thought. */
export function topOneTables(readout: FrontierReadout): Markup {
  const ties = `Ties count as broken at random; chance is the same rate for a random score on the same items. ${ranksOnly(readout.scorer)}`;
  const paired = { heading: 'difference', note: 'paired within items' };
  const inFrontier = estimateTable({
    id: 'top-one-frontier',
    caption: markup`The highest node of the graph is in the frontier: at depth c, over the items that have a node at that depth. ${ties}`,
    rowName: 'thought c',
    columns: [{ heading: 'in the frontier' }, { heading: 'chance' }, paired],
    rows: rows(readout, ({ topOne: { inFrontier: r } }) =>
      [r.rate, r.chance, r.excess].map((estimate) => ({ estimate })),
    ),
  });
  const reachesTarget = estimateTable({
    id: 'top-one-target',
    caption: markup`The highest of the frontier’s nodes is the target or can reach it, over the items whose target is at depth c or deeper. ${ties} <i>Lowest degree</i> picks the node with the lowest in-degree minus out-degree and never sees the thought.`,
    rowName: 'thought c',
    columns: [{ heading: 'leads to the target' }, { heading: 'chance' }, paired, { heading: 'lowest degree' }, paired],
    rows: rows(readout, ({ topOne: { reachesTarget: r } }) =>
      [r.rate, r.chance, r.excess, r.lowestDegree, r.excessOverDegree].map((estimate) => ({ estimate })),
    ),
  });
  return markup`${inFrontier}${reachesTarget}`;
}

/** How many nodes a thought holds, against two uniform superpositions. */
export function breadthTable(readout: FrontierReadout): Markup {
  const cells: CellsOf = ({ breadth: { entropyBits, effectiveNodes, uniformWithin, uniformFrontier } }) => [
    { estimate: effectiveNodes },
    { estimate: uniformWithin.nodes },
    { estimate: uniformFrontier.nodes },
    { estimate: entropyBits },
    { estimate: uniformWithin.entropyBits },
    { estimate: uniformFrontier.entropyBits },
  ];
  return estimateTable({
    id: 'breadth',
    caption: markup`${SCORER_WORDS[readout.scorer].breadth}, from the distribution over the graph’s nodes alone. Effective nodes are exp(entropy). Beside it, what a uniform superposition of all nodes within c hops and of the frontier would give on the same items.`,
    rowName: 'thought c',
    columns: [
      { heading: 'effective nodes', decimals: 2 },
      { heading: 'within c hops', note: 'nodes', decimals: 2 },
      { heading: 'frontier', note: 'nodes', decimals: 2 },
      { heading: 'entropy', note: 'bits', decimals: 2 },
      { heading: 'within c hops', note: 'bits', decimals: 2 },
      { heading: 'frontier', note: 'bits', decimals: 2 },
    ],
    rows: rows(readout, cells),
  });
}

function groupTable(
  readout: FrontierReadout,
  id: 'class' | 'published',
  quantity: 'probability' | 'logit',
  groups: (thought: ThoughtReadout) => readonly GroupReadout[],
  words: Readonly<Record<string, GroupWords>>,
): Markup {
  const first = readout.perThought.slice(0, 1).flatMap(groups);
  const mean = quantity === 'logit' ? SCORER_WORDS[readout.scorer].short : quantity;
  return estimateTable({
    id: `${id}-${quantity}`,
    caption: markup`Mean ${mean} of one node of the ${id === 'published' ? 'published group' : 'class'}, each node of each item counting once.`,
    rowName: 'thought c',
    columns: first.map(({ name }) => ({ heading: words[name].name, decimals: quantity === 'logit' ? 2 : 4 })),
    rows: rows(readout, (thought) =>
      groups(thought).map((group) => ({ estimate: group[quantity], reference: `${group.nodes} nodes` })),
    ),
  });
}

/** Mean probability and score per node of the disjoint classes. */
export function classTables(readout: FrontierReadout): Markup {
  const tables = (['probability', 'logit'] as const).map((quantity) =>
    groupTable(readout, 'class', quantity, ({ classes }) => classes, CLASS_WORDS),
  );
  return markup`${tables}`;
}

/** The same for the nested groups of the literature. */
export function publishedTables(readout: FrontierReadout): Markup {
  const tables = (['probability', 'logit'] as const).map((quantity) =>
    groupTable(readout, 'published', quantity, ({ published }) => published, PUBLISHED_WORDS),
  );
  return markup`${tables}`;
}
