import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterValue, CategoryTreeReader, StoreReader } from '#libs/catalog';
import { Answers, Public } from '#libs/http';
import type { MaybePromise } from '#libs/kernel';
import { categoriesAnswer, categoryAnswer } from './category.schemas.js';
import { StorefrontAnswers } from './storefront-answers.js';
import {
  localeQuery,
  slugParams,
  storeParams,
  type LocaleQuery,
  type SlugParams,
  type StoreParams,
} from './storefront.schemas.js';

@Public()
@ApiTags('Categories')
@Controller('stores/:store/categories')
export class CategoryController {
  constructor(
    private readonly stores: StoreReader,
    private readonly categories: CategoryTreeReader,
    private readonly answers: StorefrontAnswers,
  ) {}

  @Get()
  @Answers(200, categoriesAnswer, 'The whole tree.')
  tree(
    @Param({ schema: storeParams }) params: StoreParams,
    @Query({ schema: localeQuery }) query: LocaleQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): MaybePromise<FastifyReply> {
    const answer = afterValue(this.stores.sight(params.store, query.locale), ({ store, locale }) =>
      afterValue(this.categories.tree(store.code, locale), ({ roots }) => ({ items: roots })),
    );
    return this.answers.send(request, reply, answer);
  }

  @Get(':slug')
  @Answers(200, categoryAnswer, 'The category, the way to it and what is below it.')
  get(
    @Param({ schema: slugParams }) params: SlugParams,
    @Query({ schema: localeQuery }) query: LocaleQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): MaybePromise<FastifyReply> {
    const answer = afterValue(this.stores.sight(params.store, query.locale), ({ store, locale }) =>
      afterValue(
        this.categories.place(store.code, locale, params.slug),
        ({ branch: { id, slug, name, children }, path }) => ({
          ...{ id, slug, name },
          breadcrumbs: path,
          children,
        }),
      ),
    );
    return this.answers.send(request, reply, answer);
  }
}
