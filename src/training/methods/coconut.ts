import { replaceSteps, type Method } from './method.js';

export const coconut: Method = {
  name: 'coconut',
  summary: 'continuous thoughts replace the steps one after the other (arXiv 2412.06769, section 3)',
  input: 'thought',
  curriculum: true,
  label: 'path',
  plan: replaceSteps,
};
