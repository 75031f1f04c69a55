export { paymentsAuthoringSlice } from './authoring/slice.js';
