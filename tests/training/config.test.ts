import { describe, expect, it } from 'vitest';
import { parseTrainingConfig } from '../../src/training/index.js';
import { TINY, TINY_GRAPHS, TINY_PHASE } from './tiny-training.js';

const items = { ...TINY_PHASE, graphs: undefined, batchQuestions: 1 };

/** The message about a configuration, TINY unless changed. */
function complaint(changes: object): string {
  try {
    parseTrainingConfig('own.json', { ...TINY, ...changes });
  } catch (error) {
    expect(error).toMatchObject({ name: 'LensError', kind: 'usage' });
    return (error as Error).message;
  }
  throw new Error('no complaint');
}

const phase = (changes: object, base: object = TINY_PHASE): object => ({ phases: [{ ...base, ...changes }] });

describe('parseTrainingConfig', () => {
  it('fills in the defaults, and reads what it gives', () => {
    const config = parseTrainingConfig('own.json', TINY);
    expect(config).toMatchObject({
      wording: 'symbolic',
      ids: 'random',
      edgeOrders: 'new',
      thoughts: { perStep: 1, stages: 2, padToMax: true, detach: false, supervised: false },
      optimizer: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, decay: 'all' },
    });
    expect(config.phases[0]).toMatchObject({
      task: 'question',
      accumulate: 1,
      warmup: 0,
      decay: 'none',
      uniformProb: 0,
    });
    expect(config.optimizer.maxNorm).toBeUndefined();
    expect(parseTrainingConfig('own.json', JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it.each<[string, object, string]>([
    [
      'stage beyond the last',
      phase({ stage: 3 }),
      'phase questions is at stage 3, beyond the last (thoughts.stages is 2)',
    ],
    ['neither steps nor epochs', phase({ steps: undefined }), 'phase questions needs either steps or epochs'],
    ['steps and epochs', phase({ epochs: 2 }, items), 'phase questions needs either steps or epochs'],
    [
      'epochs of drawn graphs',
      phase({ steps: undefined, epochs: 2 }),
      'phase questions draws its graphs, which have no epochs; give steps',
    ],
    [
      'epochs to reset at',
      phase({ resetEveryEpoch: true }),
      'phase questions draws its graphs, which have no epochs to reset the optimizer at',
    ],
    [
      'several questions on an item',
      phase({ batchQuestions: 2 }, items),
      'phase questions reads items, which have one question each (batchQuestions is 2)',
    ],
    [
      'several questions on a graph that has one',
      phase({ graphs: { ...TINY_GRAPHS, questions: 'one' } }),
      'phase questions asks one question of a graph (batchQuestions is 2)',
    ],
    [
      'recall in English',
      { wording: 'english', ...phase({ task: 'recall' }, items) },
      'phase questions: several questions on one graph, and recall, are for the symbolic wording',
    ],
    [
      'graphs in English',
      { wording: 'english', ...phase({ batchQuestions: 1 }) },
      'phase questions draws its graphs, whose nodes have no English names; give items',
    ],
    ['ids in English', { wording: 'english', ids: 'item', phases: [items] }, "ids are the symbolic wording's"],
    [
      'heads that do not divide the width',
      { model: { ...TINY.model, heads: 3 } },
      'model.width is no multiple of model.heads (8, 3)',
    ],
    [
      'more previous-token heads than heads',
      { model: { ...TINY.model, previousTokenHeads: 3 } },
      'model.previousTokenHeads is above model.heads (3, 2)',
    ],
    [
      'least nodes above the nodes',
      phase({ graphs: { nodes: 6, minNodes: 7 } }),
      'phase questions has graphs.minNodes above graphs.nodes (7, 6)',
    ],
    [
      'least depth above the greatest',
      phase({ graphs: { minDepth: 4, maxDepth: 3 } }),
      'phase questions has graphs.minDepth above graphs.maxDepth (4, 3)',
    ],
    [
      'more nodes than tokens',
      phase({ graphs: { nodes: 32 } }),
      'phase questions has graphs of more nodes than the symbolic wording can name (32, 31)',
    ],
  ])('refuses a contradiction: %s', (_, changes, problem) => {
    expect(complaint(changes)).toBe(`own.json: ${problem}; correct it`);
  });

  it('names every contradiction in one line', () => {
    expect(complaint({ ...phase({ stage: 3, epochs: 1 }), model: { ...TINY.model, heads: 3 } })).toBe(
      'own.json: model.width is no multiple of model.heads (8, 3); phase questions is at stage 3, beyond the last ' +
        '(thoughts.stages is 2); phase questions needs either steps or epochs; phase questions draws its graphs, which have ' +
        'no epochs; give steps; correct it',
    );
  });

  it.each<[string, object, RegExp]>([
    ['an unknown key', { metod: 'cot' }, /file: .*metod/],
    ['an unknown key of a phase', phase({ lr: 1 }), /phases\.0: .*lr/],
    ['an unknown key of graphs', phase({ graphs: { size: 3 } }), /phases\.0\.graphs: .*size/],
    ['an unknown method', { method: 'coconot' }, /method: .*"coconut"/],
    ['no phases', { phases: [] }, /phases: /],
    ['no learning rate', phase({ learningRate: undefined }), /phases\.0\.learningRate: /],
    ['a learning rate of 0', phase({ learningRate: 0 }), /phases\.0\.learningRate: /],
    ['half a step', phase({ steps: 1.5 }), /phases\.0\.steps: /],
    ['a share above 1', phase({ uniformProb: 1.5 }), /phases\.0\.uniformProb: /],
    ['a beta of 1, which divides by 0', { optimizer: { beta2: 1 } }, /optimizer\.beta2: /],
    ['no edge orders', { edgeOrders: 0 }, /edgeOrders: /],
    ['text for a number', { checkpointEvery: '3' }, /checkpointEvery: /],
  ])('refuses %s, naming it', (_, changes, problem) => {
    const message = complaint(changes);
    expect(message).toMatch(problem);
    expect(message).toMatch(/^own\.json: not a training configuration \(.*\); correct it$/);
    expect(message).not.toContain('\n');
  });

  it.each([[null], ['text'], [[]]])('refuses %j', (value) => {
    expect(() => parseTrainingConfig('own.json', value)).toThrow(/^own\.json: not a training configuration \(file: /);
  });
});
