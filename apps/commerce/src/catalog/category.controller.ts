import { StoreReader } from '#libs/stores';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CategoryTreeReader } from '#libs/catalog';
import { Answers, CachedOutput, Public, type Answer } from '#libs/http';
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
  async tree(
    @Param({ schema: storeParams }) params: StoreParams,
    @Query({ schema: localeQuery }) query: LocaleQuery,
  ): Promise<Answer<typeof categoriesAnswer>> {
    const { store, locale } = await this.stores.sight(params.store, query.locale);
    const { roots } = await this.categories.tree(store.code, locale);
    return { items: roots };
  }

  @Get(':slug')
  @CachedOutput()
  @ApiOperation({ summary: 'Get a category' })
  @Answers(200, categoryAnswer, 'The category, the way to it and what is below it.')
  async get(
    @Param({ schema: slugParams }) params: SlugParams,
    @Query({ schema: localeQuery }) query: LocaleQuery,
  ): Promise<Answer<typeof categoryAnswer>> {
    const { store, locale } = await this.stores.sight(params.store, query.locale);
    const { branch, path } = await this.categories.place(store.code, locale, params.slug);
    const { id, slug, name, children } = branch;
    return { id, slug, name, breadcrumbs: path, children };
  }
}
