import { StoreReader, type StoreSight } from '#libs/stores';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ProductReader } from '#libs/catalog';
import {
  afterAnswer,
  Answers,
  CachedOutput,
  cursorCodec,
  httpErrors,
  Public,
  type Answer,
} from '#libs/http';
import {
  attributeFilterParameter,
  filterOf,
  ProductListReader,
  rangeFilterParameter,
  SearchNoter,
  type PagePosition,
  type ProductFacets,
  type ProductList,
  type ProductListKey,
} from '#libs/search';
import {
  positionSchema,
  productAnswer,
  productListAnswer,
  productListQuery,
  type ProductListQuery,
} from './product.schemas.js';
import {
  sightQuery,
  slugParams,
  storeParams,
  type SightQuery,
  type SlugParams,
  type StoreParams,
} from './storefront.schemas.js';

const cursors = cursorCodec<PagePosition>(positionSchema);

@Public()
@ApiTags('Products')
@Controller('stores/:store/products')
export class ProductController {
  constructor(
    private readonly stores: StoreReader,
    private readonly products: ProductReader,
    private readonly lists: ProductListReader,
    private readonly searches: SearchNoter,
  ) {}

  @Get()
  @CachedOutput()
  @ApiOperation({ summary: 'List, filter and search products' })
  @ApiQuery(attributeFilterParameter)
  @ApiQuery(rangeFilterParameter)
  @Answers(200, productListAnswer, 'A page of products.')
  async list(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Query({ schema: productListQuery }) query: ProductListQuery,
  ): Promise<Answer<typeof productListAnswer>> {
    const sight = await this.stores.sight(store, query.locale, query.currency);
    const key = listKey(sight, query);
    const list = await this.lists.list(key, query.facets === 'true');
    afterAnswer(() => this.searches.note(sight.store.id, key, list.items.length > 0));
    return listAnswer(list, sight.currency);
  }

  @Get(':slug')
  @CachedOutput()
  @ApiOperation({ summary: 'Get a product' })
  @Answers(200, productAnswer, 'The product with variants, prices and availability.')
  async get(
    @Param({ schema: slugParams }) { store, slug }: SlugParams,
    @Query({ schema: sightQuery }) query: SightQuery,
  ): Promise<Answer<typeof productAnswer>> {
    const { locale, currency } = await this.stores.sight(store, query.locale, query.currency);
    return this.products.get({ storeCode: store, slug, locale, currency });
  }
}

function listKey({ store, locale, currency }: StoreSight, query: ProductListQuery): ProductListKey {
  const { category, limit, cursor } = query;
  const q = query.q === undefined || query.q.trim() === '' ? undefined : query.q;
  const { sort: asked = 'relevance' } = query;
  // As its cursors name it.
  const sort = asked === 'relevance' && q === undefined ? 'name' : asked;
  const position = cursor === undefined ? undefined : cursors.decode(cursor);
  if (position !== undefined && position.sort !== sort) throw httpErrors.invalidCursor();
  return {
    storeCode: store.code,
    locale,
    currency,
    sort,
    limit,
    ...(position === undefined ? {} : { after: position }),
    filter: {
      ...filterOf(query),
      ...(category === undefined ? {} : { category }),
      ...(q === undefined ? {} : { q }),
    },
  };
}

function listAnswer({ items, next, facets, didYouMean, redirect }: ProductList, currency: string) {
  return {
    items,
    nextCursor: next === undefined ? null : cursors.encode(next),
    ...(didYouMean === undefined ? {} : { didYouMean }),
    ...(redirect === undefined ? {} : { redirect: { url: redirect } }),
    ...(facets === undefined ? {} : { facets: facetsAnswer(facets, currency) }),
  };
}

function facetsAnswer({ price, priceRanges, ...counts }: ProductFacets, currency: string) {
  const money = (amount: number) => ({ amount, currency });
  const moneyOrNull = (amount: number | null) => (amount === null ? null : money(amount));
  return {
    ...counts,
    price: price === null ? null : { min: money(price.minMinor), max: money(price.maxMinor) },
    priceRanges: priceRanges.map(({ minMinor, maxMinor, count }) => ({
      min: moneyOrNull(minMinor),
      max: moneyOrNull(maxMinor),
      count,
    })),
  };
}
