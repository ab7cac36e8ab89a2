import {
  figureHtml,
  layoutTree,
  shortName,
  type Figure,
  type FigureOptions,
  type FigureRow,
} from '../../drawing/index.js';
import { createGraph, type Edge } from '../../graph/index.js';
import { LensError } from '../../errors.js';
import { SCORER_WORDS } from '../kit/words.js';
import { candidateValue, treeItemSvg } from './item-figure-svg.js';
import type { TreeReadout, ValueTree } from './schema.js';

/** How the tree of one item is drawn. */
export interface TreeItemOptions extends FigureOptions {
  /** Id of the item; default: the first. */
  readonly item?: string;
}

/**
 * One item's search tree with its concept values (Coconut, arXiv 2412.06769, figure 5): what the root reaches in columns by
 * depth, and at every node of depth c its value after c thoughts.
 *
 * @throws LensError if the readout has no such item
 */
export function treeItemFigure(
  { scorer, trees }: Pick<TreeReadout, 'scorer' | 'trees'>,
  { id = 'tree-item', item }: TreeItemOptions = {},
): Figure {
  const tree = item === undefined ? trees.at(0) : trees.find((one) => one.id === item);
  if (tree === undefined)
    throw new LensError(
      item === undefined ? 'readout tree' : `item ${item}`,
      item === undefined ? 'has no items' : 'is not in the readout',
      trees.length === 0 ? 'read at least one' : `give one of its items, such as ${trees[0].id}`,
    );
  const title = `Concept values along the search tree of item ${shortName(tree.id)}`;
  const layout = layoutTree(
    createGraph({
      nodeCount: tree.names.length,
      edges: tree.parents.flatMap((parents, node) => parents.map((parent): Edge => [parent, node])),
    }),
    tree.root,
  );
  const unreached = tree.depths.filter((depth) => depth === null).length;
  const notes = [
    `One item, so that there are no intervals. ${scorer === null ? '' : `Values: ${SCORER_WORDS[scorer].title}. `}At depth c, after c thoughts. Pale bar and number: V over the sum of the candidates, the nodes at depth c. Full bar: V itself. Above each column that sum.`,
    `A node stands behind each of its parents${layout.cut ? '; longer paths are left out' : ''}. Not drawn: ${unreached} ${unreached === 1 ? 'node' : 'nodes'} that the root does not reach.`,
  ];
  const svg = (): string => treeItemSvg({ id, title, notes, tree, layout });
  return { svg, html: () => figureHtml(svg(), title), data: () => treeRows(tree) };
}

/** Every node that the root reaches, once. */
function treeRows(tree: ValueTree): FigureRow[] {
  const { names, depths, parents, reachesTarget, root, target, decoy } = tree;
  return names.flatMap((name, node): FigureRow[] => {
    const depth = depths[node];
    if (depth === null) return [];
    const { thought, value, share } = candidateValue(tree, node);
    const role = node === root ? 'root' : node === target ? 'target' : node === decoy ? 'decoy' : '';
    return [
      {
        node: name,
        role,
        depth,
        parents: parents[node].map((parent) => names[parent]).join(' | '),
        leadsToTarget: reachesTarget[node] ? 'yes' : 'no',
        thought,
        value,
        share,
      },
    ];
  });
}
