import { Body, Controller, Get, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Answers,
  AnswersFile,
  download,
  ForCustomerOrGuest,
  IdempotencyKey,
  idParams,
  type IdParams,
} from '#libs/http';
import { Checkout, ConfirmationFiles, OrderReader, type OrderAccess } from '#libs/orders';
import { PaymentBeginning } from '#libs/payments';
import { noQuery } from '../catalog/storefront.schemas.js';
import { orderAnswerOf } from './order.answer.js';
import { CartHolder, type CartHolding } from '../carts/cart-holder.decorator.js';
import {
  checkoutAnswer,
  checkoutBody,
  type CheckoutAnswer,
  type CheckoutBody,
} from '../carts/cart.schemas.js';
import { paymentAnswerOf } from '../payments/payment.schemas.js';
import { OpensOrder } from './opens-order.decorator.js';
import { numberParams, orderAnswer, type NumberParams, type OrderAnswer } from './order.schemas.js';

/** Placing orders, and looking at one's own. Nothing of them may be kept on the way. */
@ForCustomerOrGuest()
@ApiTags('Orders')
@Controller()
export class OrderController {
  constructor(
    private readonly checkout: Checkout,
    private readonly orders: OrderReader,
    private readonly payments: PaymentBeginning,
    private readonly confirmations: ConfirmationFiles,
  ) {}

  @Post('carts/:id/checkout')
  @ApiOperation({ summary: 'Order what is in a cart' })
  @Answers(
    201,
    checkoutAnswer,
    'The order. The same request is answered the same, and ordered once.',
  )
  async place(
    @Param({ schema: idParams }) { id }: IdParams,
    @CartHolder() holding: CartHolding,
    @IdempotencyKey() key: string,
    @Body({ schema: checkoutBody }) { expectedTotal }: CheckoutBody,
  ): Promise<CheckoutAnswer> {
    const placed = await this.checkout.place({ id, ...holding }, { key, expectedTotal });
    const total = { amount: placed.totalMinor, currency: placed.currency };
    const { payment } = placed;
    return {
      id: placed.id,
      number: placed.number,
      total,
      // An answer that an older release has kept has none.
      awaits: placed.awaits ?? null,
      // What nobody but staff confirms has nothing to begin.
      payment:
        payment.method === 'card'
          ? paymentAnswerOf(await this.payments.tryProceed(placed.id))
          : { ...payment, nextAction: null },
    };
  }

  @Get('orders/:number')
  @ApiOperation({ summary: 'Get an order' })
  @Answers(
    200,
    orderAnswer,
    'The order, for its customer, or for the holder of the token of its cart or of a link to it.',
  )
  async get(
    @Param({ schema: numberParams }) { number }: NumberParams,
    @Query({ schema: noQuery }) _query: object,
    @OpensOrder() access: OrderAccess,
  ): Promise<OrderAnswer> {
    return orderAnswerOf(await this.orders.get(number, access));
  }

  @Get('orders/:number/confirmation')
  @ApiOperation({ summary: 'Download the confirmation of an order as a PDF' })
  @AnswersFile(200, 'application/pdf', 'What was ordered, as the order is now.')
  async confirmation(
    @Param({ schema: numberParams }) { number }: NumberParams,
    @Query({ schema: noQuery }) _query: object,
    @OpensOrder() access: OrderAccess,
  ): Promise<StreamableFile> {
    const order = await this.orders.get(number, access);
    return download(await this.confirmations.pdf(order));
  }
}
