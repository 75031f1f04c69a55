import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FulfilmentDirectory, ReturnEditor } from '#authoring/orders';
import {
  Answers,
  idParams,
  IfMatch,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
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
  constructor(
    private readonly editor: ReturnEditor,
    private readonly directory: FulfilmentDirectory,
  ) {}

  @Post()
  @RequirePermission('orders:order:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Announce that something of an order comes back' })
  @Answers(201, fulfilmentAnswer, 'The order with the return.')
  async announce(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: returnBody }) { items, reason }: ReturnBody,
  ): Promise<FulfilmentAnswer> {
    await this.editor.announce({ storeCode, id }, version, items, reason);
    return this.after(storeCode, id);
  }

  @Post(':returnId/receipt')
  @RequirePermission('orders:order:update')
  @HttpCode(200)
  @VersionedAnswer()
  @ApiOperation({ summary: 'Note what has come of a return' })
  @Answers(200, fulfilmentAnswer, 'The order; what is good is back in stock.')
  async receive(
    @Param({ schema: returnParams }) { id, returnId }: ReturnParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: receiptBody }) receipt: ReceiptBody,
  ): Promise<FulfilmentAnswer> {
    await this.editor.receive({ storeCode, id }, version, returnId, receipt);
    return this.after(storeCode, id);
  }

  @Post(':returnId/rejection')
  @RequirePermission('orders:order:update')
  @HttpCode(200)
  @VersionedAnswer()
  @ApiOperation({ summary: 'Refuse a return' })
  @Answers(200, fulfilmentAnswer, 'The order; the pieces may be announced again.')
  async reject(
    @Param({ schema: returnParams }) { id, returnId }: ReturnParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: rejectionBody }) { reason }: RejectionBody,
  ): Promise<FulfilmentAnswer> {
    await this.editor.reject({ storeCode, id }, version, returnId, reason);
    return this.after(storeCode, id);
  }

  @Post(':returnId/closing')
  @RequirePermission('orders:order:update')
  @HttpCode(200)
  @VersionedAnswer()
  @ApiOperation({ summary: 'Close a return, and give the money back' })
  @Answers(200, fulfilmentAnswer, 'The order; the payment has the refund.')
  async close(
    @Param({ schema: returnParams }) { id, returnId }: ReturnParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: closingBody }) closing: ClosingBody,
  ): Promise<FulfilmentAnswer> {
    await this.editor.close({ storeCode, id }, version, returnId, closing);
    return this.after(storeCode, id);
  }

  private async after(storeCode: string, id: string): Promise<FulfilmentAnswer> {
    return fulfilmentAnswerOf(await this.directory.get({ storeCode, id }));
  }
}
