import { Module } from '@nestjs/common';
import { SearchAuthoringModule } from '#authoring/search';
import { FacetSettingsController } from './facet-settings.controller.js';
import { MissController } from './miss.controller.js';
import { PopularQueryController } from './popular-query.controller.js';
import { SearchRuleController } from './search-rule.controller.js';
import { ExplainController } from './explain.controller.js';

/** `/search`. */
@Module({
  imports: [SearchAuthoringModule],
  controllers: [
    ExplainController,
    SearchRuleController,
    FacetSettingsController,
    MissController,
    PopularQueryController,
  ],
})
export class SearchApiModule {}
