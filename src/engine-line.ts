import type { EngineInfo } from './tensor/index.js';

/** What one line says of an engine. */
export function engineLine({ name, version, threads }: EngineInfo): string {
  return `engine: ${name} ${version}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
