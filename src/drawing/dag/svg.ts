import { itemSearch, type Item } from '../../dataset/index.js';
import { nodeClasses, UNREACHED, type Edge, type NodeClass } from '../../graph/index.js';
import { shortName } from '../display-name.js';
import { escapeText } from '../escape.js';
import { coordinate } from '../numbers.js';
import { dagElement } from './element.js';
import { dagGeometry, edgePath, type DagGeometry } from './geometry.js';
import { FLOOR, roleOf } from './glyph.js';
import { layoutDag, type DagLayout } from './layout.js';
import { drawNode, roleText } from './node.js';
import { layoutTree } from './tree-layout.js';
import { describeFigure, frontierName } from './words.js';

/** What a thought says about an item's nodes. */
export interface NodeProbabilities {
  /** c >= 1: the frontier F_c, the nodes at breadth-first depth c, is outlined. */
  readonly thought: number;
  /** [n], probability of each node over the whole vocabulary, in item order; a token that nodes share is split. */
  readonly probabilities: ArrayLike<number>;
  /** The probability that fills a glyph. Default 1; any other magnifies, and the drawing says so. */
  readonly maximum?: number;
}

/** What is drawn of an item: its graph, and the values of its nodes where there are any. */
export interface DagFigure {
  readonly item: Item;
  /** Unique in the page. */
  readonly id: string;
  /** Without it the graph alone is drawn. */
  readonly values?: NodeProbabilities;
  /** A line of text above the drawing, inside the picture. */
  readonly heading?: string;
  /** Whether the style goes inside; default false. */
  readonly standalone?: boolean;
  /** `tree`: the paths from the root, unfolded, as in the Coconut paper's figure. Default `graph`. */
  readonly shape?: 'graph' | 'tree';
  /** For a page whose script listens: nodes can have the focus and are buttons. Default: a still picture. */
  readonly live?: LiveMarks;
}

/** What a reader has marked. */
export interface LiveMarks {
  readonly pins: readonly number[];
  /** Nodes of lower probability fade. */
  readonly threshold: number;
}

/** A figure with all that is derived from its item. Arrays over places are indexed like `layout.nodes`. */
interface Drawing {
  readonly figure: DagFigure;
  readonly layout: DagLayout;
  readonly edges: readonly Edge[];
  readonly repeated: readonly boolean[];
  /** [n] */
  readonly depths: Int32Array;
  /** [n]; undefined without a thought. */
  readonly classes: readonly NodeClass[] | undefined;
  /** [places], as drawn */
  readonly names: readonly string[];
  readonly geometry: DagGeometry;
  readonly headingHeight: number;
  /** What a full glyph is, where that is not 1. */
  readonly magnified: number | undefined;
}

function drawing(figure: DagFigure): Drawing {
  const { item, values, heading, shape = 'graph' } = figure;
  const search = itemSearch(item);
  const { graph } = search;
  const tree = shape === 'tree' ? layoutTree(graph, item.root) : undefined;
  const layout = tree ?? layoutDag(graph, item.root);
  const names = layout.nodes.map(({ node }) => shortName(item.names[node]));
  const magnified = values?.maximum === 1 ? undefined : values?.maximum;
  const repeated = tree?.repeated ?? item.names.map(() => false);
  const roles = layout.nodes.map(({ node }, place) => roleText(roleOf(item, node), repeated[place]));
  const headingHeight = (heading === undefined ? 0 : 32) + (magnified === undefined ? 0 : 18);
  return {
    figure,
    layout,
    edges: tree?.edges ?? item.edges,
    repeated,
    depths: search.depths,
    classes: values === undefined ? undefined : nodeClasses(graph, search, values.thought),
    names,
    geometry: dagGeometry(layout, names, roles, values !== undefined, headingHeight + 26),
    headingHeight,
    magnified,
  };
}

function drawPlace({ figure, layout, classes, depths, geometry, repeated }: Drawing, place: number): string {
  const { item, values, live } = figure;
  const { node } = layout.nodes[place];
  const probability = values?.probabilities[node] ?? 0;
  return drawNode({
    node,
    name: item.names[node],
    role: roleOf(item, node),
    depth: depths[node] === UNREACHED ? undefined : depths[node],
    repeated: repeated[place],
    centre: geometry.centres[place],
    ...(values !== undefined &&
      classes !== undefined && { value: { probability, maximum: values.maximum ?? 1, nodeClass: classes[node] } }),
    ...(live !== undefined && {
      live: { place, pinned: live.pins.includes(node), faded: probability < live.threshold },
    }),
  });
}

