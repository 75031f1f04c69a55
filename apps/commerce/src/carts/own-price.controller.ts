import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ShopperPrices } from '#libs/carts';
import type { Shopper } from '#libs/customers';
import { Answers, ForCustomerOrGuest } from '#libs/http';
import { StoreReader } from '#libs/stores';
import { storeParams, type StoreParams } from '../catalog/storefront.schemas.js';
import {
  ownPriceAnswerOf,
  ownPricesAnswer,
  ownPricesQuery,
  type OwnPricesAnswer,
  type OwnPricesQuery,
} from './own-price.schemas.js';
import { VisitingShopper } from './visiting-shopper.decorator.js';

/** Prices of the one who asks, beside pages and lists, which are the same for everybody. */
@ForCustomerOrGuest()
@ApiTags('Products')
@Controller('stores/:store/prices')
export class OwnPriceController {
  constructor(
    private readonly stores: StoreReader,
    private readonly prices: ShopperPrices,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Get what products cost the customer who asks' })
  @Answers(200, ownPricesAnswer, 'As the cart will say; for a guest the base prices.')
  async list(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @VisitingShopper() shopper: Shopper | undefined,
    @Query({ schema: ownPricesQuery }) { products, variants, currency }: OwnPricesQuery,
  ): Promise<OwnPricesAnswer> {
    const sight = await this.stores.sight(store, undefined, currency);
    const found = await this.prices.list(sight, shopper, products);
    return {
      items: found.map((each) => ownPriceAnswerOf(each, sight.currency, variants === 'true')),
    };
  }
}
