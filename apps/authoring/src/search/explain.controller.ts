import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { SearchExplainer } from '#authoring/search';
import { Answers, RequirePermission } from '#libs/http';
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
  @Answers(200, explanationAnswer, 'Points add up to the score that the list is sorted by.')
  async explain(@Query({ schema: explainQuery }) query: ExplainQuery): Promise<ExplanationAnswer> {
    const { store, locale, currency, category, product, limit, q, brand, available } = query;
    const { 'price[min]': minPriceMinor, 'price[max]': maxPriceMinor } = query;
    const explanation = await this.explainer.explain({
      storeCode: store,
      locale,
      currency,
      category,
      productId: product,
      limit,
      filter: {
        q,
        brands: brand === undefined ? [] : [brand],
        attributes: {},
        isAvailable: available === 'true',
        ...(minPriceMinor === undefined ? {} : { minPriceMinor }),
        ...(maxPriceMinor === undefined ? {} : { maxPriceMinor }),
      },
    });
    return explanationAnswerOf(explanation);
  }
}
