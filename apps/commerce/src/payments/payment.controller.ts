import { Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, ForCustomerOrGuest, KeepsRawBody, Public, RawBody } from '#libs/http';
import { OrderReader, type OrderAccess } from '#libs/orders';
import { CardInbox, PaymentBeginning, PaymentProviders } from '#libs/payments';
import { StoreReader } from '#libs/stores';
import { noQuery, storeParams, type StoreParams } from '../catalog/storefront.schemas.js';
import { OpensOrder } from '../orders/opens-order.decorator.js';
import { numberParams, type NumberParams } from '../orders/order.schemas.js';
import { Signature } from './signature.decorator.js';
import {
  duePaymentAnswer,
  duePaymentAnswerOf,
  paymentMethodsAnswer,
  receivedAnswer,
  type DuePaymentAnswer,
  type PaymentMethodsAnswer,
  type ReceivedAnswer,
} from './payment.schemas.js';

/** Paying an order, and what card providers send. Nothing of it may be kept on the way. */
@ApiTags('Payments')
@Controller()
export class PaymentController {
  constructor(
    private readonly stores: StoreReader,
    private readonly orders: OrderReader,
    private readonly beginning: PaymentBeginning,
    private readonly providers: PaymentProviders,
    private readonly inbox: CardInbox,
  ) {}

  @Get('stores/:store/payment-methods')
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'List the ways to pay' })
  @Answers(200, paymentMethodsAnswer, 'The ways to pay that carts of the store may name.')
  async methods(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Query({ schema: noQuery }) _query: object,
  ): Promise<PaymentMethodsAnswer> {
    await this.stores.sight(store);
    return { methods: [...this.providers.available] };
  }

  @Post('orders/:number/payment')
  @ForCustomerOrGuest()
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin, or go on with, the payment of an order' })
  @Answers(200, duePaymentAnswer, 'How far the payment is, and what the shopper has to do.')
  async proceed(
    @Param({ schema: numberParams }) { number }: NumberParams,
    @OpensOrder() access: OrderAccess,
  ): Promise<DuePaymentAnswer> {
    const { id } = await this.orders.get(number, access);
    return duePaymentAnswerOf(await this.beginning.proceed(id));
  }

  @Post('payments/webhooks/card')
  @Public()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @KeepsRawBody()
  @ApiBody({ schema: { type: 'object' }, description: 'An event, as the card provider signs it.' })
  @ApiOperation({ summary: 'Take in an event of the card provider' })
  @Answers(200, receivedAnswer, 'The event is stored; it is not sent again.')
  async receive(@Signature() signature: string, @RawBody() body: string): Promise<ReceivedAnswer> {
    await this.inbox.take(body, signature);
    return { received: true };
  }
}
