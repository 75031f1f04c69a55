export {
  SearchExplainer,
  type ExplainedItem,
  type SearchExplanation,
} from './authoring/explaining/search.explainer.js';
export { SearchAuthoringModule } from './authoring/search-authoring.module.js';
export { searchAuthoringSlice } from './authoring/slice.js';
