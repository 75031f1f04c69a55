import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { SearchExplainer } from '#authoring/search';
import { Answers, RequirePermission } from '#libs/http';
import { attributeFilterParameter, filterOf, rangeFilterParameter } from '#libs/search';
import {
  explainQuery,
  explanationAnswer,
  explanationAnswerOf,
  type ExplainQuery,
  type ExplanationAnswer,
} from './explain.schemas.js';

@ApiTags('Search')
@Controller('search/explain')
export class ExplainController {
  constructor(private readonly explainer: SearchExplainer) {}

  @Get()
  @RequirePermission('search:ranking:read')
  @ApiOperation({ summary: 'Explain why products are where they are in a search' })
  @ApiQuery(attributeFilterParameter)
  @ApiQuery(rangeFilterParameter)
  @Answers(200, explanationAnswer, 'Points add up to the score that the list is sorted by.')
  async explain(@Query({ schema: explainQuery }) query: ExplainQuery): Promise<ExplanationAnswer> {
    const { store, locale, currency, category, product, limit, q, brand } = query;
    const { brands, ...filter } = filterOf(query);
    const explanation = await this.explainer.explain({
      storeCode: store,
      locale,
      currency,
      category,
      productId: product,
      limit,
      filter: { ...filter, q, brands: brand === undefined ? brands : [...brands, brand] },
    });
    return explanationAnswerOf(explanation);
  }
}