function drawEdges({ figure: { values, live }, layout, edges, depths, names, geometry }: Drawing): string {
  const probability = (place: number): number => values?.probabilities[layout.nodes[place].node] ?? 0;
  const withNumber = (place: number): boolean => probability(place) >= FLOOR;
  const groups: Record<'past' | 'ahead', string[]> = { past: [], ahead: [] };
  for (const [source, target] of edges) {
    const { line, tip } = edgePath(geometry, names, withNumber, source, target);
    const depth = depths[layout.nodes[source].node];
    const past = values !== undefined && depth !== UNREACHED && depth < values.thought;
    const faded = [source, target].some((place) => probability(place) < (live?.threshold ?? 0)) ? ' faded' : '';
    groups[past ? 'past' : 'ahead'].push(
      `<path class="edge${faded}" d="${line}"/><path class="tip${faded}" d="${tip}"/>`,
    );
  }
  return (['ahead', 'past'] as const).map((kind) => `<g class="${kind}">${groups[kind].join('')}</g>`).join('\n');
}

/** Heads the columns. In a tree a column holds ends of paths, which need not be the frontier: none is shaded there. */
function drawColumns({ figure: { values, shape }, layout, geometry, headingHeight }: Drawing): string[] {
  const { columnX, columnWidth, reachable } = geometry;
  const deepest = Math.max(...layout.nodes.filter(({ band }) => band === 'reachable').map(({ rank }) => rank));
  return Array.from({ length: deepest + 1 }, (_, rank) => {
    const x = columnX(rank);
    const isFrontier = shape !== 'tree' && values?.thought === rank;
    const first = shape === 'tree' ? 'path length 0' : 'depth 0';
    const note = isFrontier ? `frontier ${frontierName(rank)}` : rank === 0 ? first : String(rank);
    const text = `<text class="note${isFrontier ? ' frontier-note' : ''}" x="${coordinate(x)}" y="${coordinate(headingHeight + 18)}">${note}</text>`;
    if (!isFrontier) return text;
    const [left, top, width, height] = [
      x - 16,
      headingHeight + 3,
      columnWidth + 20,
      reachable.bottom - headingHeight,
    ].map(coordinate);
    return `<rect class="column" x="${left}" y="${top}" width="${width}" height="${height}" rx="6"/>\n${text}`;
  });
}

function drawFrame(whole: Drawing): string {
  const { figure, geometry, headingHeight, magnified } = whole;
  const { item, heading } = figure;
  const { divider } = geometry;
  const parts: string[] = [];
  if (heading !== undefined) parts.push(`<text class="heading" x="14" y="22">${escapeText(heading)}</text>`);
  if (magnified !== undefined) {
    const words = `magnified: a full glyph is a probability of ${Number(magnified.toPrecision(2))}, not 1`;
    parts.push(`<text class="note magnified" x="14" y="${headingHeight - 4}">${words}</text>`);
  }
  parts.push(...drawColumns(whole));
  if (divider !== undefined) {
    const y = coordinate(divider);
    parts.push(
      `<path class="divider" d="M14,${y}H${coordinate(geometry.width - 14)}"/>`,
      `<text class="note" x="14" y="${coordinate(divider + 14)}">not reachable from ${escapeText(shortName(item.names[item.root]))}</text>`,
    );
  }
  return parts.join('\n');
}

/**
 * An item's graph as a layered drawing: columns are breadth-first depths from the root, what the root cannot reach
 * stands below. Each node is a glyph (square root, diamond target, triangle decoy, circle otherwise) that is filled in
 * proportion to its probability: area and colour both grow with it, and a full glyph is a probability of 1. Its ring is
 * its class; the frontier F_c also has a shaded column.
 *
 * @returns an `<svg>` element; the same input gives the same text on every machine
 * @throws RangeError where a thought is shown and the decoy can be reached from the root only
 */
export function dagSvg(figure: DagFigure): string {
  const { item, values, heading, shape = 'graph' } = figure;
  const whole = drawing(figure);
  const body = [
    drawFrame(whole),
    drawEdges(whole),
    ...whole.layout.nodes.map((_, place) => drawPlace(whole, place)),
  ].join('\n');
  const { width, height } = whole.geometry;
  const name = `${shape === 'tree' ? 'Tree' : 'Graph'} of item ${shortName(item.id)}`;
  const title =
    heading ?? (values === undefined ? name : `${name}: node probabilities after thought ${values.thought}`);
  const description = describeFigure(item, whole.depths, shape, values);
  const role = figure.live === undefined ? 'img' : 'group';
  return dagElement({ id: figure.id, width, height, title, description, body, role }, figure.standalone ?? false);
}
