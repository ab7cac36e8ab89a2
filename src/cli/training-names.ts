/**
 * The names of training's methods and presets, for the help: src/training itself is only loaded when it trains. A test
 * holds them to be the same.
 */
export const METHOD_NAMES = [
  'coconut',
  'coconut-bfs',
  'cot',
  'no-cot',
  'icot',
  'pause',
  'pause-passes',
  'pause-no-curriculum',
  'coconut-no-curriculum',
  'no-thoughts',
] as const;

export const PRESET_NAMES = ['small', 'full', 'gpt2-prosqa', 'superposition-2l'] as const;
