import { sizeDesign } from './baselines.js';
import { crossFitClasses, type CrossFit } from './cross-fit.js';
import type { Design } from './design.js';
import type { GraphNumbers } from './graph-numbers.js';
import { itemLabels } from './labels.js';
import { crossFitRidge } from './cross-fit-ridge.js';
import { classCodelength } from './measures/codelength.js';
import { PreparedDesign } from './prepared-design.js';
import type { ProbeData, ProbeItem } from './probe-data.js';
import {
  RECORDING_BASELINE,
  type BaselineName,
  type FitSummary,
  type LeftOut,
  type LengthSummary,
  type ProbeAtThought,
} from './probe-result.js';
import { summaryOf, type ProbeOptions } from './run-node-probe.js';
import { compareClasses, compareNumbers, type ItemColumn } from './score-tables.js';
import type { ClassProbe, NumberProbe } from './spec.js';

/** Rows of a fit: an item after a thought. */
interface ItemRows extends GraphNumbers {
  readonly design: Design;
  /** [rows] the item, so that several rows may be of one; `graphs` likewise. */
  readonly items: readonly ProbeItem[];
  /** [rows] the step asked about */
  readonly steps: readonly number[];
}

/** A class or number probe at thought c, asked about step c; with `allThoughts` at all of them in one fit. */
export async function runItemProbe(
  spec: ClassProbe | NumberProbe,
  data: ProbeData,
  thought: number | null,
  options: ProbeOptions,
): Promise<ProbeAtThought | LeftOut> {
  const rows = rowsOf(data, thought);
  const labels = labelsOf(spec, 'task', rows);
  const controls = labelsOf(spec, 'control', rows);
  const lacking = lack(labels, 'label') ?? lack(controls, 'control');
  if (lacking !== undefined) return { thought, reason: lacking };
  const task = await fit(spec, rows.design, rows, labels, options);
  const control = await fit(spec, rows.design, rows, controls, options);
  const size = await fit(spec, sizeDesign(rows.items), rows, labels, options);
  const baselines: { name: BaselineName; labels: ItemColumn; scores: ItemColumn }[] = [
    { name: 'graphSize', labels, scores: size.said },
  ];
  if (thought !== null && thought > 1) {
    const first = await fit(spec, data.designs[0], rows, labels, options);
    baselines.push({ name: 'firstThought', labels, scores: first.said });
  }
  for (const { name, data: other } of options.baselineRecordings ?? []) {
    const said = await fit(spec, rowsOf({ ...other, thoughts: data.thoughts }, thought).design, rows, labels, options);
    baselines.push({ name: `${RECORDING_BASELINE}${name}`, labels, scores: said.said });
  }
  const compare = spec.kind === 'class' ? compareClasses : compareNumbers;
  const compared = compare(
    rows,
    [
      { name: 'task', labels, scores: task.said },
      { name: 'control', labels: controls, scores: control.said },
      ...baselines,
    ],
    [['task', 'control'], ...baselines.map(({ name }) => ['task', name] as const)],
    options,
  );
  const asked = labels.filter((label) => !Number.isNaN(label));
  const base = spec.kind === 'class' ? commonest(asked) : deviation(asked);
  return {
    thought,
    labels: asked.length,
    base,
    chance: spec.kind === 'class' ? base : 0,
    score: compared.of('task'),
    control: compared.of('control'),
    selectivity: compared.difference('task', 'control'),
    baselines: baselines.map(({ name }) => ({
      name,
      score: compared.of(name),
      beaten: compared.difference('task', name),
    })),
    pooledAuc: null,
    withinNodeAuc: null,
    calibration: null,
    codelength:
      spec.kind === 'class' && options.codelength === true
        ? { task: await lengthOf(spec, rows, labels, options), control: await lengthOf(spec, rows, controls, options) }
        : null,
    fit: task.summary,
    controlFit: control.summary,
  };
}

