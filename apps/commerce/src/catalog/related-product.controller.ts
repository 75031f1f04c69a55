import { StoreReader } from '#libs/stores';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProductReader, RelatedProductReader, RelatedProductRequests } from '#libs/catalog';
import { Answers, AnswersProblem, CachedOutput, Public, type Answer } from '#libs/http';
import { RuntimeSettingsReader } from '#libs/scaling';
import { rebuildAnswer, relatedAnswer, type RebuildAnswer } from './product.schemas.js';
import { sightQuery, slugParams, type SightQuery, type SlugParams } from './storefront.schemas.js';

@Public()
@ApiTags('Products')
@Controller('stores/:store/products/:slug/related')
export class RelatedProductController {
  constructor(
    private readonly stores: StoreReader,
    private readonly products: ProductReader,
    private readonly related: RelatedProductReader,
    private readonly requests: RelatedProductRequests,
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

  @Post('rebuild')
  @HttpCode(202)
  @ApiOperation({ summary: 'Work out related products anew' })
  @Answers(202, rebuildAnswer, 'A job works it out anew; requests that wait already are joined.')
  @AnswersProblem(429)
  async rebuild(@Param({ schema: slugParams }) params: SlugParams): Promise<RebuildAnswer> {
    const { store, locale, currency } = await this.stores.sight(params.store);
    const key = { storeCode: store.code, slug: params.slug, locale, currency };
    const product = await this.products.get(key);
    return { jobId: await this.requests.request(store.id, product.id) };
  }
}
