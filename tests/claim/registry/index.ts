import { PREDICTIONS, type Prediction } from '../../../src/claim/index.js';
import { parity } from './f99-parity.js';

/** The battery with one prediction more. */
export const REGISTRY = [...PREDICTIONS, parity] as readonly unknown[] as readonly Prediction[];
