/** The readouts that run a model, and what each is, for the help. */
export const READOUTS = {
  interpolation: 'what is said when thinking is cut short after k thoughts',
} as const;

export type ReadoutName = keyof typeof READOUTS;

export const READOUT_NAMES = Object.keys(READOUTS) as [ReadoutName, ...ReadoutName[]];
