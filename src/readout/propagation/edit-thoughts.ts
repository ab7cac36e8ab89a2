import { itemSearch, type Item } from '../../dataset/index.js';
import { randomDirections } from '../../intervention/index.js';
import type { Random } from '../../random.js';
import { mean } from '../../statistics/index.js';
import type { PropagationArm, PropagationEdit } from './edit-names.js';
import type { NodeDisplay } from './node-display.js';
import type { Plan } from './plans.js';

/** What takes the place of a thought [d]; no `wrongNode` where there is no other node. */
export type EditedThoughts = Partial<Readonly<Record<PropagationArm, Float64Array>>>;

/**
 * Edits one thought so that the plan's nodes are displayed as others are on average in this thought: what is removed as the
 * never-reached nodes `others`, what is added as the frontier. All other nodes of the item keep their logits
 * (`NodeDisplay.changeTo`).
 *
 * @param held thought t [d]
 * @param random of this item, edit and thought
 * @returns nothing where other nodes' rows explain those of the edited ones
 */
export function editThought(
  display: NodeDisplay,
  item: Item,
  edit: PropagationEdit,
  { plan, thought, held, random }: { plan: Plan; thought: number; held: Float32Array; random: Random },
): EditedThoughts {
  const logits = display.logits(item, held);
  const like = edit === 'added' ? itemSearch(item).atDepth(thought) : plan.others;
  const level = mean(like.map((node) => logits[node]));
  const change = display.changeTo(item, held, plan.nodes, level);
  if (change === undefined) return {};
  const wrong = display.changeTo(item, held, plan.wrongNodes, level);
  const size = Math.hypot(...change);
  const [direction] = randomDirections(random, 1, held.length);
  const plus = (step: Float64Array): Float64Array => step.map((x, j) => held[j] + x);
  return {
    edited: plus(change),
    ...(wrong !== undefined && { wrongNode: plus(wrong) }),
    sameSize: plus(direction.map((x) => size * x)),
  };
}
