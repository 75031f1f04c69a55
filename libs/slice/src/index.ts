export { composeSlices } from './compose-slices.js';
export { sliceErrors } from './slice.errors.js';
export type { Permissions, Slice } from './slice.js';
