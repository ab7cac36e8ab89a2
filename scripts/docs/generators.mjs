import { predictionsMarkdown, thresholdsMarkdown } from './battery.mjs';
import { commandMarkdown } from './cli.mjs';
import { powerMarkdown } from './power.mjs';
import { resultsMarkdown } from './results.mjs';
import { sealedMarkdown } from './sealed.mjs';

/**
 * What stands between `<!--generated: NAME WORDS-->` and `<!--end-->` in docs/*.md, by NAME: Markdown from the library's
 * folders, and for results from fixtures/results. The program gives the folders of dist/, the test those of src/.
 */
export const GENERATORS = {
  cli: ({ cli }, words) => commandMarkdown(cli, words),
  predictions: ({ claim }) => predictionsMarkdown(claim),
  thresholds: ({ claim }) => thresholdsMarkdown(claim),
  power: () => powerMarkdown(),
  sealed: (_, words) => sealedMarkdown(words),
  results: ({ claim }, words) => resultsMarkdown(claim, words),
};
