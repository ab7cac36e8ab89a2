import { registerElementwise } from './elementwise.js';
import { registerFused } from './fused.js';
import { registerLayout } from './layout.js';
import { registerLinearAlgebra } from './linear-algebra.js';
import { registerIdentity } from './register.js';
import { registerReductions } from './reduce.js';

let registered = false;

/** Registers every kernel of the backend once. */
export function registerKernels(): void {
  if (registered) return;
  registered = true;
  registerIdentity();
  registerElementwise();
  registerReductions();
  registerLayout();
  registerLinearAlgebra();
  registerFused();
}
