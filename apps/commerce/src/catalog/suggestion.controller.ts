import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, CachedOutput, Public, type Answer } from '#libs/http';
import { SuggestionReader } from '#libs/search';
import { StoreReader } from '#libs/stores';
import { storeParams, type StoreParams } from './storefront.schemas.js';
import { suggestionQuery, suggestionsAnswer, type SuggestionQuery } from './suggestion.schemas.js';

@Public()
@ApiTags('Products')
@Controller('stores/:store/search')
export class SuggestionController {
  constructor(
    private readonly stores: StoreReader,
    private readonly suggestions: SuggestionReader,
  ) {}

  @Get('suggestions')
  @CachedOutput()
  @ApiOperation({ summary: 'Suggest products, categories, brands and queries at each key press' })
  @Answers(200, suggestionsAnswer, 'What answers the words so far; the last may be unfinished.')
  async list(
    @Param({ schema: storeParams }) params: StoreParams,
    @Query({ schema: suggestionQuery }) query: SuggestionQuery,
  ): Promise<Answer<typeof suggestionsAnswer>> {
    const { store, locale, currency } = await this.stores.sight(
      params.store,
      query.locale,
      query.currency,
    );
    const { q, limit } = query;
    return this.suggestions.get({ storeCode: store.code, locale, currency, q, limit });
  }
}
