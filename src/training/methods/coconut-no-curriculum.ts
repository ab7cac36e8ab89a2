import { replaceAll, type Method } from './method.js';

export const coconutNoCurriculum: Method = {
  name: 'coconut-no-curriculum',
  summary: 'all thoughts and no steps from the beginning (arXiv 2412.06769, section 4.2, w/o curriculum)',
  input: 'thought',
  curriculum: false,
  label: 'path',
  plan: replaceAll,
};
