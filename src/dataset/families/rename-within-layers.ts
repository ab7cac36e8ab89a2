import { UNREACHED } from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemSearch } from '../item-search.js';
import type { Item } from '../item.js';
import { conceptFlags } from '../question.js';

/**
 * Another question of the same shape that a search from the root cannot tell from this one before it has met a candidate: nodes
 * change places so that every breadth-first layer of the root holds the same nodes as before, and target and decoy
 * change roles. All else is drawn anew: which of a layer's nodes leads on to which, what the root never reaches, and the
 * order of the sentences. Names and numbers stay, so do the candidates and their order; the answer is the other candidate.
 *
 * It is the donor of causal scrubbing (Chan et al. 2022) for the hypothesis that a thought is the set of nodes of one or
 * several layers: put into the original, such a thought changes nothing. A thought that holds a path, or an answer, does: as
 * far as there are others, the nodes of a layer that lead to the target are moved to where those that do not were, and
 * likewise what leads to the decoy.
 *
 * @returns undefined if a candidate is an entity, or both are reached from the root
 */
export function renameWithinLayers(random: Random, item: Item): Item | undefined {
  const { names, edges, root, target, decoy, candidates, path, id } = item;
  const { depths, toTarget, toDecoy } = itemSearch(item);
  const isConcept = conceptFlags(edges, names.length);
  if (!isConcept[target] || !isConcept[decoy] || depths[decoy] !== UNREACHED) return undefined;
  const renamed = new Int32Array(names.length);
  [renamed[target], renamed[decoy]] = [decoy, target];
  const groups = new Map<string, number[]>();
  names.forEach((_, node) => {
    if (node === target || node === decoy) return;
    const group = depths[node] === UNREACHED ? `never reached ${isConcept[node]}` : String(depths[node]);
    groups.set(group, [...(groups.get(group) ?? []), node]);
  });
  for (const nodes of groups.values()) {
    const leads = (node: number): boolean => (depths[node] === UNREACHED ? toDecoy : toTarget)[node] !== UNREACHED;
    const leading = random.shuffle(nodes.filter(leads));
    const astray = random.shuffle(nodes.filter((node) => !leads(node)));
    // Those that lead take places of those that do not first; what is left over is drawn among the rest.
    const rest = random.shuffle([...astray.slice(leading.length), ...leading]);
    const places = [...astray.slice(0, leading.length), ...rest];
    [...leading, ...astray].forEach((node, i) => (renamed[node] = places[i]));
  }
  return {
    id,
    names,
    edges: random.shuffle(edges.map(([from, to]) => [renamed[from], renamed[to]] as const)),
    root,
    target: decoy,
    decoy: target,
    candidates,
    path: path.map((node) => renamed[node]),
  };
}
