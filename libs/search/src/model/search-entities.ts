import { FacetSettingsEntity } from './facets/facet-settings.entity.js';
import { SearchMissEntity } from './misses/search-miss.entity.js';
import { PopularQueryEntity } from './queries/popular-query.entity.js';
import { SearchRuleEntity } from './rules/search-rule.entity.js';

export const searchEntities = [
  SearchRuleEntity,
  SearchMissEntity,
  PopularQueryEntity,
  FacetSettingsEntity,
];
