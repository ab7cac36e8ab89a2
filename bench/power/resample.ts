import { halfOf } from '../../src/claim/alignment.js';
import type { Observations } from '../../src/claim/index.js';
import type { Random } from '../../src/random.js';

/** The graphs that were observed, each once. */
export function graphsOf({ competence }: Observations): string[] {
  return [...new Set(competence.map(({ graph }) => graph))];
}

/** So many graphs, with replacement. */
export function drawGraphs(random: Random, graphs: readonly string[], count: number): string[] {
  return Array.from({ length: count }, () => graphs[random.integer(graphs.length)]);
}

/**
 * Prepares what a battery would have observed of other graphs: all that was observed of each drawn graph, under a name of
 * the copy's own, so that copies are clusters of their own. A copy's name is in the half of its graph: no graph is
 * judged by an alignment that was fitted to it.
 */
export function resampler(observations: Observations): (drawn: readonly string[]) => Observations {
  const { subject, alignment } = observations;
  const competence = byGraph(observations.competence);
  const turned = byGraph(alignment.turned);
  const kept = byGraph(alignment.kept);
  const predictions = [...observations.byPrediction].map(([id, own]) => [id, byGraph(own)] as const);
  const halves = new Map(graphsOf(observations).map((graph) => [graph, halfOf(graph)]));
  return (drawn) => {
    const names = drawn.map((graph, i) => nameIn(halves.get(graph), i));
    const copies = <O extends { readonly graph: string }>(of: ReadonlyMap<string, readonly O[]>): O[] =>
      drawn.flatMap((graph, i) => (of.get(graph) ?? []).map((one) => ({ ...one, graph: names[i] })));
    return {
      subject,
      competence: copies(competence),
      byPrediction: new Map(predictions.map(([id, own]) => [id, copies(own)])),
      alignment: { turned: copies(turned), kept: copies(kept) },
    };
  };
}

function byGraph<O extends { readonly graph: string }>(observations: readonly O[]): Map<string, O[]> {
  const groups = new Map<string, O[]>();
  for (const one of observations) {
    const own = groups.get(one.graph);
    if (own === undefined) groups.set(one.graph, [one]);
    else own.push(one);
  }
  return groups;
}

/** A name for copy number i that lies in some half. */
function nameIn(half: 0 | 1 | undefined, i: number): string {
  for (let attempt = 0; ; attempt++) {
    const name = `copy ${i}.${attempt}`;
    if (halfOf(name) === half) return name;
  }
}
