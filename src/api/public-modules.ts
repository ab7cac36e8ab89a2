/**
 * The entry points of the package by their names, for code that is loaded at run time and imports them.
 *
 * @returns `coconut-lens` and its subpaths
 */
export async function publicModules(): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  return {
    'coconut-lens': await import('../index.js'),
    'coconut-lens/claim': await import('./claim.js'),
    'coconut-lens/dataset': await import('./dataset.js'),
    'coconut-lens/drawing': await import('./drawing.js'),
    'coconut-lens/graph': await import('./graph.js'),
    'coconut-lens/intervention': await import('./intervention.js'),
    'coconut-lens/model': await import('./model.js'),
    'coconut-lens/probe': await import('./probe.js'),
    'coconut-lens/readout': await import('./readout.js'),
    'coconut-lens/recording': await import('./recording.js'),
    'coconut-lens/report': await import('./report.js'),
    'coconut-lens/statistics': await import('./statistics.js'),
    'coconut-lens/training': await import('./training.js'),
  };
}
