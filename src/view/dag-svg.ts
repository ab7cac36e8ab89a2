import { itemGraph, type Item } from '../dataset/index.js';
import { dagGeometry, edgePath, type DagGeometry } from './dag-geometry.js';
import { glyphMark, glyphPath, roleOf } from './dag-glyph.js';
import { layoutDag, type DagLayout } from './dag-layout.js';
import { escapeText } from './escape.js';
import { coordinate, shortProbability } from './numbers.js';
import { svgElement } from './svg-element.js';

/** What a thought says about an item's nodes. */
export interface NodeProbabilities {
  /** c >= 1: the frontier F_c, the nodes at breadth-first depth c, is outlined. */
  readonly thought: number;
  /** [n]: probability of each node over the whole vocabulary, in item order; a token that nodes share is split. */
  readonly probabilities: ArrayLike<number>;
  /** The probability that fills a glyph; shared by all figures that are to be compared. */
  readonly maximum: number;
}

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
}

const NUMBER_FROM = 0.005;
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** F with a subscript: `F₂`. */
export function frontierName(thought: number): string {
  return `F${String(thought).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)])}`;
}

/** The figure in words: what stands out, for screen readers. */
function describe(item: Item, layout: DagLayout, values: NodeProbabilities | undefined): string {
  const graph = `Layered graph of ${item.names.length} nodes and ${item.edges.length} edges; column c holds the nodes c edges from ${item.names[item.root]}. Target ${item.names[item.target]}, decoy ${item.names[item.decoy]}.`;
  if (values === undefined) return graph;
  const { thought, probabilities } = values;
  const frontier = layout.nodes.filter(({ band, rank }) => band === 'reachable' && rank === thought);
  const mass = frontier.reduce((sum, { node }) => sum + probabilities[node], 0);
  const top = item.names
    .map((name, node) => ({ name, p: probabilities[node] }))
    .sort((a, b) => b.p - a.p)
    .slice(0, 5)
    .map(({ name, p }) => `${name} ${p.toFixed(3)}`);
  const where =
    frontier.length === 0
      ? `Frontier ${frontierName(thought)} is empty.`
      : `Frontier ${frontierName(thought)} (${frontier.map(({ node }) => item.names[node]).join(', ')}) holds ${mass.toFixed(3)} of the probability.`;
  return `${graph} After thought ${thought}: ${where} Highest: ${top.join(', ')}.`;
}

function drawNode(figure: DagFigure, layout: DagLayout, geometry: DagGeometry, node: number): string {
  const { item, values } = figure;
  const role = roleOf(item, node);
  const name = escapeText(item.names[node]);
  const { band, rank } = layout.nodes[node];
  const { x, y } = geometry.centres[node];
  const inFrontier = values !== undefined && band === 'reachable' && rank === values.thought;
  const classes = ['node', ...(role === 'node' ? [] : ['key']), ...(inFrontier ? ['in-frontier'] : [])].join(' ');
  const parts = [`<path class="outline" d="${glyphPath(role)}"/>`];
  let number = '';
  let hint = `${name}: ${band === 'reachable' ? `depth ${rank}` : 'not reachable from the root'}`;
  if (values !== undefined) {
    const p = values.probabilities[node];
    hint += `, probability ${p.toFixed(4)}${inFrontier ? ', in the frontier' : ''}`;
    parts.push(glyphMark(role, p / values.maximum));
    if (p >= NUMBER_FROM) number = ` <tspan class="number">${shortProbability(p)}</tspan>`;
  }
  const lift = role === 'node' ? '.34em' : '-.02em';
  parts.push(`<text class="name" x="13" dy="${lift}">${name}${number}</text>`);
  if (role !== 'node') parts.push(`<text class="role" x="13" dy="1.05em">${role}</text>`);
  return `<g class="${classes}" transform="translate(${coordinate(x)},${coordinate(y)})"><title>${hint}</title>${parts.join('')}</g>`;
}

