import { StoreReader } from '#libs/stores';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RelatedProductReader } from '#libs/catalog';
import { Answers, CachedOutput, Public, type Answer } from '#libs/http';
import { RuntimeSettingsReader } from '#libs/scaling';
import { relatedAnswer } from './product.schemas.js';
import { sightQuery, slugParams, type SightQuery, type SlugParams } from './storefront.schemas.js';

@Public()
@ApiTags('Products')
@Controller('stores/:store/products/:slug/related')
export class RelatedProductController {
  constructor(
    private readonly stores: StoreReader,
    private readonly related: RelatedProductReader,
    private readonly settings: RuntimeSettingsReader,
  ) {}

  @Get()
  @CachedOutput()
  @ApiOperation({ summary: 'List related products' })
  @Answers(200, relatedAnswer, 'What goes with the product, best first.')
  async list(
    @Param({ schema: slugParams }) { store, slug }: SlugParams,
    @Query({ schema: sightQuery }) query: SightQuery,
  ): Promise<Answer<typeof relatedAnswer>> {
    const { locale, currency } = await this.stores.sight(store, query.locale, query.currency);
    if (!(await this.settings.isOn('relatedProducts'))) return { items: [] };
    return { items: await this.related.list({ storeCode: store, slug, locale, currency }) };
  }
}
