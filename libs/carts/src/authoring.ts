export { cartsAuthoringSlice } from './authoring/slice.js';
