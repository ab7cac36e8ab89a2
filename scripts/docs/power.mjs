// How often batteries come to support, from what `npm run bench -- power` printed: fixtures/results/power.json.
import { readFileSync } from 'node:fs';
import { table } from './table.mjs';

const FILE = new URL('../../fixtures/results/power.json', import.meta.url);

/** The picture, in docs/. */
export const POWER_PICTURE = 'img/power.svg';

const load = () => JSON.parse(readFileSync(FILE, 'utf8'));
const share = (x) => (x === 0 ? '0' : x === 1 ? '1' : x.toFixed(2).replace(/^0/, ''));

/** By model, in the order of the bench: share supported by n, and what most often lacks where it is least. */
export function powerMarkdown() {
  const { byModel } = load();
  const names = Object.keys(byModel);
  const sizes = Object.keys(byModel[names[0]].bySize);
  const rows = names.map((name) => {
    const { bySize, graphs } = byModel[name];
    // At the last n of which not all are supported.
    const open = sizes.findLast((n) => bySize[n].mostOftenLacking !== null);
    return [
      name,
      graphs,
      ...sizes.map((n) => share(bySize[n].supports)),
      open === undefined ? '' : bySize[open].mostOftenLacking,
    ];
  });
  return [
    table(['n', 'of', ...sizes, 'open'], rows),
    '',
    `![Share of batteries that support, by number of items: the same numbers as curves](${POWER_PICTURE})`,
  ].join('\n');
}

/** The same as curves. */
export function powerSvg({ drawing }) {
  const { byModel, resamples } = load();
  const panel = (heading, isOwn) => {
    const own = Object.entries(byModel).filter(([name]) => isOwn(name));
    const sizes = Object.keys(own[0][1].bySize);
    return {
      heading,
      // Sizes grow by factors: they are drawn equally far apart.
      x: { label: 'items', domain: [0, sizes.length - 1], ticks: [...sizes.keys()], texts: sizes },
      y: { label: 'share supported', domain: [0, 1] },
      series: own.map(([name, { bySize }], style) => ({
        name,
        drawn: 'both',
        style,
        points: sizes.map((n, x) => ({ x, value: bySize[n].supports })),
      })),
      levels: [{ value: 0.8, words: 'four in five' }],
    };
  };
  const isTrained = (name) => name.startsWith('prosqa-');
  return drawing
    .chartFigure({
      id: 'power',
      title: 'How many items a verdict takes',
      notes: [
        `Share of ${resamples} resamples of fresh graphs in which breadth-first search is supported; standard error up to .05.`,
      ],
      description: 'Share of batteries that support breadth-first search, by number of items, for each model.',
      columns: 2,
      size: [300, 190],
      legendByPanel: true,
      columnNames: { panel: 'models', x: 'items', y: 'share supported' },
      panels: [panel('searches of known algorithm', (name) => !isTrained(name)), panel('trained models', isTrained)],
    })
    .svg();
}
