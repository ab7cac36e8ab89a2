import { formatMagnitude } from '../../drawing/index.js';
import { estimateTable } from './estimate-table.js';
import type { GroupMean, GroupMeans } from './node-groups.js';
import { CLASS_WORDS, PUBLISHED_WORDS } from './words.js';

/** What {@link groupTables} shows of one number of thoughts. */
export type GroupsAfter = GroupMeans & { readonly thought: number };

/** Two sections: the published groups, nested, and the disjoint classes. Every group at every number of thoughts. */
export function groupTables(perThought: readonly GroupsAfter[], what: string, members: string): string[] {
  const table = (groupsOf: (after: GroupsAfter) => readonly (GroupMean & { readonly label: string })[]): string =>
    estimateTable(
      perThought.flatMap((after) => groupsOf(after).map((group) => ({ thought: after.thought, ...group }))),
      {
        heading: ['group', 'c', members],
        of: ({ label, thought, members: count }) => [label, String(thought), String(count)],
        words: 1,
      },
      [{ heading: what, of: ({ mean }) => mean, format: formatMagnitude }],
    );
  return [
    'As published (arXiv 2505.12514), nested: each mean contains the groups inside it; the walk frontier keeps no visited set',
    table(({ published }) => published.map((group) => ({ ...group, label: PUBLISHED_WORDS[group.name].short }))),
    '',
    'Disjoint classes; F_c: nodes at depth c',
    table(({ classes }) => classes.map((group) => ({ ...group, label: CLASS_WORDS[group.name].short }))),
  ];
}