function drawEdges(figure: DagFigure, layout: DagLayout, geometry: DagGeometry): string {
  const { item, values } = figure;
  const withNumber = (node: number): boolean => (values?.probabilities[node] ?? 0) >= NUMBER_FROM;
  const groups: Record<'past' | 'ahead', string[]> = { past: [], ahead: [] };
  for (const [source, target] of item.edges) {
    const { line, tip } = edgePath(geometry, item.names, withNumber, source, target);
    const { band, rank } = layout.nodes[source];
    const past = values !== undefined && band === 'reachable' && rank < values.thought;
    groups[past ? 'past' : 'ahead'].push(`<path class="edge" d="${line}"/><path class="tip" d="${tip}"/>`);
  }
  return (['ahead', 'past'] as const).map((kind) => `<g class="${kind}">${groups[kind].join('')}</g>`).join('\n');
}

function drawFrame(figure: DagFigure, layout: DagLayout, geometry: DagGeometry, headingHeight: number): string {
  const { item, values, heading } = figure;
  const { columnX, columnWidth, reachable, divider } = geometry;
  const parts: string[] = [];
  if (heading !== undefined) parts.push(`<text class="heading" x="14" y="22">${escapeText(heading)}</text>`);
  const depths = layout.nodes.filter(({ band }) => band === 'reachable').map(({ rank }) => rank);
  const deepest = Math.max(...depths);
  for (let rank = 0; rank <= deepest; rank++) {
    const x = columnX(rank);
    const isFrontier = values?.thought === rank;
    if (isFrontier) {
      const [left, top, width, height] = [
        x - 16,
        headingHeight + 3,
        columnWidth + 20,
        reachable.bottom - headingHeight,
      ];
      parts.push(
        `<rect class="column" x="${coordinate(left)}" y="${coordinate(top)}" width="${coordinate(width)}" height="${coordinate(height)}" rx="6"/>`,
      );
    }
    const note = isFrontier ? `frontier ${frontierName(rank)}` : rank === 0 ? 'depth 0' : String(rank);
    parts.push(
      `<text class="note${isFrontier ? ' frontier-note' : ''}" x="${coordinate(x)}" y="${coordinate(headingHeight + 18)}">${note}</text>`,
    );
  }
  if (divider !== undefined) {
    const y = coordinate(divider);
    parts.push(
      `<path class="divider" d="M14,${y}H${coordinate(geometry.width - 14)}"/>`,
      `<text class="note" x="14" y="${coordinate(divider + 14)}">not reachable from ${escapeText(item.names[item.root])}</text>`,
    );
  }
  return parts.join('\n');
}

/**
 * An item's graph as a layered drawing: columns are breadth-first depths from the root, what the root cannot reach
 * stands below. Each node is a glyph (square root, diamond target, triangle decoy, circle otherwise) that is filled in
 * proportion to its probability: area and colour both grow with it, and a full glyph is `values.maximum`. The
 * frontier F_c has a shaded column and thicker outlines.
 *
 * @returns an `<svg>` element; the same input gives the same text on every machine
 */
export function dagSvg(figure: DagFigure): string {
  const { item, values, heading } = figure;
  const layout = layoutDag(itemGraph(item), item.root);
  const headingHeight = heading === undefined ? 0 : 32;
  const geometry = dagGeometry(layout, item.names, values !== undefined, headingHeight + 26);
  const body = [
    drawFrame(figure, layout, geometry, headingHeight),
    drawEdges(figure, layout, geometry),
    ...item.names.map((_, node) => drawNode(figure, layout, geometry, node)),
  ].join('\n');
  const { width, height } = geometry;
  const name = `Graph of item ${item.id}`;
  const title =
    heading ?? (values === undefined ? name : `${name}: node probabilities after thought ${values.thought}`);
  const content = { id: figure.id, width, height, title, description: describe(item, layout, values), body };
  return svgElement(content, figure.standalone ?? false);
}
