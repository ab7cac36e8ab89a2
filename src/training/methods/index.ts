import { coconutBfs } from './coconut-bfs.js';
import { coconutNoCurriculum } from './coconut-no-curriculum.js';
import { coconut } from './coconut.js';
import { cot } from './cot.js';
import { icot } from './icot.js';
import type { Method } from './method.js';
import { noCot } from './no-cot.js';
import { noThoughts } from './no-thoughts.js';
import { pauseNoCurriculum } from './pause-no-curriculum.js';
import { pausePasses } from './pause-passes.js';
import { pause } from './pause.js';

/** Every method, Coconut first. */
export const METHODS = [
  coconut,
  coconutBfs,
  cot,
  noCot,
  icot,
  pause,
  pausePasses,
  pauseNoCurriculum,
  coconutNoCurriculum,
  noThoughts,
] as const satisfies readonly Method[];

export type { Method, Plan, PlanContext } from './method.js';
