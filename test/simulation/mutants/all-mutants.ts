import { checkoutMutants } from './checkout-mutants.js';
import { fleetMutants } from './fleet-mutants.js';
import { indexMutants } from './index-mutants.js';
import { keptIndexMutants } from './kept-index-mutants.js';
import { loadMutants } from './load-mutants.js';
import { logMutants } from './log-mutants.js';
import { recordMutants } from './record-mutants.js';
import { refreshMutants } from './refresh-mutants.js';
import { suggestionMutants } from './suggestion-mutants.js';
import type { Mutant } from './mutant.js';

export const allMutants: readonly Mutant[] = [
  ...loadMutants,
  ...refreshMutants,
  ...logMutants,
  ...fleetMutants,
  ...checkoutMutants,
  ...indexMutants,
  ...suggestionMutants,
  ...recordMutants,
  ...keptIndexMutants,
];
