import { longestName } from '../../recording/index.js';
import { collecting, defineReadout } from '../kit/define-readout.js';
import { questionPriorFigure } from './figure.js';
import { observePrior } from './observe.js';
import { readQuestionPrior } from './read.js';
import { questionPriorSchema, type QuestionPriorReadout } from './schema.js';
import { formatQuestionPrior } from './table.js';

export const readout = defineReadout({
  name: 'question-prior',
  title: 'what the question alone says of the answer, before any thought',
  source: 'Illusion of Superposition? (arXiv 2604.06374), its question-only probe',
  doesNotShow:
    'A target that is known from the question alone may come from a search within the layers or from a shortcut.',
  schema: questionPriorSchema,
  wholeNames: true,
  following: (wording, items) =>
    wording.suffix.length +
    Math.max(0, ...items.map((item) => wording.answerStem(item).length)) +
    longestName(items, wording) -
    1,
  observe: (model, items, wording) => observePrior(model, items, wording),
  begin: collecting(readQuestionPrior),
  table: formatQuestionPrior,
  figures: (result: QuestionPriorReadout) => ({ 'question-prior': questionPriorFigure(result) }),
});
