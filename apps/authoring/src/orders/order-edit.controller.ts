import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderEditEditor, OrderEditPlanning, ShortStock } from '#authoring/orders';
import {
  Answers,
  IdempotencyKey,
  idParams,
  IfMatch,
  RequirePermission,
  type IdParams,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import { ChangesOrder } from './changes-order.js';
import {
  editAnswer,
  editBody,
  editQuoteAnswer,
  editQuoteAnswerOf,
  editQuoteBody,
  orderEditOf,
  type EditAnswer,
  type EditBody,
  type EditQuoteAnswer,
  type EditQuoteBody,
} from './order-edit.schemas.js';

/** Edits of open orders that nothing has gone of. What was paid or promised is edited along, or leaves a balance. */
@ApiTags('Orders')
@Controller('orders/:id/edits')
export class OrderEditController {
  constructor(
    private readonly planning: OrderEditPlanning,
    private readonly shortStock: ShortStock,
    private readonly editor: OrderEditEditor,
  ) {}

  @Post('quotes')
  @HttpCode(200)
  @RequirePermission('orders:order:update')
  @ApiOperation({ summary: 'Say what an order would come to once it is edited' })
  @Answers(200, editQuoteAnswer, 'What it comes to, and the difference; nothing is kept of it.')
  async quote(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @Body({ schema: editQuoteBody }) body: EditQuoteBody,
  ): Promise<EditQuoteAnswer> {
    const quoted = await this.planning.quote({ storeCode, id }, orderEditOf(body));
    return editQuoteAnswerOf(quoted, await this.shortStock.ofEdit(quoted));
  }

  @Post()
  @HttpCode(200)
  @ChangesOrder('Edit an order before it is shipped')
  @Answers(200, editAnswer, 'What it comes to now. The same request is answered the same.')
  async edit(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IdempotencyKey() key: string,
    @IfMatch() version: number,
    @Body({ schema: editBody }) { expectedTotal, ...body }: EditBody,
  ): Promise<EditAnswer> {
    const request = { key, version, expectedTotal };
    const edited = await this.editor.edit({ storeCode, id }, orderEditOf(body), request);
    const moneyOf = (amount: number) => ({ amount, currency: edited.currency });
    return {
      id: edited.id,
      version: edited.version,
      total: moneyOf(edited.totalMinor),
      difference: moneyOf(edited.differenceMinor),
    };
  }
}
