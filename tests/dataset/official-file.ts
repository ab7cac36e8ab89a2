import { existsSync } from 'node:fs';

/** The 300 official validation items, where this checkout has them beside it. */
export const OFFICIAL = '../shared/data/prosqa/prosqa_valid.json';

/** For `it.skipIf`; the reason stands in the titles of the tests that use it. */
export const officialAbsent = !existsSync(OFFICIAL);
