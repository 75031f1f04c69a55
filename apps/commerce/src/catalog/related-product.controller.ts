import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  afterValue,
  ProductReader,
  RelatedProductReader,
  RelatedProductRequests,
  StoreReader,
} from '#libs/catalog';
import { Answers, Public } from '#libs/http';
import type { MaybePromise } from '#libs/kernel';
import { rebuildAnswer, relatedAnswer, type RebuildAnswer } from './product.schemas.js';
import { StorefrontAnswers } from './storefront-answers.js';
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
    private readonly answers: StorefrontAnswers,
  ) {}

  @Get()
  @Answers(200, relatedAnswer, 'What goes with the product, best first.')
  list(
    @Param({ schema: slugParams }) { store, slug }: SlugParams,
    @Query({ schema: sightQuery }) query: SightQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): MaybePromise<FastifyReply> {
    const answer = afterValue(
      this.stores.sight(store, query.locale, query.currency),
      ({ locale, currency }) =>
        afterValue(this.related.list({ storeCode: store, slug, locale, currency }), (items) => ({
          items,
        })),
    );
    return this.answers.send(request, reply, answer);
  }

  @Post('rebuild')
  @HttpCode(202)
  @Answers(202, rebuildAnswer, 'A job works it out anew; requests that wait already are joined.')
  async rebuild(@Param({ schema: slugParams }) params: SlugParams): Promise<RebuildAnswer> {
    const { store, locale, currency } = await this.stores.sight(params.store);
    const key = { storeCode: store.code, slug: params.slug, locale, currency };
    const product = await this.products.get(key);
    return { jobId: await this.requests.request(store.id, product.id) };
  }
}
