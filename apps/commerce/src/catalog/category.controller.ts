import { StoreReader } from '#libs/stores';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { afterValue, CategoryTreeReader } from '#libs/catalog';
import { Answers, CachedOutput, Public } from '#libs/http';
import type { MaybePromise } from '#libs/kernel';
import { categoriesAnswer, categoryAnswer } from './category.schemas.js';
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
  ) {}

  @Get()
  @CachedOutput()
  @ApiOperation({ summary: 'Get the category tree' })
  @Answers(200, categoriesAnswer, 'The whole tree.')
  tree(
    @Param({ schema: storeParams }) params: StoreParams,
    @Query({ schema: localeQuery }) query: LocaleQuery,
  ): MaybePromise<object> {
    return afterValue(this.stores.sight(params.store, query.locale), ({ store, locale }) =>
      afterValue(this.categories.tree(store.code, locale), ({ roots }) => ({ items: roots })),
    );
  }

  @Get(':slug')
  @CachedOutput()
  @ApiOperation({ summary: 'Get a category' })
  @Answers(200, categoryAnswer, 'The category, the way to it and what is below it.')
  get(
    @Param({ schema: slugParams }) params: SlugParams,
    @Query({ schema: localeQuery }) query: LocaleQuery,
  ): MaybePromise<object> {
    return afterValue(this.stores.sight(params.store, query.locale), ({ store, locale }) =>
      afterValue(
        this.categories.place(store.code, locale, params.slug),
        ({ branch: { id, slug, name, children }, path }) => ({
          id,
          slug,
          name,
          breadcrumbs: path,
          children,
        }),
      ),
    );
  }
}
