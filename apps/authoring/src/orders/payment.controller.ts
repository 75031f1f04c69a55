import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderPaymentDirectory, OrderPaymentEditor } from '#authoring/orders';
import { Answers, IdempotencyKey, idParams, RequirePermission, type IdParams } from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  captureBody,
  paymentAnswer,
  paymentAnswerOf,
  refundBody,
  refundCommandOf,
  voidBody,
  type CaptureBody,
  type PaymentAnswer,
  type RefundBody,
  type VoidBody,
} from './payment.schemas.js';

/** The money of an order: what is there, and what staff do with it. */
@ApiTags('Payments')
@Controller('orders/:id/payment')
export class PaymentController {
  constructor(
    private readonly directory: OrderPaymentDirectory,
    private readonly editor: OrderPaymentEditor,
  ) {}

  @Get()
  @RequirePermission('payments:payment:read')
  @ApiOperation({ summary: 'Get the payment of an order' })
  @Answers(200, paymentAnswer, 'The payment, balances that edits left, and refunds.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
  ): Promise<PaymentAnswer> {
    return paymentAnswerOf(await this.directory.get({ storeCode, id }));
  }

  @Post('capture')
  @RequirePermission('payments:payment:update')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take what was authorised' })
  @Answers(200, paymentAnswer, 'The payment; `capturing` until the provider has done it.')
  async capture(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IdempotencyKey() key: string,
    @Body({ schema: captureBody }) { amount, reason }: CaptureBody,
  ): Promise<PaymentAnswer> {
    const command = { act: 'capture', amountMinor: amount, reason } as const;
    return paymentAnswerOf(await this.editor.act({ storeCode, id }, key, command));
  }

  @Post('void')
  @RequirePermission('payments:payment:update')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let go of what was authorised' })
  @Answers(
    200,
    paymentAnswer,
    'The payment; `voiding` until the provider has done it. An open order of which something is owed is cancelled then.',
  )
  async void(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IdempotencyKey() key: string,
    @Body({ schema: voidBody }) { reason }: VoidBody,
  ): Promise<PaymentAnswer> {
    const command = { act: 'void', reason } as const;
    return paymentAnswerOf(await this.editor.act({ storeCode, id }, key, command));
  }

  @Post('refunds')
  @RequirePermission('payments:refund:create')
  @ApiOperation({ summary: 'Give money back' })
  @Answers(201, paymentAnswer, 'The payment with the new refund, pending until it is done.')
  async refund(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IdempotencyKey() key: string,
    @Body({ schema: refundBody }) body: RefundBody,
  ): Promise<PaymentAnswer> {
    return paymentAnswerOf(await this.editor.act({ storeCode, id }, key, refundCommandOf(body)));
  }
}
