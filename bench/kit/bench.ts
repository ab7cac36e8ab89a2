import { startPeer, type Peer } from './peer.js';

/** A benchmark, which a file of bench/ exports by default. */
export interface Bench<Size> {
  readonly sizes: {
    /** What the pages quote. */
    readonly full: Size;
    /** Seconds: shows that the bench still runs. Its figures say nothing. */
    readonly smoke: Size;
  };
  /**
   * @param peerOf starts a PyTorch process to compare with; undefined where there is none, and always in a smoke run
   * @returns the figures
   */
  run(size: Size, peerOf: PeerOf): Promise<Readonly<Record<string, unknown>>>;
}

export type PeerOf = (script: string, setup: unknown) => Promise<Peer | undefined>;

/** Gives a bench its types. */
export function defineBench<Size>(bench: Bench<Size>): Bench<Size> {
  return bench;
}

/** Runs a bench in one of its sizes and ends with one JSON line. */
export async function runBench<Size>(
  name: string,
  bench: Bench<Size>,
  size: keyof Bench<Size>['sizes'],
): Promise<void> {
  const figures = await bench.run(bench.sizes[size], size === 'smoke' ? () => Promise.resolve(undefined) : startPeer);
  process.stdout.write(`${JSON.stringify({ bench: name, size, ...figures })}\n`);
}
