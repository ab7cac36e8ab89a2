import { itemSearch } from '../../dataset/index.js';
import { descendantsOf, heights, type HeightDefinition } from '../../graph/index.js';
import type { BootstrapOptions } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { range, readoutHead, record } from '../kit/readout-result.js';
import type { ValueObservation } from '../kit/value-observation.js';
import type { HeightCorrelation, HeightReading, HeightReadout } from './schema.js';
import { addPair, definePartial, StratifiedGap } from './statistics.js';

export const HEIGHT_DEFINITIONS = ['longest', 'shortest'] as const satisfies readonly HeightDefinition[];

/**
 * Raw values of the candidates after c thoughts, the nodes at depth c, by height and by whether they can reach the target.
 *
 * @throws RangeError if `resamples` or `level` is out of range, or a graph has a cycle
 */
export function readHeight(observations: readonly ValueObservation[], options: BootstrapOptions): HeightReadout {
  const found = new GraphEstimates();
  const highest = new Map<string, number>();
  const gaps = new Map<string, StratifiedGap>();
  for (const { item, values } of observations) {
    found.startItem(item);
    const search = itemSearch(item);
    const height = record(HEIGHT_DEFINITIONS, (definition) => heights(search.graph, definition));
    values.forEach((own, i) => {
      const candidates = search.atDepth(i + 1);
      if (candidates.length === 0 || search.depth < i + 1) return;
      found.add(`${i + 1} items`, 1);
      const descendants = new Map(candidates.map((node) => [node, descendantsOf(search.graph, node).length - 1]));
      for (const definition of HEIGHT_DEFINITIONS) {
        const key = `${i + 1} ${definition}`;
        for (const kind of KINDS) {
          const members = candidates.filter((node) => search.reachesTarget(node) === (kind === 'correct'));
          for (const h of new Set(members.map((node) => height[definition][node]))) {
            const at = members.filter((node) => height[definition][node] === h);
            found.addEach(
              `${key} ${h} ${kind}`,
              at.map((node) => own[node]),
            );
            found.add(`${key} ${h} ${kind} nodes`, at.length);
            highest.set(key, Math.max(highest.get(key) ?? 0, h));
          }
          if (members.length > 0) found.add(`${key} ${kind} items`, 1);
          for (const node of members) {
            const [h, d] = [height[definition][node], descendants.get(node) ?? 0];
            addPair(found, `${key} ${kind}`, own[node], h, d);
            for (const [name, stratum] of [
              ['gap', 'all'],
              ['gapH', String(h)],
              ['gapHD', `${h} ${band(d)}`],
            ]) {
              const gap = gaps.get(`${key} ${name}`) ?? new StratifiedGap(found, `${key} ${name}`);
              gaps.set(`${key} ${name}`, gap);
              gap.add(item, stratum, kind, own[node]);
            }
          }
        }
      }
    });
  }
  for (const gap of gaps.values()) gap.define();
  for (const key of highest.keys()) for (const kind of KINDS) definePartial(found, `${key} ${kind}`);
  const estimate = found.estimates(options);
  const correlationOf = (key: string): HeightCorrelation => ({
    plain: estimate(`${key} plain`),
    partial: estimate(`${key} partial`),
  });
  return {
    ...readoutHead('height', found, options),
    scorer: observations.at(0)?.scorer ?? null,
    perThought: range(Math.max(0, ...observations.map(({ values }) => values.length))).map((i) => ({
      thought: i + 1,
      items: found.totalOf(`${i + 1} items`),
      ...record(HEIGHT_DEFINITIONS, (definition): HeightReading => {
        const key = `${i + 1} ${definition}`;
        return {
          byHeight: range((highest.get(key) ?? -1) + 1).map((h) => ({
            height: h,
            correct: estimate(`${key} ${h} correct`),
            incorrect: estimate(`${key} ${h} incorrect`),
            nodes: record(KINDS, (kind) => found.totalOf(`${key} ${h} ${kind} nodes`)),
          })),
          gap: estimate(`${key} gap`),
          gapAtEqualHeight: estimate(`${key} gapH`),
          gapAtEqualHeightAndDescendants: estimate(`${key} gapHD`),
          correlation: record(KINDS, (kind) => correlationOf(`${key} ${kind}`)),
        };
      }),
    })),
  };
}

const KINDS = ['correct', 'incorrect'] as const;

/** Numbers of descendants that are taken for equal. */
function band(descendants: number): string {
  if (descendants <= 2) return String(descendants);
  if (descendants <= 4) return '3-4';
  return descendants <= 8 ? '5-8' : '9+';
}
