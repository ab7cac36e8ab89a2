import { PLAIN } from '../../../src/claim/alignment.js';
import type { JudgeSettings } from '../../../src/claim/settings.js';

/** Judges every graph as a search that takes one hop a thought. */
export const PLAINLY: JudgeSettings = { alignment: { of: () => PLAIN, agreed: PLAIN } };
