import { clusterBootstrap, toEstimate, type BootstrapOptions, type Estimate } from '../../statistics/index.js';
import { weightedMeasure, type Measure, type Scored } from './scored.js';

/** A probe's measure beside that of its control. */
export interface Selectivity {
  readonly measure: Measure;
  readonly task: Estimate;
  readonly control: Estimate;
  /** Task less control; its interval is that of the difference, paired over graphs. */
  readonly selectivity: Estimate;
}

/**
 * Selectivity (Hewitt and Liang, arXiv 1909.03368, section 2.3): how much better a probe does on its task than one of
 * the same kind does on control labels, here by AUC or accuracy of out-of-fold scores. Intervals are by cluster bootstrap over
 * graphs (n: labelled observations), task and control in the same resamples.
 *
 * An estimate of measure or difference that the data do not define is null.
 *
 * @param graphs number of graphs, numbered alike in both
 */
export function selectivity(
  measure: Measure,
  task: Scored,
  control: Scored,
  graphs: number,
  options: BootstrapOptions,
): Selectivity {
  const own = weightedMeasure(measure, task, graphs);
  const other = weightedMeasure(measure, control, graphs);
  const [a, b, difference] = clusterBootstrap(
    (weights, values) => {
      values[0] = own.of(weights);
      values[1] = other.of(weights);
      values[2] = values[0] - values[1];
    },
    { clusters: graphs, statistics: 3 },
    options,
  );
  return {
    measure,
    task: toEstimate(a, own.n, own.clusters),
    control: toEstimate(b, other.n, other.clusters),
    selectivity: toEstimate(difference, Math.min(own.n, other.n), Math.min(own.clusters, other.clusters)),
  };
}

/** A measure of one probe with its interval, as in {@link selectivity}. */
export function estimateMeasure(measure: Measure, scored: Scored, graphs: number, options: BootstrapOptions): Estimate {
  const own = weightedMeasure(measure, scored, graphs);
  const [interval] = clusterBootstrap(
    (weights, values) => {
      values[0] = own.of(weights);
    },
    { clusters: graphs, statistics: 1 },
    options,
  );
  return toEstimate(interval, own.n, own.clusters);
}
