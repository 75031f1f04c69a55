export {
  SearchExplainer,
  type ExplainedItem,
  type SearchExplanation,
} from './authoring/explaining/search.explainer.js';
export { FacetSettingsDirectory } from './authoring/facets/facet-settings.directory.js';
export { FacetSettingsEditor } from './authoring/facets/facet-settings.editor.js';
export { SearchAuthoringModule } from './authoring/search-authoring.module.js';
export { searchAuthoringSlice } from './authoring/slice.js';
export { MissDirectory, type NotedMiss } from './authoring/misses/miss.directory.js';
export {
  PopularQueryDirectory,
  type NotedQuery,
} from './authoring/queries/popular-query.directory.js';
export { SearchRuleDirectory } from './authoring/rules/search-rule.directory.js';
export { SearchRuleEditor } from './authoring/rules/search-rule.editor.js';
export {
  facetLimits,
  type FacetSettings,
  type StoredFacetSettings,
} from './model/facets/facet-settings.js';
export { ruleLimits, type SearchRule, type SearchRuleContent } from './model/rules/search-rule.js';
