import { conceptFlags, type Question } from './question.js';
import type { Item } from './item.js';

/** Why a text is not a question; the readers wrap it into an error that names the item. */
export class WordingError extends Error {
  override readonly name = 'WordingError';
}

/** A name the English wording can hold: one word without the marks that end a sentence. */
export const NAME = /^[^\s.?#]+$/;

/**
 * The question in ProsQA's English: one sentence per edge in edge order ("Tom is a terpus." for an entity, "Every
 * terpus is a brimpus." for a concept), then "Is Tom a lempus or scrompus?".
 *
 * @param names [n], node i is names[i]
 */
export function englishQuestion(question: Question, names: readonly string[]): string {
  const isConcept = conceptFlags(question.edges, names.length);
  const sentences = question.edges.map(([source, target]) => sentence(source, target, names, isConcept));
  const [first, second] = question.candidates;
  return `${sentences.join(' ')} Is ${names[question.root]} a ${names[first]} or ${names[second]}?`;
}

/** The item's path as sentences, one per edge; empty if the item has no path. */
export function englishSteps(item: Item): string[] {
  const isConcept = conceptFlags(item.edges, item.names.length);
  return item.path.slice(1).map((node, i) => sentence(item.path[i], node, item.names, isConcept));
}

/** "Tom is a lempus.", for the target or the node given. */
export function englishAnswer(item: Item, node = item.target): string {
  return `${item.names[item.root]} is a ${item.names[node]}.`;
}

function sentence(source: number, target: number, names: readonly string[], isConcept: readonly boolean[]): string {
  return `${isConcept[source] ? 'Every ' : ''}${names[source]} is a ${names[target]}.`;
}

/**
 * Reads a question in ProsQA's English strictly: single spaces, every name known, "Every" before concepts and before
 * nothing else, "a" throughout. The inverse of {@link englishQuestion}.
 *
 * @throws WordingError saying which sentence is wrong and what was expected
 */
export function parseEnglishQuestion(text: string, names: readonly string[]): Question {
  const match = /^(.+\.) Is (\S+) a (\S+) or (\S+)\?$/s.exec(text);
  if (match === null) throw new WordingError('does not end in "... . Is X a Y or Z?"');
  const [, statements, root, first, second] = match;
  const node = nodeFinder(names);
  const parsed = statements
    .slice(0, -1)
    .split('. ')
    .map((statement, i) => parseStatement(statement, `sentence ${i + 1} ("${statement}.")`, node));
  const question: Question = {
    edges: parsed.map(({ edge }) => edge),
    candidates: [node(first, 'the last sentence'), node(second, 'the last sentence')],
    root: node(root, 'the last sentence'),
  };
  const isConcept = conceptFlags(question.edges, names.length);
  parsed.forEach(({ every, edge: [source, target], where }) => {
    if (every === isConcept[source]) return;
    const kind = isConcept[source] ? 'a concept (something is one)' : 'an entity (nothing is one)';
    throw new WordingError(
      `${where}: ${names[source]} is ${kind}, expected "${sentence(source, target, names, isConcept)}"`,
    );
  });
  return question;
}

type NodeFinder = (name: string, where: string) => number;

function nodeFinder(names: readonly string[]): NodeFinder {
  const nodes = new Map(names.map((name, node) => [name, node]));
  return (name, where) => {
    const node = nodes.get(name);
    if (node === undefined) throw new WordingError(`${where} names "${name}", which is not among the node names`);
    return node;
  };
}

interface Statement {
  readonly edge: readonly [number, number];
  readonly every: boolean;
  readonly where: string;
}

function parseStatement(statement: string, where: string, node: NodeFinder): Statement {
  const match = /^(Every )?(\S+) is a (\S+)$/.exec(statement);
  if (match === null) throw new WordingError(`${where} is not of the form "X is a y." or "Every x is a y."`);
  // A group that did not take part is undefined at run time, whatever its static type says.
  const every = (match[1] as string | undefined) !== undefined;
  return { edge: [node(match[2], where), node(match[3], where)], every, where };
}
