// What docs/results.md and the README's picture are made of.
/** Items and recordings, from the root. */
export const WORK = 'out/results';
const MODELS = 'fixtures/models';

/** Official items are no part of this repository: data/prosqa_valid.json of facebookresearch/coconut. */
export const OFFICIAL = `${WORK}/prosqa_valid.json`;
export const OFFICIAL_SHA256 = 'c74e0de24f1e90ec48b1a993e6458a7be4caeef3928f5104e3c2e45d689a5249';

const SMALL = `${WORK}/small.json`;
const small = `--items ${SMALL} --limit 300`;
const smallRandom = `${small} --permute-ids 1`;
const official = `--items ${OFFICIAL}`;
const officialRandom = `${official} --permute-ids 1`;

/** Items of verdicts: of the sizes that each model was trained on, drawn with a seed that nothing was chosen by. */
const FRESH_SEED = 20261204;
const fresh = `--n 300 --seed ${FRESH_SEED}`;
/** Few layers of small graphs cannot be held by a beam of three, and few of large ones by one of four or five: both ask for more items. */
const freshSmall = `--n 1300 --seed ${FRESH_SEED}`;
const freshFull = `--n 1000 --seed ${FRESH_SEED}`;
const FRESH_ORDERED = `${WORK}/fresh-ordered.json`;
const freshOrdered = `--items ${FRESH_ORDERED}`;

const folders = (...names) => names.map((name) => `${MODELS}/${name}`).join(',');
const recordingOf = (model) => `${WORK}/recording-${model}`;
const recorded = (model, items) => `record --model ${MODELS}/${model} ${items} --out ${recordingOf(model)} --overwrite`;

/** What several results need, by the path that it makes; made anew in every run. */
export const PREPARED = {
  [SMALL]: `data generate --n 500 --nodes 12 --min-nodes 8 --min-depth 3 --max-depth 4 --depth-gap 1 --seed 7 --out ${SMALL} --overwrite`,
  // Numbered in the order of creation, as the one model that was trained so knows them.
  [FRESH_ORDERED]: `data generate --n 1300 --nodes 12 --min-nodes 8 --min-depth 3 --max-depth 4 --depth-gap 1 --seed ${FRESH_SEED} --out ${FRESH_ORDERED} --overwrite`,
  [recordingOf('prosqa-small-coconut')]: recorded('prosqa-small-coconut', smallRandom),
  [recordingOf('prosqa-small-pause')]: recorded('prosqa-small-pause', smallRandom),
  [recordingOf('random-init')]: recorded('random-init', `${smallRandom} --thoughts 4`),
  [recordingOf('prosqa-coconut')]: recorded('prosqa-coconut', officialRandom),
  [recordingOf('prosqa-coconut-bfs')]: recorded('prosqa-coconut-bfs', officialRandom),
};

const evaluate = (model, items) => `evaluate --model ${MODELS}/${model} ${items}`;
const frontier = (model) => `frontier --recording ${recordingOf(model)}`;
const claim = (model, items, ...controls) =>
  `claim --model ${MODELS}/${model} ${items} --controls ${folders(...controls)}`;

/** Command lines by the result's name; fixtures/results/NAME.json is what each prints with --json. */
export const RESULTS = {
  'frontier-small-coconut': frontier('prosqa-small-coconut'),
  'frontier-coconut': frontier('prosqa-coconut'),
  'frontier-coconut-bfs': frontier('prosqa-coconut-bfs'),
  'evaluate-small-coconut': evaluate('prosqa-small-coconut', `--items ${SMALL} --permute-ids 1`),
  'evaluate-coconut': evaluate('prosqa-coconut', officialRandom),
  'evaluate-coconut-bfs': evaluate('prosqa-coconut-bfs', officialRandom),
  'evaluate-small-coconut-created': evaluate('prosqa-small-coconut', `${small} --thoughts 4`),
  'evaluate-small-coconut-random': evaluate('prosqa-small-coconut', `${smallRandom} --thoughts 4`),
  'evaluate-small-ordered-created': evaluate('prosqa-small-coconut-ordered', `${small} --thoughts 4`),
  'evaluate-small-ordered-random': evaluate('prosqa-small-coconut-ordered', `${smallRandom} --thoughts 4`),
  'compare-small': `compare --models ${folders(
    'prosqa-small-coconut',
    'prosqa-small-coconut-seed2',
    'prosqa-small-coconut-seed3',
    'prosqa-small-coconut-bfs',
    'prosqa-small-pause',
    'prosqa-small-nocot',
    'prosqa-small-cot',
    'random-init',
  )} ${smallRandom}`,
  'compare-full': `compare --models ${folders(
    'prosqa-coconut',
    'prosqa-coconut-bfs',
    'prosqa-cot',
    'prosqa-nocot',
    'prosqa-no-thoughts',
    'prosqa-icot',
    'prosqa-pause',
    'prosqa-pause-no-curriculum',
    'prosqa-coconut-no-curriculum',
    'random-init',
  )} ${officialRandom}`,
  'probes-small': `probe run frontier,answer --recording ${recordingOf('prosqa-small-coconut')} --baselines ${recordingOf('prosqa-small-pause')},${recordingOf('random-init')}`,
  'claim-small-coconut': claim('prosqa-small-coconut', freshSmall, 'prosqa-small-pause', 'random-init'),
  'claim-small-coconut-seed2': claim('prosqa-small-coconut-seed2', freshSmall, 'prosqa-small-pause', 'random-init'),
  'claim-small-coconut-seed3': claim('prosqa-small-coconut-seed3', freshSmall, 'prosqa-small-pause', 'random-init'),
  'claim-small-coconut-bfs': claim('prosqa-small-coconut-bfs', freshSmall, 'prosqa-small-pause', 'random-init'),
  'claim-small-pause': claim('prosqa-small-pause', fresh, 'random-init'),
  'claim-small-ordered': claim('prosqa-small-coconut-ordered', freshOrdered, 'random-init'),
  'claim-coconut': claim('prosqa-coconut', freshFull, 'prosqa-pause', 'random-init'),
  'claim-coconut-bfs': claim('prosqa-coconut-bfs', freshFull, 'prosqa-pause', 'random-init'),
  'claim-coconut-no-curriculum': claim('prosqa-coconut-no-curriculum', fresh, 'random-init'),
  'claim-pause': claim('prosqa-pause', fresh, 'random-init'),
};
