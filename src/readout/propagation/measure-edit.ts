import { itemLabel, itemSearch, type Item } from '../../dataset/index.js';
import {
  isCorrect,
  preference,
  readAnswers,
  requireThoughts,
  thoughtOf,
  type Answer,
} from '../../intervention/index.js';
import { float32, type CoconutRun } from '../../model/index.js';
import type { Random } from '../../random.js';
import { auc } from '../../statistics/index.js';
import type { Wording } from '../../tokenizer/index.js';
import {
  PROPAGATION_ARMS,
  PROPAGATION_READINGS,
  type PropagationArm,
  type PropagationEdit,
  type PropagationReadingName,
} from './edit-names.js';
import { editThought, type EditedThoughts } from './edit-thoughts.js';
import type { NodeDisplay } from './node-display.js';
import { planEdit, type Plan } from './plans.js';

/** A number with the edit and with each reference; no `wrongNode` where there is no other node. */
export type OfArms = Partial<Record<PropagationArm, number>>;

/** The AUC of some nodes against nodes that the root never reaches, 0 to 1; `before` with the item's own thoughts. */
export type PropagationReading = Readonly<OfArms> & { readonly before: number };

/** One edit of one thought of an item. */
export interface PropagationCell {
  readonly edit: PropagationEdit;
  /** t, from 1. */
  readonly thought: number;
  /** Edges from the frontier to the target, depth - t. */
  readonly toGo: number;
  /** Those that there are nodes and thoughts for. */
  readonly readings: Readonly<Partial<Record<PropagationReadingName, PropagationReading>>>;
  /** Fall of T / 100, -1 to 1. */
  readonly fall: Readonly<OfArms>;
}

/** Some items in front of a model. */
export interface AskedItems {
  readonly items: readonly Item[];
  readonly wording: Wording;
  /** k */
  readonly thoughts: number;
  readonly run: CoconutRun;
  /** [items], after k thoughts. */
  readonly answers: readonly Answer[];
  readonly display: NodeDisplay;
}

/** One item's edit: what is planned, and what takes the thought's place. */
interface Job {
  readonly row: number;
  readonly plan: Plan;
  readonly edited: EditedThoughts;
}

type Aucs = Partial<Record<PropagationReadingName, number>>;

/** What is known of a job so far. */
interface Measured {
  readonly before: Aucs;
  readonly after: Partial<Record<PropagationArm, Aucs>>;
  readonly fall: OfArms;
}

/** Thought t of an item [d]. */
type ThoughtAt = (thought: number) => ArrayLike<number>;

/**
 * Edits thought t of the items that are answered correctly and have nodes for it, and computes later thoughts and answers.
 *
 * @param random each item takes a stream of its own
 * @returns by row of the items
 */
export async function measureEdit(
  asked: AskedItems,
  edit: PropagationEdit,
  thought: number,
  random: Random,
): Promise<{ readonly row: number; readonly cell: PropagationCell }[]> {
  const jobs = jobsOf(asked, edit, thought, random);
  const own = requireThoughts('thoughts', asked.run.thoughts);
  const cells = jobs.map((job): Measured => ({
    before: aucsOf(asked, job, thought, (t) => thoughtOf(own, job.row, t)),
    after: {},
    fall: {},
  }));
  for (const arm of PROPAGATION_ARMS) {
    const there = [...jobs.keys()].filter((i) => jobs[i].edited[arm] !== undefined);
    if (there.length === 0) continue;
    const rows = there.map((i) => jobs[i].row);
    const put = there.map((i) => jobs[i].edited[arm] ?? []);
    const replaced = float32([rows.length, own.shape[2]], Float32Array.from(put.flatMap((one) => [...one])));
    const again = await asked.run.rethink({
      rows,
      thoughts: asked.thoughts,
      from: thought,
      replaceThought: ({ index }) => (index === thought ? replaced : undefined),
    });
    const items = rows.map((row) => asked.items[row]);
    const answers = await readAnswers(again, asked.thoughts, items, asked.wording);
    const later = requireThoughts('thoughts', again.thoughts);
    there.forEach((i, n) => {
      cells[i].fall[arm] = (preference(asked.answers[rows[n]]) - preference(answers[n])) / 100;
      cells[i].after[arm] = aucsOf(asked, jobs[i], thought, (t) => (t === thought ? put[n] : thoughtOf(later, n, t)));
    });
  }
  return jobs.map(({ row }, i) => {
    const toGo = itemSearch(asked.items[row]).depth - thought;
    return { row, cell: { edit, thought, toGo, readings: readingsOf(cells[i]), fall: cells[i].fall } };
  });
}

function jobsOf(
  { items, answers, run, display }: AskedItems,
  edit: PropagationEdit,
  thought: number,
  random: Random,
): Job[] {
  const own = requireThoughts('thoughts', run.thoughts);
  return items.flatMap((item, row): Job[] => {
    const search = itemSearch(item);
    if (isCorrect(answers[row]) < 1 || thought > search.depth - 2) return [];
    const ofItem = random.fork(`${edit} ${thought}`).fork(itemLabel(item));
    const plan = planEdit(edit, search, thought, ofItem.fork('nodes'));
    if (plan === undefined) return [];
    const held = thoughtOf(own, row, thought);
    const edited = editThought(display, item, edit, { plan, thought, held, random: ofItem.fork('direction') });
    return edited.edited === undefined ? [] : [{ row, plan, edited }];
  });
}

/** What is displayed of a job's nodes, at the thoughts that there are. */
function aucsOf({ items, thoughts, display }: AskedItems, { row, plan }: Job, thought: number, at: ThoughtAt): Aucs {
  const found: Aucs = {};
  PROPAGATION_READINGS.forEach((name, i) => {
    const nodes = plan[name];
    if (nodes.length === 0 || thought + i > thoughts) return;
    const logits = display.logits(items[row], at(thought + i));
    const both = [...nodes, ...plan.others];
    found[name] = auc(
      both.map((node) => logits[node]),
      both.map((_, n) => n < nodes.length),
    );
  });
  return found;
}

function readingsOf({ before, after }: Measured): PropagationCell['readings'] {
  return Object.fromEntries(
    PROPAGATION_READINGS.flatMap((name) => {
      const value = before[name];
      const arms = PROPAGATION_ARMS.map((arm) => [arm, after[arm]?.[name]] as const);
      return value === undefined
        ? []
        : [[name, { before: value, ...Object.fromEntries(arms.filter(([, one]) => one !== undefined)) }]];
    }),
  );
}
