import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, idParams, IdempotencyKey, isoTime, Public, type IdParams } from '#libs/http';
import { Checkout, OrderReader, type Order, type OrderAccess } from '#libs/orders';
import { noQuery } from '../catalog/storefront.schemas.js';
import { taxAnswersOf } from '../carts/cart.answer.js';
import { CartToken } from '../carts/cart-token.decorator.js';
import {
  checkoutAnswer,
  checkoutBody,
  type CheckoutAnswer,
  type CheckoutBody,
} from '../carts/cart.schemas.js';
import { OpensOrder } from './opens-order.decorator.js';
import { numberParams, orderAnswer, type NumberParams, type OrderAnswer } from './order.schemas.js';

/** Placing orders, and looking at one's own. Nothing of them may be kept on the way. */
@Public()
@ApiTags('Orders')
@Controller()
export class OrderController {
  constructor(
    private readonly checkout: Checkout,
    private readonly orders: OrderReader,
  ) {}

  @Post('carts/:id/checkout')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Order what is in a cart' })
  @Answers(
    201,
    checkoutAnswer,
    'The order. The same request is answered the same, and ordered once.',
  )
  async place(
    @Param({ schema: idParams }) { id }: IdParams,
    @CartToken() token: string,
    @IdempotencyKey() key: string,
    @Body({ schema: checkoutBody }) { expectedTotal }: CheckoutBody,
  ): Promise<CheckoutAnswer> {
    const placed = await this.checkout.place({ id, token }, { key, expectedTotal });
    const total = { amount: placed.totalMinor, currency: placed.currency };
    return { id: placed.id, number: placed.number, total, payment: placed.payment };
  }

  @Get('orders/:number')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Get an order' })
  @Answers(
    200,
    orderAnswer,
    'The order, for the holder of the token of its cart or of a link to it.',
  )
  async get(
    @Param({ schema: numberParams }) { number }: NumberParams,
    @Query({ schema: noQuery }) _query: object,
    @OpensOrder() access: OrderAccess,
  ): Promise<OrderAnswer> {
    return answerOf(await this.orders.get(number, access));
  }
}

function answerOf(order: Order): OrderAnswer {
  const money = (amount: number) => ({ amount, currency: order.currency });
  return {
    id: order.id,
    number: order.number,
    store: order.storeCode,
    state: order.state,
    paymentState: order.paymentState,
    paymentMethod: order.paymentMethod,
    email: order.email,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    shippingMethod: { code: order.shipping.method, name: order.shipping.name },
    items: order.lines.map((line) => ({
      productId: line.productId,
      variantId: line.variantId,
      sku: line.sku,
      name: line.name,
      optionValues: [...line.optionValues],
      quantity: line.quantity,
      unitPrice: money(line.unitPriceMinor),
      total: money(line.totalMinor),
    })),
    promotions: order.promotions.map((each) => ({
      id: each.promotion,
      name: each.name,
      coupon: each.coupon,
      discount: money(each.amountMinor),
      shippingDiscount: money(each.shippingMinor),
    })),
    pricesIncludeTax: order.pricesIncludeTax,
    subtotal: money(order.subtotalMinor),
    discount: money(order.discountMinor),
    shipping: money(order.shippingMinor),
    tax: money(order.taxMinor),
    taxes: taxAnswersOf(order.taxes, order.currency),
    total: money(order.totalMinor),
    placedAt: isoTime(order.placedAt),
  };
}
