import { Body, Controller, Delete, Get, Header, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CartEditor } from '#libs/carts';
import {
  Answers,
  idParams,
  OptionalIfMatch,
  Public,
  VersionedAnswer,
  type IdParams,
} from '#libs/http';
import { StoreReader } from '#libs/stores';
import { noQuery, storeParams, type StoreParams } from '../catalog/storefront.schemas.js';
import { CartToken } from './cart-token.decorator.js';
import { cartAnswerOf } from './cart.answer.js';
import {
  addedItemsAnswer,
  cartAnswer,
  detailsBody,
  itemParams,
  itemsBody,
  newCartAnswer,
  newCartBody,
  quantityBody,
  type AddedItemsAnswer,
  type CartAnswer,
  type DetailsBody,
  type ItemParams,
  type ItemsBody,
  type NewCartAnswer,
  type NewCartBody,
  type QuantityBody,
} from './cart.schemas.js';

/** Carts of guests: whoever has the token of a cart owns it. Nothing of them may be kept on the way. */
@Public()
@ApiTags('Carts')
@Controller()
export class CartController {
  constructor(
    private readonly stores: StoreReader,
    private readonly carts: CartEditor,
  ) {}

  @Post('stores/:store/carts')
  @Header('cache-control', 'no-store')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Begin a cart' })
  @Answers(201, newCartAnswer, 'The new cart, with the token that opens it.')
  async create(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Body({ schema: newCartBody }) { locale, currency }: NewCartBody,
  ): Promise<NewCartAnswer> {
    const sight = await this.stores.sight(store, locale, currency);
    const { token, cart } = await this.carts.create(sight);
    return { ...cartAnswerOf(cart), token };
  }

  @Get('carts/:id')
  @Header('cache-control', 'no-store')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a cart' })
  @Answers(200, cartAnswer, 'The cart with what it comes to now.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: noQuery }) _query: object,
    @CartToken() token: string,
  ): Promise<CartAnswer> {
    return cartAnswerOf(await this.carts.get({ id, token }));
  }

  @Post('carts/:id/items')
  @Header('cache-control', 'no-store')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Put items into a cart' })
  @Answers(201, addedItemsAnswer, 'The cart, and what became of each item.')
  async addItems(
    @Param({ schema: idParams }) { id }: IdParams,
    @CartToken() token: string,
    @OptionalIfMatch() version: number | undefined,
    @Body({ schema: itemsBody }) { items: wanted }: ItemsBody,
  ): Promise<AddedItemsAnswer> {
    const { cart, items } = await this.carts.addItems({ id, token }, version, wanted);
    const outcomes = items.map((item) => ({
      sku: item.sku,
      isAdded: item.isAdded,
      reason: item.isAdded ? null : item.reason,
    }));
    return { ...cartAnswerOf(cart), outcomes };
  }

  @Patch('carts/:id/items/:itemId')
  @Header('cache-control', 'no-store')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change how many of an item are wanted' })
  @Answers(200, cartAnswer, 'The cart.')
  async setQuantity(
    @Param({ schema: itemParams }) { id, itemId }: ItemParams,
    @CartToken() token: string,
    @OptionalIfMatch() version: number | undefined,
    @Body({ schema: quantityBody }) { quantity }: QuantityBody,
  ): Promise<CartAnswer> {
    return cartAnswerOf(await this.carts.setQuantity({ id, token }, version, itemId, quantity));
  }

  @Delete('carts/:id/items/:itemId')
  @Header('cache-control', 'no-store')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Take an item out of a cart' })
  @Answers(200, cartAnswer, 'The cart without the item.')
  async removeItem(
    @Param({ schema: itemParams }) { id, itemId }: ItemParams,
    @CartToken() token: string,
    @OptionalIfMatch() version: number | undefined,
  ): Promise<CartAnswer> {
    return cartAnswerOf(await this.carts.setQuantity({ id, token }, version, itemId, 0));
  }

  @Patch('carts/:id')
  @Header('cache-control', 'no-store')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Say where a cart goes and how it is paid' })
  @Answers(200, cartAnswer, 'The cart with what it comes to now.')
  async setDetails(
    @Param({ schema: idParams }) { id }: IdParams,
    @CartToken() token: string,
    @OptionalIfMatch() version: number | undefined,
    @Body({ schema: detailsBody }) details: DetailsBody,
  ): Promise<CartAnswer> {
    return cartAnswerOf(await this.carts.setDetails({ id, token }, version, details));
  }
}
