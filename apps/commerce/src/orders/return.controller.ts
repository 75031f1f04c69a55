import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, ForCustomerOrGuest, IdempotencyKey, plainText } from '#libs/http';
import { ReturnRequests, type OrderAccess } from '#libs/orders';
import { z } from 'zod';
import { OpensOrder } from './opens-order.decorator.js';
import { numberParams, type NumberParams } from './order.schemas.js';

const MAX_LINES = 200;

const returnBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        line: z.number().int().min(1).max(MAX_LINES).describe('Counts from 1, as in the order.'),
        quantity: z.number().int().min(1).max(9_999),
      }),
    )
    .min(1)
    .max(MAX_LINES),
  reason: plainText(500).nullable().default(null),
});
type ReturnBody = z.infer<typeof returnBody>;

const returnAnswer = z.object({ id: z.uuid() });
type ReturnAnswer = z.infer<typeof returnAnswer>;

/** Shoppers announce that something comes back. */
@ForCustomerOrGuest()
@ApiTags('Orders')
@Controller('orders/:number/returns')
export class ReturnController {
  constructor(private readonly returns: ReturnRequests) {}

  @Post()
  @ApiOperation({ summary: 'Announce that something of an order comes back' })
  @Answers(201, returnAnswer, 'The return. The same request is answered the same.')
  async announce(
    @Param({ schema: numberParams }) { number }: NumberParams,
    @OpensOrder() access: OrderAccess,
    @IdempotencyKey() key: string,
    @Body({ schema: returnBody }) { items, reason }: ReturnBody,
  ): Promise<ReturnAnswer> {
    return { id: await this.returns.request(number, access, { key, items, reason }) };
  }
}
