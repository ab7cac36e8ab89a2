import type { Item } from '../../dataset/index.js';
import { shortName } from '../display-name.js';

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** F with a subscript: `F₂`. */
export function frontierName(thought: number): string {
  return `F${String(thought).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)])}`;
}

/** What a figure shows of a thought. */
interface Shown {
  readonly thought: number;
  readonly probabilities: ArrayLike<number>;
}

/**
 * A figure in words: what stands out, for those who cannot see it.
 *
 * @param depths [n], breadth-first from the root
 */
export function describeFigure(
  item: Item,
  depths: Int32Array,
  shape: 'graph' | 'tree',
  values: Shown | undefined,
): string {
  const names = item.names.map(shortName);
  const root = names[item.root];
  const drawing =
    shape === 'tree'
      ? `Tree of the paths from ${root}; column c holds the ends of the paths of c edges.`
      : `Layered graph of ${names.length} nodes and ${item.edges.length} edges; column c holds the nodes c edges from ${root}.`;
  const graph = `${drawing} Target ${names[item.target]}, decoy ${names[item.decoy]}.`;
  if (values === undefined) return graph;
  const { thought, probabilities } = values;
  const frontier = [...depths.keys()].filter((node) => depths[node] === thought);
  const mass = frontier.reduce((sum, node) => sum + probabilities[node], 0);
  const top = names
    .map((name, node) => ({ name, p: probabilities[node] }))
    .sort((a, b) => b.p - a.p)
    .slice(0, 5)
    .map(({ name, p }) => `${name} ${p.toFixed(3)}`);
  const where =
    frontier.length === 0
      ? `Frontier ${frontierName(thought)} is empty.`
      : `Frontier ${frontierName(thought)} (${frontier.map((node) => names[node]).join(', ')}) holds ${mass.toFixed(3)} of the probability.`;
  return `${graph} After thought ${thought}: ${where} Highest: ${top.join(', ')}.`;
}