function rowsOf({ designs, items, graphs, graphCount, thoughts }: ProbeData, thought: number | null): ItemRows {
  if (thought !== null) {
    return { design: designs[thought - 1], items, graphs, graphCount, steps: items.map(() => thought) };
  }
  const [{ rows, columns }] = designs;
  const values = new Float32Array(rows * columns * thoughts);
  const each = Array.from({ length: thoughts }, (_, c) => c);
  for (const c of each) values.set(designs[c].values, c * rows * columns);
  return {
    design: { rows: rows * thoughts, columns, values },
    items: each.flatMap(() => items),
    graphs: Int32Array.from(each.flatMap(() => [...graphs])),
    graphCount,
    steps: each.flatMap((c) => items.map(() => c + 1)),
  };
}

/** [rows], NaN where an item is not asked. */
function labelsOf(spec: ClassProbe | NumberProbe, task: 'task' | 'control', { items, steps }: ItemRows): ItemColumn {
  const column = new Float64Array(items.length).fill(Number.NaN);
  for (const step of new Set(steps)) {
    const rows = steps.flatMap((own, row) => (own === step ? [row] : []));
    const asked = itemLabels(
      spec,
      task,
      rows.map((row) => items[row]),
      step,
    );
    asked.rows.forEach((index, i) => (column[rows[index]] = asked.labels[i]));
  }
  return column;
}

function lack(labels: ItemColumn, field: string): string | undefined {
  const distinct = new Set(labels.filter((label) => !Number.isNaN(label)));
  if (distinct.size === 0) return `${field}: no item is asked about`;
  return distinct.size === 1 ? `${field}: ${[...distinct][0]} of every item` : undefined;
}

/** What out-of-fold probes say of each row: a class, or a number; NaN where the row has no label. */
interface Fitted {
  readonly said: ItemColumn;
  readonly summary: FitSummary;
}

async function fit(
  spec: ClassProbe | NumberProbe,
  design: Design,
  { graphs }: ItemRows,
  labels: ItemColumn,
  { folds, seed, penalties, signal }: ProbeOptions,
): Promise<Fitted> {
  signal?.throwIfAborted();
  const asked = Int32Array.from([...labels.keys()].filter((row) => !Number.isNaN(labels[row])));
  const own = asked.length === design.rows ? design : takeRows(design, asked);
  const groups = Int32Array.from(asked, (row) => graphs[row]);
  const targets = Float64Array.from(asked, (row) => labels[row]);
  const said = new Float64Array(labels.length).fill(Number.NaN);
  if (spec.kind === 'number') {
    const result = await crossFitRidge(own, targets, groups, { folds, seed, penalties });
    asked.forEach((row, i) => (said[row] = result.predictions[i]));
    return { said, summary: { penalties: result.fits.map(({ penalty }) => penalty), unconverged: 0, fits: 0 } };
  }
  const prepared = await PreparedDesign.prepare(own, groups, { folds, seed });
  try {
    const result = await crossFitClasses(prepared, targets, spec.classes.length, { penalties });
    asked.forEach((row, i) => (said[row] = highest(result, i)));
    return { said, summary: summaryOf(result) };
  } finally {
    await prepared.dispose();
  }
}

async function lengthOf(
  { classes }: ClassProbe,
  { design, graphs }: ItemRows,
  labels: ItemColumn,
  { seed }: ProbeOptions,
): Promise<LengthSummary> {
  const asked = Int32Array.from([...labels.keys()].filter((row) => !Number.isNaN(labels[row])));
  const groups = Int32Array.from(asked, (row) => graphs[row]);
  const own = Int32Array.from(asked, (row) => labels[row]);
  const { bits, uniformBits, compression } = await classCodelength(
    takeRows(design, asked),
    own,
    groups,
    classes.length,
    { seed },
  );
  return { bits, uniformBits, compression };
}

function takeRows({ columns, values }: Design, rows: Int32Array): Design {
  const taken = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => taken.set(values.subarray(row * columns, (row + 1) * columns), i * columns));
  return { rows: rows.length, columns, values: taken };
}

function highest({ outputs, scores }: CrossFit, row: number): number {
  if (outputs === 1) return Number(scores[row] > 0);
  const own = scores.subarray(row * outputs, (row + 1) * outputs);
  return own.indexOf(Math.max(...own));
}

function commonest(labels: Float64Array): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values()) / labels.length;
}

function deviation(labels: Float64Array): number {
  const mean = labels.reduce((a, b) => a + b, 0) / labels.length;
  return Math.sqrt(labels.reduce((sum, label) => sum + (label - mean) ** 2, 0) / labels.length);
}
