import {
  colourClass,
  coordinate,
  escapeText,
  estimateNumber,
  figureSvg,
  lineAt,
  rectAt,
  shapeAt,
  shortName,
  textAt,
  textWidth,
  tip,
  wholeName,
  wrap,
  type TreeLayout,
} from '../../drawing/index.js';
import type { ValueTree } from './schema.js';

const EDGE = 12;
const ROW = 32;
/** Pixels of a share of 1. */
const BAR = 84;
const BAR_HEIGHT = 7;
/** From a glyph to its name and bar. */
const INDENT = 10;
/** Between a column and the next, for the links. */
const GAP = 40;
const NUMBER_WIDTH = 36;
const LEAST_WIDTH = 560;
const TICKS = [0, 0.5, 1];
/** As in the figure of the heights. */
const LEGEND = ['leads to the target', 'does not'] as const;

/** What is known of a node in the place where a search would have it: V after as many thoughts as it is deep. */
export interface CandidateValue {
  /** Thoughts, as many as the node's depth; null where there were not so many, and at the root. */
  readonly thought: number | null;
  /** Raw. */
  readonly value: number | null;
  /** Over the sum of the candidates. */
  readonly share: number | null;
}

export function candidateValue({ depths, perThought }: ValueTree, node: number): CandidateValue {
  const own = perThought.find(({ thought }) => thought === depths[node]);
  if (own === undefined) return { thought: null, value: null, share: null };
  return { thought: own.thought, value: own.values[node], share: own.normalised[node] };
}

interface TreeDrawing {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly tree: ValueTree;
  readonly layout: TreeLayout;
}

/** What stands beside a node's name. */
function roleWords({ root, target, decoy }: ValueTree, node: number, repeated: boolean): string {
  const role = node === root ? 'root' : node === target ? 'target' : node === decoy ? 'decoy' : '';
  return [role, repeated ? 'again' : ''].filter((word) => word !== '').join(', ');
}

/** A name with what it is behind it, wherever the name ends. */
function nameAt(x: number, y: number, name: string, role: string): string {
  if (role === '') return textAt(x, y, name);
  const said = `<tspan class="small muted" dx="6">${escapeText(role)}</tspan>`;
  return textAt(x, y, name).replace('</text>', () => `${said}</text>`);
}

