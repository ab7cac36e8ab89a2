export type { Item } from './item.js';
export type { Question } from './question.js';
export { englishAnswer, englishQuestion, englishSteps, parseEnglishQuestion, WordingError } from './english.js';
export { parseSymbolicQuestion, symbolicQuestion } from './symbolic.js';
export { parseItems } from './parse-items.js';
export { readItems, type ItemFile } from './read-items.js';
export { formatItems } from './format-items.js';
