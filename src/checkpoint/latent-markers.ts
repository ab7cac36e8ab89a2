/** Methods of facebookresearch/coconut whose models never saw the latent markers (`no_special_marker` in its run.py). */
const WITHOUT_MARKERS: ReadonlySet<string> = new Set(['cot', 'icot', 'no-cot', 'no-thoughts']);

/**
 * Whether models of a method read `<|start-latent|>` and `<|end-latent|>` around their thoughts. Those that do not keep
 * GPT-2's own vocabulary and need no `latent_tokens`.
 */
export function hasLatentMarkers(method: string): boolean {
  return !WITHOUT_MARKERS.has(method);
}