/** Draws the tree from the left, one column for each depth, each with its axis of shares from 0 to 1. */
export function treeItemSvg({ id, title, notes: words, tree, layout }: TreeDrawing): string {
  const { nodes, edges, repeated, columns, reachableRows } = layout;
  const labels = nodes.map(({ node }, place) => {
    const role = roleWords(tree, node, repeated[place]);
    return { name: shortName(tree.names[node]), role };
  });
  const labelWidth = ({ name, role }: (typeof labels)[number]): number =>
    textWidth(name) + (role === '' ? 0 : 6 + textWidth(role));
  const inner = INDENT + Math.max(BAR + NUMBER_WIDTH, ...labels.map(labelWidth));
  const total = Math.max(LEAST_WIDTH, title.length * 8.4 + 2 * EDGE, 2 * EDGE + columns * (inner + GAP) - GAP);
  const notes = words.flatMap((note) => wrap(note, Math.floor((total - 2 * EDGE) / 5.6)));
  const legendAt = 50 + 15 * notes.length;
  const top = legendAt + 56;
  const bottom = top + reachableRows * ROW;
  const xOf = (rank: number): number => EDGE + 6 + rank * (inner + GAP);
  const yOf = (row: number): number => top + row * ROW + 12;

  const column = (depth: number): string[] => {
    const left = xOf(depth) + INDENT;
    const own = tree.perThought.find(({ thought }) => thought === depth);
    if (own === undefined) return [textAt(left, top - 26, depth === 0 ? 'root' : `depth ${depth}`, 'panel-heading')];
    const sum = own.values.reduce((all, value, node) => all + (tree.depths[node] === depth ? value : 0), 0);
    return [
      textAt(left, top - 26, `after ${depth} ${depth === 1 ? 'thought' : 'thoughts'}`, 'panel-heading'),
      textAt(left, top - 12, `depth ${depth}, raw sum ${estimateNumber(sum, 3)}`, 'small muted'),
      ...TICKS.map((tick) => lineAt(left + tick * BAR, top, left + tick * BAR, bottom, 'grid')),
      lineAt(left, bottom, left + BAR, bottom, 'axis'),
      ...TICKS.map((tick) => textAt(left + tick * BAR, bottom + 14, String(tick), 'small muted', 'middle')),
      textAt(left + BAR / 2, bottom + 28, 'share of V, V', 'small', 'middle'),
    ];
  };

  const links = edges.map(([from, to]) => {
    const [parent, child] = [nodes[from], nodes[to]];
    const { thought, share } = candidateValue(tree, parent.node);
    const left = xOf(parent.rank) + INDENT;
    const [x1, y1] =
      thought === null
        ? [left + labelWidth(labels[from]) + 4, yOf(parent.row)]
        : [left + BAR * (share ?? 0) + NUMBER_WIDTH, yOf(parent.row) + 9.5];
    const [x2, y2] = [xOf(child.rank) - 8, yOf(child.row)];
    const turn = x2 - GAP + 4;
    const middle = coordinate((turn + x2) / 2);
    const [a, b, c, d] = [x1, y1, x2, y2].map(coordinate);
    return `<path class="axis" d="M${a},${b}H${coordinate(turn)}C${middle},${b} ${middle},${d} ${c},${d}"/>`;
  });

  const place = ({ node, rank, row }: TreeLayout['nodes'][number], index: number): string => {
    const [x, y] = [xOf(rank), yOf(row)];
    const { name, role } = labels[index];
    const { thought, value, share } = candidateValue(tree, node);
    const style = tree.reachesTarget[node] ? 0 : 1;
    const said =
      thought === null
        ? ''
        : `, after ${thought} ${thought === 1 ? 'thought' : 'thoughts'} V ${String(value)}, share ${share === null ? 'not defined' : String(share)}`;
    const left = x + INDENT;
    const parts = [
      shapeAt(style, x, y, tip(`${wholeName(tree.names[node])}: depth ${rank}, ${LEGEND[style]}${said}`)),
      nameAt(left, y + 2, name, role),
    ];
    if (thought === null) return parts.join('');
    const end = left + BAR * (share ?? 0);
    const bar = (to: number, rest = ''): string =>
      rectAt(left, y + 6, to, y + 6 + BAR_HEIGHT, `class="${colourClass(style, 'f')}"${rest}`);
    return [
      ...parts,
      ...(share === null ? [] : [bar(end, ' fill-opacity="0.3"'), bar(left + BAR * Math.min(1, value ?? 0))]),
      textAt(end + 4, y + 13, estimateNumber(share, 3), 'small'),
    ].join('');
  };

  const legend = LEGEND.map((text, style) => {
    const x = EDGE + 6 + style * (32 + textWidth(LEGEND[0]));
    return `${shapeAt(style, x, legendAt - 4)}${textAt(x + INDENT, legendAt, text)}`;
  });
  return figureSvg({
    id,
    width: total,
    height: bottom + 38,
    title,
    description: `The nodes that ${wholeName(tree.names[tree.root])} reaches as a tree with ${columns} columns, by depth; each node of depth c has a bar of its value after c thoughts.`,
    body: [
      textAt(EDGE, 24, title, 'heading'),
      ...notes.map((note, i) => textAt(EDGE, 42 + i * 15, note, 'small muted')),
      ...legend,
      ...Array.from({ length: columns }, (_, depth) => column(depth)).flat(),
      ...links,
      ...nodes.map(place),
    ].join('\n'),
  });
}
