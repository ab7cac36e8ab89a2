export {
  ablateThoughts,
  chooseAblations,
  type AblateOptions,
  type AblationEffect,
  type AblationResult,
  type AnswerMeans,
} from './ablate.js';
export { patchItems, type PatchOptions, type PatchResult } from './patch.js';
export { formatAblation, formatPatch } from './tables.js';
