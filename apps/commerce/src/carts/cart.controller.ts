import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CartEditor, CustomerCarts } from '#libs/carts';
import {
  Answers,
  idParams,
  OptionalIfMatch,
  ForCustomerOrGuest,
  VersionedAnswer,
  type IdParams,
} from '#libs/http';
import { PaymentProviders } from '#libs/payments';
import { StoreReader } from '#libs/stores';
import { noQuery, storeParams, type StoreParams } from '../catalog/storefront.schemas.js';
import { CartHolder, type CartHolding } from './cart-holder.decorator.js';
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

/** Carts: a guest's opens to its token, a customer's to the customer. */
@ForCustomerOrGuest()
@ApiTags('Carts')
@Controller()
export class CartController {
  constructor(
    private readonly stores: StoreReader,
    private readonly carts: CartEditor,
    private readonly customerCarts: CustomerCarts,
    private readonly providers: PaymentProviders,
  ) {}

  @Post('stores/:store/carts')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Begin a cart' })
  @Answers(
    201,
    newCartAnswer,
    'A new cart of a guest, with the token that opens it; or the one open cart of the customer.',
  )
  async create(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @CartHolder() { customer }: CartHolding,
    @Body({ schema: newCartBody }) { locale, currency }: NewCartBody,
  ): Promise<NewCartAnswer> {
    const sight = await this.stores.sight(store, locale, currency);
    // A customer of another store is a guest here.
    if (customer?.storeId === sight.store.id) {
      return { ...cartAnswerOf(await this.customerCarts.ensure(sight, customer)), token: null };
    }
    const { token, cart } = await this.carts.create(sight);
    return { ...cartAnswerOf(cart), token };
  }

  @Get('carts/:id')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a cart' })
  @Answers(200, cartAnswer, 'The cart with what it comes to now.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: noQuery }) _query: object,
    @CartHolder() holding: CartHolding,
  ): Promise<CartAnswer> {
    return cartAnswerOf(await this.carts.get({ id, ...holding }));
  }

  @Post('carts/:id/items')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Put items into a cart' })
  @Answers(201, addedItemsAnswer, 'The cart, and what became of each item.')
  async addItems(
    @Param({ schema: idParams }) { id }: IdParams,
    @CartHolder() holding: CartHolding,
    @OptionalIfMatch() version: number | undefined,
    @Body({ schema: itemsBody }) { items: wanted }: ItemsBody,
  ): Promise<AddedItemsAnswer> {
    const { cart, items } = await this.carts.addItems({ id, ...holding }, version, wanted);
    const outcomes = items.map((item) => ({
      sku: item.sku,
      isAdded: item.isAdded,
      reason: item.isAdded ? null : item.reason,
    }));
    return { ...cartAnswerOf(cart), outcomes };
  }

  @Patch('carts/:id/items/:itemId')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change how many of an item are wanted' })
  @Answers(200, cartAnswer, 'The cart.')
  async setQuantity(
    @Param({ schema: itemParams }) { id, itemId }: ItemParams,
    @CartHolder() holding: CartHolding,
    @OptionalIfMatch() version: number | undefined,
    @Body({ schema: quantityBody }) { quantity }: QuantityBody,
  ): Promise<CartAnswer> {
    return cartAnswerOf(
      await this.carts.setQuantity({ id, ...holding }, version, itemId, quantity),
    );
  }

  @Delete('carts/:id/items/:itemId')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Take an item out of a cart' })
  @Answers(200, cartAnswer, 'The cart without the item.')
  async removeItem(
    @Param({ schema: itemParams }) { id, itemId }: ItemParams,
    @CartHolder() holding: CartHolding,
    @OptionalIfMatch() version: number | undefined,
  ): Promise<CartAnswer> {
    return cartAnswerOf(await this.carts.setQuantity({ id, ...holding }, version, itemId, 0));
  }

  @Patch('carts/:id')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Say where a cart goes and how it is paid' })
  @Answers(200, cartAnswer, 'The cart with what it comes to now.')
  async setDetails(
    @Param({ schema: idParams }) { id }: IdParams,
    @CartHolder() holding: CartHolding,
    @OptionalIfMatch() version: number | undefined,
    @Body({ schema: detailsBody }) details: DetailsBody,
  ): Promise<CartAnswer> {
    if (details.paymentMethod !== undefined) this.providers.assertAvailable(details.paymentMethod);
    return cartAnswerOf(await this.carts.setDetails({ id, ...holding }, version, details));
  }
}
