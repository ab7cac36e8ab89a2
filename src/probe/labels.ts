import { LensError } from '../errors.js';
import { ABSENT } from './fits/losses.js';
import type { ProbeData, ProbeItem } from './probe-data.js';
import type { ProbeSite } from './site.js';
import { controlOf, type ClassProbe, type NodeProbe, type NumberProbe } from './spec.js';

/** Which of a probe's two tasks. */
export type Task = 'task' | 'control';

/**
 * A node probe's labels at one step.
 *
 * @returns [items * columns] 1, 0, or -1 for a node that is not asked about or not there
 * @throws LensError that names the probe, where a label is neither true, false nor undefined
 */
export function nodeLabels(spec: NodeProbe, task: Task, { items, columns }: ProbeData, step: number): Int8Array {
  const label = task === 'task' ? spec.label : controlOf(spec);
  const labels = new Int8Array(items.length * columns.size).fill(ABSENT);
  items.forEach(({ item, ids, site: siteAt }, row) => {
    const site = siteAt(step);
    ids.forEach((id, node) => {
      const value: unknown = called(spec, task, item.id, () => label(site, node));
      if (value === undefined) return;
      if (typeof value !== 'boolean') {
        throw new LensError(
          `probe ${spec.name}`,
          `${field(task)}: gives ${JSON.stringify(value)} for node ${node} of item '${item.id}'`,
          'give true, false or undefined',
        );
      }
      labels[row * columns.size + (columns.get(id) ?? 0)] = Number(value);
    });
  });
  return labels;
}

/** The items that an item probe asks about at a step, and their labels. */
export interface ItemLabels {
  /** Row numbers of the items. */
  readonly rows: Int32Array;
  /** [rows] */
  readonly labels: Float64Array;
}

/**
 * An item probe's labels at one step.
 *
 * @throws LensError that names the probe, where a label is no class, or no finite number
 */
export function itemLabels(
  spec: ClassProbe | NumberProbe,
  task: Task,
  items: readonly ProbeItem[],
  step: number,
): ItemLabels {
  const label = task === 'task' ? spec.label : controlOf<(site: ProbeSite, node: number) => number | undefined>(spec);
  const asked = items.flatMap(({ item, site }, row) => {
    const value: unknown = called(spec, task, item.id, () => label(site(step), -1));
    if (value === undefined) return [];
    const isLabel =
      spec.kind === 'number'
        ? Number.isFinite(value)
        : Number.isInteger(value) && (value as number) >= 0 && (value as number) < spec.classes.length;
    if (!isLabel) {
      throw new LensError(
        `probe ${spec.name}`,
        `${field(task)}: gives ${JSON.stringify(value)} for item '${item.id}'`,
        spec.kind === 'number' ? 'give a finite number or undefined' : 'give the index of a class or undefined',
      );
    }
    return [{ row, value: value as number }];
  });
  return {
    rows: Int32Array.from(asked, ({ row }) => row),
    labels: Float64Array.from(asked, ({ value }) => value),
  };
}

function field(task: Task): string {
  return task === 'task' ? 'label' : 'control';
}

function called<Value>(spec: { readonly name: string }, task: Task, id: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    throw new LensError(
      `probe ${spec.name}`,
      `${field(task)}: fails on item '${id}' (${(error as Error).message})`,
      'mend the probe’s file',
    );
  }
}
