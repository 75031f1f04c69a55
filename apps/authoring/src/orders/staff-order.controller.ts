import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ShortStock, StaffOrderEditor, StaffOrderPlanning } from '#authoring/orders';
import { Answers, IdempotencyKey, RequirePermission } from '#libs/http';
import {
  placedAnswer,
  placedAnswerOf,
  quoteAnswer,
  quoteAnswerOf,
  quoteBody,
  staffOrderBody,
  staffOrderOf,
  type PlacedAnswer,
  type QuoteAnswer,
  type QuoteBody,
  type StaffOrderBody,
} from './staff-order.schemas.js';

/** Orders that staff place for somebody, on the telephone for instance. */
@ApiTags('Orders')
@Controller('orders')
export class StaffOrderController {
  constructor(
    private readonly planning: StaffOrderPlanning,
    private readonly shortStock: ShortStock,
    private readonly editor: StaffOrderEditor,
  ) {}

  @Post('quotes')
  @HttpCode(200)
  @RequirePermission('orders:order:create')
  @ApiOperation({ summary: 'Say what an order would come to' })
  @Answers(200, quoteAnswer, 'What it comes to; nothing is kept of it.')
  async quote(@Body({ schema: quoteBody }) body: QuoteBody): Promise<QuoteAnswer> {
    const priced = await this.planning.quote(body.store, staffOrderOf(body));
    return quoteAnswerOf(priced, await this.shortStock.ofOrder(priced));
  }

  @Post()
  @RequirePermission('orders:order:create')
  @ApiOperation({ summary: 'Place an order for a customer or a guest' })
  @Answers(201, placedAnswer, 'The order. The same request is answered the same, and ordered once.')
  async place(
    @IdempotencyKey() key: string,
    @Body({ schema: staffOrderBody }) { expectedTotal, ...body }: StaffOrderBody,
  ): Promise<PlacedAnswer> {
    const order = staffOrderOf(body);
    return placedAnswerOf(await this.editor.place(body.store, order, { key, expectedTotal }));
  }
}
