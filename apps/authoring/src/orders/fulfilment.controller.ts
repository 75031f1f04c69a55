import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FulfilmentDirectory, OrderEditor } from '#authoring/orders';
import {
  Answers,
  idParams,
  IfMatch,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import { ChangesOrder } from './changes-order.js';
import {
  cancellationBody,
  fulfilmentAnswer,
  fulfilmentAnswerOf,
  shipmentBody,
  type CancellationBody,
  type FulfilmentAnswer,
  type ShipmentBody,
} from './fulfilment.schemas.js';
import { orderAnswer, orderAnswerOf, type OrderAnswer } from './order.schemas.js';

/** Which way the pieces of an order go. */
@ApiTags('Orders')
@Controller('orders/:id')
export class FulfilmentController {
  constructor(
    private readonly directory: FulfilmentDirectory,
    private readonly editor: OrderEditor,
  ) {}

  @Get('fulfilment')
  @RequirePermission('orders:order:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get what has gone which way of an order' })
  @Answers(200, fulfilmentAnswer, 'The counts of each line, and the parcels.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
  ): Promise<FulfilmentAnswer> {
    return fulfilmentAnswerOf(await this.directory.get({ storeCode, id }));
  }

  @Post('shipments')
  @ChangesOrder('Ship a part of an order, or what is left of it')
  @Answers(201, orderAnswer, 'The order with the parcel on its way; the shopper is told.')
  async ship(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: shipmentBody }) { items, reason, ...tracking }: ShipmentBody,
  ): Promise<OrderAnswer> {
    const part = { items, reason };
    return orderAnswerOf(await this.editor.ship({ storeCode, id }, version, part, tracking));
  }

  @Post('cancellations')
  @ChangesOrder('Cancel what has not been shipped, or the whole order')
  @Answers(201, orderAnswer, 'The order; stock and money of what was cancelled are given back.')
  async cancel(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: cancellationBody }) { items, reason, refund }: CancellationBody,
  ): Promise<OrderAnswer> {
    const part = { items, reason };
    return orderAnswerOf(await this.editor.cancel({ storeCode, id }, version, part, { refund }));
  }

  @Post('confirmation')
  @HttpCode(202)
  @ChangesOrder('Send the confirmation of an order once more')
  @Answers(202, orderAnswer, 'The mail is written, with a new link.')
  async confirm(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
  ): Promise<OrderAnswer> {
    return orderAnswerOf(await this.editor.resendConfirmation({ storeCode, id }, version));
  }
}
