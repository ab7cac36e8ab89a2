import { predictionsMarkdown, thresholdsMarkdown } from './battery.mjs';

/**
 * What stands between `<!-- generated: NAME -->` and `<!-- end -->` in docs/*.md, by NAME: Markdown from the library's
 * folders. The program gives those of dist/, the test those of src/.
 */
export const GENERATORS = {
  predictions: ({ claim }) => predictionsMarkdown(claim),
  thresholds: ({ claim }) => thresholdsMarkdown(claim),
};
