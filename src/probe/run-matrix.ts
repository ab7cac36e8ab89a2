import { LensError } from '../errors.js';
import { describeBootstrap, type ReadoutHead } from '../readout/index.js';
import type { Estimate } from '../statistics/index.js';
import { DEFAULT_FOLDS } from './folds.js';
import { nodeLabels } from './labels.js';
import { diagonality, type Diagonality } from './measures/diagonality.js';
import { graphAucs } from './measures/scored.js';
import type { ProbeData } from './probe-data.js';
import { singleClass, type ProbeOptions } from './run-node-probe.js';
import { cellsOf, compareNodeScores } from './score-tables.js';
import { controlWordsOf, type NodeProbe } from './spec.js';
import type { ThoughtFits } from './thought-fits.js';

/** Labels of one step read out of one thought. */
export interface MatrixCell {
  /** k: what is read. */
  readonly thought: number;
  /** d: what is asked about. */
  readonly step: number;
  /** AUC of each item, averaged over the items of a graph, then over graphs. */
  readonly score: Estimate;
  readonly control: Estimate;
  readonly selectivity: Estimate;
}

/** A node probe for every thought and every step. JSON-serialisable. */
export interface ProbeMatrix extends ReadoutHead<'probe-matrix'> {
  readonly probe: string;
  readonly question: string;
  readonly controlTask: string;
  readonly folds: number;
  /** By thought, then step; steps without labels of both classes have none. */
  readonly cells: readonly MatrixCell[];
  /** Of selectivity; the null: thoughts change places within a graph. */
  readonly diagonality: Diagonality;
}

/**
 * The matrix of thoughts and steps: the labels of step d, read out of thought k. A search that advances with its thoughts
 * has step d stand out at thought d.
 *
 * @param fits of `data`, by `prepareThoughts`
 * @param onCell called after each cell with how many are done, of all
 * @throws LensError if at no step both tasks have labels to tell apart
 */
export async function runMatrix(
  spec: NodeProbe,
  data: ProbeData,
  fits: ThoughtFits,
  options: ProbeOptions,
  onCell: (done: number, all: number) => void = () => undefined,
): Promise<ProbeMatrix> {
  const thoughts = Array.from({ length: data.thoughts }, (_, index) => index + 1);
  const steps = thoughts.flatMap((step) => {
    const labels = nodeLabels(spec, 'task', data, step);
    const controls = nodeLabels(spec, 'control', data, step);
    return (singleClass(labels, 'label') ?? singleClass(controls, 'control')) === undefined
      ? [{ step, labels, controls }]
      : [];
  });
  if (steps.length === 0)
    throw new LensError(`probe ${spec.name}`, 'has labels of a single class at every step', 'use other items');
  /** [graph][thought - 1][step - 1]: steps without labels keep their place, empty, so that the diagonal is step d at thought d. */
  const contrasts = Array.from({ length: data.graphCount }, () =>
    thoughts.map(() => Array<number | undefined>(thoughts.length)),
  );
  const all = thoughts.length * steps.length;
  let done = 0;
  // All at once: fits wait for each other in a queue.
  const pairs = thoughts.flatMap((thought) => steps.map((step) => ({ thought, ...step })));
  const cells = await Promise.all(
    pairs.map(async ({ thought, step, labels, controls }): Promise<MatrixCell> => {
      const [task, control] = await Promise.all([fits.nodes(thought, labels), fits.nodes(thought, controls)]);
      const tables = [
        { name: 'task', labels, scores: task.scores },
        { name: 'control', labels: controls, scores: control.scores },
      ];
      const compared = compareNodeScores(data, tables, [['task', 'control']], options);
      const [own, other] = tables.map((table) => graphAucs(cellsOf(data, table.labels, table.scores), data.graphCount));
      contrasts.forEach((matrix, graph) => {
        const difference = own[graph] - other[graph];
        if (!Number.isNaN(difference)) matrix[thought - 1][step - 1] = difference;
      });
      onCell(++done, all);
      return {
        thought,
        step,
        score: compared.of('task'),
        control: compared.of('control'),
        selectivity: compared.difference('task', 'control'),
      };
    }),
  );
  return {
    kind: 'probe-matrix',
    version: 1,
    items: data.items.length,
    graphs: data.graphCount,
    bootstrap: describeBootstrap(options),
    probe: spec.name,
    question: spec.question,
    controlTask: controlWordsOf(spec),
    folds: options.folds ?? DEFAULT_FOLDS,
    cells,
    diagonality: diagonality(contrasts, { ...options, permutations: PERMUTATIONS }),
  };
}

/** So that p can fall under .001 by more than a hair. */
const PERMUTATIONS = 10_000;
