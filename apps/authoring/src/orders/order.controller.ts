import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderDirectory, OrderEditor } from '#authoring/orders';
import {
  Answers,
  AnswersFile,
  download,
  idParams,
  IfMatch,
  pagedBy,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
} from '#libs/http';
import { ConfirmationFiles, type OrderHead } from '#libs/orders';
import { z } from 'zod';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import { ChangesOrder } from './changes-order.js';
import {
  orderActionBody,
  orderAnswer,
  orderAnswerOf,
  orderFilterOf,
  orderListQuery,
  orderPage,
  orderSummaryOf,
  type OrderActionBody,
  type OrderAnswer,
  type OrderListQuery,
  type OrderSummary,
} from './order.schemas.js';

const pageByPlacing = pagedBy(
  z.strictObject({ createdAt: z.int(), id: z.uuid() }),
  ({ placedAt, id }: OrderHead) => ({ createdAt: placedAt, id }),
);

/** Orders of a store, and what staff do to them. */
@ApiTags('Orders')
@Controller('orders')
export class OrderController {
  constructor(
    private readonly directory: OrderDirectory,
    private readonly editor: OrderEditor,
    private readonly confirmations: ConfirmationFiles,
  ) {}

  @Get()
  @RequirePermission('orders:order:read')
  @ApiOperation({ summary: 'List orders' })
  @Answers(200, orderPage, 'Orders of the store, newest first.')
  list(@Query({ schema: orderListQuery }) query: OrderListQuery): Promise<Page<OrderSummary>> {
    const { store, limit: size, cursor } = query;
    return pageByPlacing(
      { limit: size, cursor },
      (after, limit) => this.directory.list(store, orderFilterOf(query), after, limit),
      orderSummaryOf,
    );
  }

  @Get(':id')
  @RequirePermission('orders:order:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get an order' })
  @Answers(200, orderAnswer, 'The order with its lines and history.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<OrderAnswer> {
    return orderAnswerOf(await this.directory.get(store, id));
  }

  @Get(':id/confirmation')
  @RequirePermission('orders:order:read')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Download the confirmation of an order as a PDF' })
  @AnswersFile(200, 'application/pdf', 'What was ordered, as the order is now.')
  async confirmation(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<StreamableFile> {
    const order = await this.directory.get(store, id);
    return download(await this.confirmations.pdf(order));
  }

  @Post(':id/actions')
  @HttpCode(200)
  @ChangesOrder('Confirm the payment of an order, ship it, cancel it')
  @Answers(200, orderAnswer, 'The order after the action; cancelling gives its stock back.')
  async act(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: orderActionBody }) { action, reason }: OrderActionBody,
  ): Promise<OrderAnswer> {
    const address = { storeCode: store, id };
    return orderAnswerOf(await this.editor.act(address, version, { action, reason }));
  }
}
