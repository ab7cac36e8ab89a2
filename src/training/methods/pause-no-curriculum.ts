import { replaceAll, type Method } from './method.js';

export const pauseNoCurriculum: Method = {
  name: 'pause-no-curriculum',
  summary: 'learned tokens before the answer, no steps at any time (arXiv 2310.02226; arXiv 2412.06769, pause token)',
  input: 'pause',
  curriculum: false,
  label: 'path',
  plan: replaceAll,
};
