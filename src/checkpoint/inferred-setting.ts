/** One thing that is now believed about a checkpoint, and on what grounds. */
export interface InferredSetting {
  /** As in config.json: `n_head`, `coconut.thoughts`. */
  readonly name: string;
  readonly value: string;
  readonly evidence: string;
}

/** Facts, by how firm they are. */
export interface InferredSettings {
  /** Read off the checkpoint or given by the user. */
  readonly inferred: readonly InferredSetting[];
  /** Usual for such checkpoints, and not to be seen in this one. */
  readonly assumed: readonly InferredSetting[];
}
