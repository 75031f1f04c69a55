import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReturnEditor } from '#authoring/orders';
import { Answers, idParams, IfMatch, type IdParams } from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import { ChangesOrder } from './changes-order.js';
import {
  closingBody,
  fulfilmentAnswer,
  fulfilmentAnswerOf,
  receiptBody,
  rejectionBody,
  returnBody,
  returnParams,
  type ClosingBody,
  type FulfilmentAnswer,
  type ReceiptBody,
  type RejectionBody,
  type ReturnBody,
  type ReturnParams,
} from './fulfilment.schemas.js';

/** What comes back of an order. `If-Match` names the version of the order. */
@ApiTags('Orders')
@Controller('orders/:id/returns')
export class ReturnController {
  constructor(private readonly editor: ReturnEditor) {}

  @Post()
  @ChangesOrder('Announce that something of an order comes back')
  @Answers(201, fulfilmentAnswer, 'The order with the return.')
  async announce(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: returnBody }) { items, reason }: ReturnBody,
  ): Promise<FulfilmentAnswer> {
    return fulfilmentAnswerOf(
      await this.editor.announce({ storeCode, id }, version, items, reason),
    );
  }

  @Post(':returnId/receipt')
  @HttpCode(200)
  @ChangesOrder('Note what has come of a return')
  @Answers(200, fulfilmentAnswer, 'The order; what is good is back in stock.')
  async receive(
    @Param({ schema: returnParams }) { id, returnId }: ReturnParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: receiptBody }) receipt: ReceiptBody,
  ): Promise<FulfilmentAnswer> {
    return fulfilmentAnswerOf(
      await this.editor.receive({ storeCode, id }, version, returnId, receipt),
    );
  }

  @Post(':returnId/rejection')
  @HttpCode(200)
  @ChangesOrder('Refuse a return')
  @Answers(200, fulfilmentAnswer, 'The order; the pieces may be announced again.')
  async reject(
    @Param({ schema: returnParams }) { id, returnId }: ReturnParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: rejectionBody }) { reason }: RejectionBody,
  ): Promise<FulfilmentAnswer> {
    return fulfilmentAnswerOf(
      await this.editor.reject({ storeCode, id }, version, returnId, reason),
    );
  }

  @Post(':returnId/closing')
  @HttpCode(200)
  @ChangesOrder('Close a return, and give the money back')
  @Answers(200, fulfilmentAnswer, 'The order; the payment has the refund.')
  async close(
    @Param({ schema: returnParams }) { id, returnId }: ReturnParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: closingBody }) closing: ClosingBody,
  ): Promise<FulfilmentAnswer> {
    return fulfilmentAnswerOf(
      await this.editor.close({ storeCode, id }, version, returnId, closing),
    );
  }
}
