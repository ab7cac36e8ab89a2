import { LensError } from '../errors.js';
import type { Question } from './question.js';

/**
 * The question in the symbolic wording of Reasoning by Superposition (arXiv 2505.12514), as text:
 * `<eos> s t | s t | ... | s t [Q] a b [R] root`, node i written as the number i. It keeps the order of the edges and
 * of the candidates.
 */
export function symbolicQuestion({ edges, candidates, root }: Question): string {
  const statements = edges.map(([source, target]) => `${source} ${target}`).join(' | ');
  return `<eos> ${statements} [Q] ${candidates[0]} ${candidates[1]} [R] ${root}`;
}

/**
 * Reads the symbolic wording; the inverse of {@link symbolicQuestion}. Only the form is checked, not the graph.
 *
 * @throws LensError if the text has another form
 */
export function parseSymbolicQuestion(text: string): Question {
  const match = /^<eos> (\d+ \d+(?: \| \d+ \d+)*) \[Q\] (\d+) (\d+) \[R\] (\d+)$/.exec(text);
  if (match === null) {
    throw new LensError(
      'symbolic question',
      `not of the expected form ("${text.length > 60 ? `${text.slice(0, 60)}...` : text}")`,
      'write <eos> s t | s t | ... | s t [Q] a b [R] root with node numbers and single spaces',
    );
  }
  const [, statements, first, second, root] = match;
  return {
    edges: statements.split(' | ').map((statement) => {
      const [source, target] = statement.split(' ').map(Number);
      return [source, target] as const;
    }),
    candidates: [Number(first), Number(second)],
    root: Number(root),
  };
}
