import type { Edge, Graph } from '../../graph/index.js';
import { countCrossings } from './crossings.js';
import { rankNodes, type Band } from './ranks.js';

/** Where a node stands, in units of columns and rows; (0, 0) is the root's column and the top row. */
export interface PlacedNode {
  readonly node: number;
  readonly band: Band;
  /** Column: breadth-first depth (see rankNodes). */
  readonly rank: number;
  /** Row of the node's centre, possibly half-way between two. */
  readonly row: number;
}

/** A layered drawing, before it has a size. */
export interface DagLayout {
  /** Indexed by node; by place where a node may stand in several (a tree). */
  readonly nodes: readonly PlacedNode[];
  readonly columns: number;
  /** Rows of the upper band (what the root reaches). */
  readonly reachableRows: number;
  /** Rows of the lower band; 0 where the root reaches everything. Its first row is `reachableRows`. */
  readonly otherRows: number;
}

/** The nodes of one band in one column, from top to bottom. */
type Stack = number[];

/** Sweeps and exchange passes stop here; graphs of ProsQA's size settle in three or four. */
const SWEEPS = 12;
const PASSES = 8;

/** A drawing in the making: the order inside each stack decides the rows. */
class Arrangement {
  readonly rows: number[];
  /** [column][band] */
  readonly columns: readonly (readonly [reachable: Stack, other: Stack])[];
  readonly reachableRows: number;
  readonly otherRows: number;
  readonly #edges: readonly Edge[];
  readonly #rank: readonly number[];

  constructor(graph: Graph, rank: readonly number[], band: readonly Band[]) {
    this.#edges = graph.edges;
    this.#rank = rank;
    this.columns = Array.from({ length: Math.max(...rank) + 1 }, (): [Stack, Stack] => [[], []]);
    rank.forEach((r, node) => this.columns[r][band[node] === 'reachable' ? 0 : 1].push(node));
    this.reachableRows = Math.max(...this.columns.map(([reachable]) => reachable.length));
    this.otherRows = Math.max(...this.columns.map(([, other]) => other.length));
    this.rows = new Array<number>(graph.nodeCount).fill(0);
    this.pack();
  }

  /** Rows from orders: every stack is packed and centred in its band. */
  pack(): void {
    for (const [reachable, other] of this.columns) {
      reachable.forEach((node, i) => (this.rows[node] = (this.reachableRows - reachable.length) / 2 + i));
      other.forEach((node, i) => (this.rows[node] = this.reachableRows + (this.otherRows - other.length) / 2 + i));
    }
  }

  /** Crossings, then the total height that edges climb. */
  cost(): readonly [crossings: number, climb: number] {
    const crossings = countCrossings(this.#edges, (node) => ({ x: this.#rank[node], y: this.rows[node] }));
    const climb = this.#edges.reduce((sum, [s, t]) => sum + Math.abs(this.rows[s] - this.rows[t]), 0);
    return [crossings, climb];
  }
}

function cheaper(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

/** One barycentre sweep: each node moves to the mean row of its neighbours in the columns already swept. */
function sweep(
  arrangement: Arrangement,
  neighbours: readonly number[][],
  rank: readonly number[],
  forward: boolean,
): void {
  const columns = forward ? arrangement.columns : [...arrangement.columns].reverse();
  for (const column of columns) {
    for (const stack of column) {
      const centre = new Map<number, number>();
      for (const node of stack) {
        const swept = neighbours[node].filter((n) => (forward ? rank[n] < rank[node] : rank[n] > rank[node]));
        const sum = swept.reduce((total, n) => total + arrangement.rows[n], 0);
        centre.set(node, swept.length === 0 ? arrangement.rows[node] : sum / swept.length);
      }
      stack.sort((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0));
    }
    arrangement.pack();
  }
}

/** Exchanges of neighbours in a column for as long as one makes the drawing cheaper. */
function exchange(arrangement: Arrangement): void {
  let best = arrangement.cost();
  for (let pass = 0, improved = true; improved && pass < PASSES; pass++) {
    improved = false;
    for (const stack of arrangement.columns.flat()) {
      for (let i = 1; i < stack.length; i++) {
        [stack[i - 1], stack[i]] = [stack[i], stack[i - 1]];
        arrangement.pack();
        const now = arrangement.cost();
        if (cheaper(now, best)) {
          best = now;
          improved = true;
        } else {
          [stack[i - 1], stack[i]] = [stack[i], stack[i - 1]];
        }
      }
    }
    arrangement.pack();
  }
}

/**
 * Lays a rooted graph out in columns of equal breadth-first depth. Within a column the order comes from barycentre
 * sweeps (Sugiyama, Tagawa & Toda 1981, section 4) and then exchanges of neighbours; the drawing with the fewest
 * crossings that was met is kept. Deterministic: ties keep the order that they had, which begins as node order.
 */
export function layoutDag(graph: Graph, root: number): DagLayout {
  const { rank, band } = rankNodes(graph, root);
  const arrangement = new Arrangement(graph, rank, band);
  const neighbours = graph.successors.map((after, node) => [...graph.predecessors[node], ...after]);
  let best = { cost: arrangement.cost(), rows: [...arrangement.rows] };
  const keep = (): void => {
    const cost = arrangement.cost();
    if (cheaper(cost, best.cost)) best = { cost, rows: [...arrangement.rows] };
  };
  for (let i = 0; i < SWEEPS; i++) {
    sweep(arrangement, neighbours, rank, i % 2 === 0);
    keep();
  }
  for (const stack of arrangement.columns.flat()) stack.sort((a, b) => best.rows[a] - best.rows[b]);
  arrangement.pack();
  exchange(arrangement);
  keep();
  return {
    nodes: best.rows.map((row, node) => ({ node, band: band[node], rank: rank[node], row })),
    columns: arrangement.columns.length,
    reachableRows: arrangement.reachableRows,
    otherRows: arrangement.otherRows,
  };
}
